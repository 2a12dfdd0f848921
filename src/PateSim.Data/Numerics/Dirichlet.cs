using PateSim.Core.Randomness;

namespace PateSim.Data.Numerics;

/// <summary>Draws from the Dirichlet distribution: independent gamma variates, divided by their sum.</summary>
/// <remarks>In logarithms, so that small parameters do not underflow: some share is always positive.</remarks>
internal static class Dirichlet
{
    /// <param name="parameters">α, each &gt; 0.</param>
    /// <returns>Shares of the same length, ≥ 0, of sum 1.</returns>
    public static double[] Draw(double[] parameters, RandomStream stream)
    {
        var logs = Array.ConvertAll(parameters, alpha => LogGamma(alpha, stream));
        var largest = logs.Max();
        var shares = Array.ConvertAll(logs, log => Math.Exp(log - largest));
        var total = shares.Sum();
        return Array.ConvertAll(shares, share => share / total);
    }

    // The logarithm of a gamma variate: Marsaglia and Tsang 2000; for α < 1, Gamma(α + 1)·U^(1/α).
    private static double LogGamma(double alpha, RandomStream stream)
    {
        if (alpha < 1) return LogGamma(alpha + 1, stream) + Math.Log(stream.NextOpenUnit()) / alpha;
        var d = alpha - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = stream.NextGaussian();
            var t = 1 + c * x;
            if (t <= 0) continue;
            var v = t * t * t;
            if (Math.Log(stream.NextOpenUnit()) < .5 * x * x + d - d * v + d * Math.Log(v)) return Math.Log(d * v);
        }
    }
}
