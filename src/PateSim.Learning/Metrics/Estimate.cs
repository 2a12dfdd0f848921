using MathNet.Numerics.Distributions;

namespace PateSim.Learning.Metrics;

/// <summary>A measured share or coefficient with its 95 % interval.</summary>
/// <param name="Value">The point estimate.</param>
/// <param name="Lower">Lower end of the interval, at most <paramref name="Value"/>.</param>
/// <param name="Upper">Upper end of the interval, at least <paramref name="Value"/>.</param>
public readonly record struct Estimate(double Value, double Lower, double Upper)
{
    /// <summary>The normal quantile z of a two-sided 95 % interval.</summary>
    internal const double Quantile = 1.959963984540054;

    /// <summary>
    /// A share k/n with the score interval of Wilson:
    /// (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n), p = k/n, z = 1.96.
    /// </summary>
    /// <param name="successes">k, 0 ≤ k ≤ n.</param>
    /// <param name="trials">n ≥ 1.</param>
    /// <returns>Value and interval in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">k or n is outside its range.</exception>
    /// <remarks>E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22, 1927.
    /// </remarks>
    public static Estimate Share(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double n = trials, p = successes / n, square = Quantile * Quantile;
        var centre = p + square / (2 * n);
        var half = Quantile * Math.Sqrt(p * (1 - p) / n + square / (4 * n * n));
        var scale = 1 + square / n;
        // At k = 0 and k = n the ends are exactly 0 and 1; rounding must not put them beside.
        return new Estimate(
            p,
            successes == 0 ? 0 : Math.Min(p, (centre - half) / scale),
            successes == trials ? 1 : Math.Max(p, (centre + half) / scale));
    }

    /// <summary>
    /// A share k/n with the exact interval of Clopper and Pearson: from the quantile 0.025 of Beta(k, n − k + 1) to the
    /// quantile 0.975 of Beta(k + 1, n − k).
    /// </summary>
    /// <inheritdoc cref="Share" path="/param"/>
    /// <returns>Value and interval in [0, 1]; it covers the true share with probability 95 % or more, whatever that is.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">k or n is outside its range.</exception>
    /// <remarks>C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the
    /// binomial, Biometrika 26, 1934.</remarks>
    public static Estimate ExactShare(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        const double Tail = 0.025;
        var value = successes / (double)trials;
        return new Estimate(
            value,
            successes == 0 ? 0 : Math.Min(value, Beta.InvCDF(successes, trials - successes + 1, Tail)),
            successes == trials ? 1 : Math.Max(value, Beta.InvCDF(successes + 1, trials - successes, 1 - Tail)));
    }

    /// <summary>A value in [0, 1] with so much on either side, cut at the ends.</summary>
    internal static Estimate Within(double value, double half)
    {
        // Rounding must not put a mean of shares beside the ends.
        var inside = Math.Clamp(value, 0, 1);
        return new Estimate(inside, Math.Max(0, inside - half), Math.Min(1, inside + half));
    }
}
