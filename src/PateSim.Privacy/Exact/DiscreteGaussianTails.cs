using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Exact;

/// <summary>Masses and tails of discrete Gaussian noise, Pr[x] ∝ e^{−x²/(2σ²)} on the integers, in log space.</summary>
/// <remarks>Tails are sums of masses up to 12 σ and, beyond, the first mass times the geometric series that bounds the
/// rest: relative error below 10⁻¹³ there, and never too small. Memory: 12 σ numbers.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class DiscreteGaussianTails
{
    /// <summary>The largest σ for which tails are tabulated.</summary>
    public const double LargestSigma = 200_000;

    private readonly double[] _logUpper;
    private readonly double _logTotal;

    /// <param name="sigma">σ in (0, <see cref="LargestSigma"/>], in votes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public DiscreteGaussianTails(double sigma)
    {
        if (!(sigma is > 0 and <= LargestSigma))
            throw new ArgumentOutOfRangeException(
                nameof(sigma), sigma, $"Exact tails of discrete Gaussian noise need a sigma up to {LargestSigma}.");
        Sigma = sigma;
        // From the far end inwards: ln Σ_{i ≥ k} e^{−i²/(2σ²)}.
        var reach = (int)Math.Ceiling(12 * sigma) + 12;
        _logUpper = new double[reach + 1];
        _logUpper[reach] = Unnormalised(reach) - LogSpace.Log1MExp(-(2.0 * reach + 1) / (2 * sigma * sigma));
        for (var k = reach - 1; k >= 0; k--) _logUpper[k] = LogSpace.Add(_logUpper[k + 1], Unnormalised(k));
        _logTotal = LogSpace.Add(_logUpper[0], _logUpper[1]);
    }

    public double Sigma { get; }

    /// <summary>ln Pr[Z = x] for an integer x.</summary>
    public double LogMass(double x) => Unnormalised(x) - _logTotal;

    /// <summary>ln Pr[Z ≥ k] for an integer k.</summary>
    public double LogUpper(double k)
    {
        if (k <= 0) return LogSpace.Log1MExp(Math.Min(0, LogUpper(1 - k)));
        if (k < _logUpper.Length) return _logUpper[(int)k] - _logTotal;
        return LogMass(k) - LogSpace.Log1MExp(-(2 * k + 1) / (2 * Sigma * Sigma));
    }

    /// <summary>ln Pr[Z ≤ k] for an integer k.</summary>
    public double LogLower(double k) => LogUpper(-k);

    /// <summary>ln Pr[Z − Z′ ≥ gap] of two independent draws, for an integer gap ≥ 0.</summary>
    public double LogDifferenceUpper(double gap)
    {
        // Σ_y Pr[Z′ = y] Pr[Z ≥ gap + y]: log-concave in y with its peak near −gap/2.
        var (centre, reach) = (Math.Floor(-gap / 2), Math.Ceiling(12 * Sigma) + 12);
        var sum = double.NegativeInfinity;
        for (var y = centre - reach; y <= centre + reach; y++) sum = LogSpace.Add(sum, LogMass(y) + LogUpper(gap + y));
        return Math.Min(0, sum);
    }

    private double Unnormalised(double x) => -0.5 * (x / Sigma) * (x / Sigma);
}
