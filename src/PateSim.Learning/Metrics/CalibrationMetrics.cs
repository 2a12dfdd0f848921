using PateSim.Core.Randomness;

namespace PateSim.Learning.Metrics;

/// <summary>Whether probabilities mean what they say.</summary>
/// <remarks>
/// <para>Expected calibration error: records are sorted by their largest probability into 15 equal bins of [0, 1], bin b
/// of ((b − 1)/15, b/15]; E = Σ_b |Σ_{i in b} (rightᵢ − confidenceᵢ)| / n. C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, On
/// calibration of modern neural networks, ICML 2017, equation 3, after M. P. Naeini et al., AAAI 2015. It is biased
/// upwards: a calibrated model has a small positive E on few records.</para>
/// <para>Interval: 2.5 % and 97.5 % quantiles of 400 bootstrap samples at a key, widened to hold E. The sums of the bins are
/// drawn as normal variables with the mean and the variance that they have under Poisson weights of mean 1, Σᵢ dᵢ and Σᵢ
/// dᵢ², so that a sample costs as many draws as there are bins.</para>
/// </remarks>
public static class CalibrationMetrics
{
    /// <summary>Bins of the confidence.</summary>
    public const int Bins = 15;

    private const int Samples = 400;

    /// <summary>The expected calibration error of the largest probability.</summary>
    /// <param name="probabilities">Shape [n, c], row-major; rows sum to 1.</param>
    /// <param name="truth">Shape [n], n ≥ 1.</param>
    /// <param name="key">Address of the bootstrap.</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no record.</exception>
    public static Estimate ExpectedError(
        ReadOnlySpan<float> probabilities, ReadOnlySpan<int> truth, int classCount, RandomKey key)
    {
        if (truth.IsEmpty) throw new ArgumentException("There is nothing to measure on: no record was given.");
        if (probabilities.Length != (long)truth.Length * classCount)
        {
            throw new ArgumentException(
                $"{probabilities.Length} probabilities for {truth.Length} records of {classCount} classes.");
        }
        double[] sums = new double[Bins], squares = new double[Bins];
        for (var i = 0; i < truth.Length; i++)
        {
            var row = probabilities.Slice(i * classCount, classCount);
            var answer = Classifier.Largest(row);
            double confidence = row[answer];
            var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
            var gap = (answer == truth[i] ? 1 : 0) - confidence;
            sums[bin] += gap;
            squares[bin] += gap * gap;
        }
        var value = 0.0;
        foreach (var sum in sums) value += Math.Abs(sum);
        value /= truth.Length;
        var stream = key.Derive("calibration-bootstrap").Open();
        var drawn = new double[Samples];
        for (var s = 0; s < Samples; s++)
        {
            for (var b = 0; b < Bins; b++)
            {
                if (squares[b] > 0) drawn[s] += Math.Abs(sums[b] + Math.Sqrt(squares[b]) * stream.NextGaussian());
            }
            drawn[s] /= truth.Length;
        }
        Array.Sort(drawn);
        // The 10th of 400 from each end.
        return new Estimate(
            value, Math.Min(value, drawn[Samples / 40 - 1]), Math.Clamp(drawn[^(Samples / 40)], value, 1));
    }
}
