using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Accounting;

/// <summary>Tails of discrete Gaussian noise during one accounting: a run has few scales and few distinct gaps.</summary>
/// <threadsafety>One accounting, one thread.</threadsafety>
internal sealed class DiscreteTailCache
{
    private readonly Dictionary<double, DiscreteGaussianTails> _tails = [];
    private readonly Dictionary<(double Sigma, double Gap), double> _differences = [];

    public DiscreteGaussianTails Of(double sigma)
    {
        if (!_tails.TryGetValue(sigma, out var tails)) _tails[sigma] = tails = new DiscreteGaussianTails(sigma);
        return tails;
    }

    /// <summary><see cref="DiscreteRenyi.LogQGaussian"/>, gap by gap.</summary>
    public double LogQ(double sigma, ReadOnlySpan<int> counts) =>
        DiscreteRenyi.LogQGaussian(counts, gap => Difference(sigma, gap));

    /// <summary>The exact cost of a threshold whose largest score is known.</summary>
    public (double Forward, double Reverse) Threshold(NoisyThresholdEvent check, double order)
    {
        var (largest, highest) = (check.LargestScore!.Value.Value, check.TeacherCount + 1.0);
        return check.Law == NoiseLaw.Gaussian
            ? ThresholdRenyi.Exact(check.Threshold, check.NoiseScale, order, largest, 0, highest)
            : DiscreteRenyi.ThresholdExact(Of(check.NoiseScale), check.Threshold, order, largest, 0, highest);
    }

    private double Difference(double sigma, double gap)
    {
        if (!_differences.TryGetValue((sigma, gap), out var value))
            _differences[(sigma, gap)] = value = Of(sigma).LogDifferenceUpper(gap);
        return value;
    }
}
