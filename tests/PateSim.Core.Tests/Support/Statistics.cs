namespace PateSim.Core.Tests.Support;

/// <summary>Test statistics and the critical values that go with a false-alarm probability of 1e-8 each.</summary>
internal static class Statistics
{
    // Upper 1e-8 quantiles of the chi-square law, computed from the regularised incomplete gamma function.
    private static readonly Dictionary<int, double> Quantiles = new()
    {
        [1] = 32.84,
        [2] = 36.84,
        [3] = 40.13,
        [5] = 45.79,
        [6] = 48.36,
        [9] = 55.45,
        [12] = 61.93,
        [23] = 83.08,
        [63] = 147.46,
        [119] = 226.78,
    };

    /// <summary>Fails when the counts contradict the probabilities (Pearson's test, false alarm 1e-8).</summary>
    public static void AssertFits(IReadOnlyList<long> counts, IReadOnlyList<double> probabilities)
    {
        var total = counts.Sum();
        var statistic = counts.Zip(probabilities, (count, p) => Math.Pow(count - total * p, 2) / (total * p)).Sum();
        Assert.True(
            statistic < Quantiles[counts.Count - 1],
            $"chi-square is {statistic:F1} at {counts.Count - 1} degrees of freedom: {string.Join(", ", counts)}");
    }

    /// <summary>Fails when the counts contradict equal probabilities.</summary>
    public static void AssertUniform(IReadOnlyList<long> counts) =>
        AssertFits(counts, Enumerable.Repeat(1.0 / counts.Count, counts.Count).ToList());

    /// <summary>Fails when a sample contradicts a continuous law, by the inequality of Dvoretzky, Kiefer and Wolfowitz
    /// with Massart's constant: P(sup |F_n − F| &gt; t) ≤ 2 exp(−2 n t²); false alarm 1e-8.</summary>
    public static void AssertFollows(double[] sample, Func<double, double> distribution)
    {
        var sorted = sample.Order().ToArray();
        var n = (double)sorted.Length;
        var distance = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var expected = distribution(sorted[i]);
            distance = Math.Max(distance, Math.Max((i + 1) / n - expected, expected - i / n));
        }
        var limit = Math.Sqrt(Math.Log(2 / 1e-8) / (2 * n));
        Assert.True(distance <= limit, $"The empirical law is {distance:G4} away; at most {limit:G4} is chance.");
    }
}
