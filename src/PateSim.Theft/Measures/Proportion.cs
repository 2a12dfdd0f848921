namespace PateSim.Theft.Measures;

/// <summary>A share of records with its 95 % Wilson score interval.</summary>
/// <remarks>
/// p̂ = s/n; centre (p̂ + z²/2n) / (1 + z²/n), half width z·√(p̂(1−p̂)/n + z²/4n²) / (1 + z²/n), z = 1.959963984540054.
/// The interval is exactly 0 at the lower end for s = 0 and exactly 1 at the upper end for s = n. It speaks of the
/// sampling of evaluation records alone, not of the training of the clone. Source: Wilson, JASA 22 (1927) 209–212.
/// </remarks>
public readonly record struct Proportion
{
    private const double Z = 1.959963984540054;

    /// <param name="successes">s, from 0 to n.</param>
    /// <param name="trials">n ≥ 1.</param>
    public Proportion(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        (Successes, Trials) = (successes, trials);
    }

    /// <summary>s</summary>
    public long Successes { get; }

    /// <summary>n</summary>
    public long Trials { get; }

    /// <summary>s/n, in [0, 1].</summary>
    public double Rate => (double)Successes / Trials;

    /// <summary>The lower end of the interval, in [0, 1].</summary>
    public double Lower => Successes == 0 ? 0 : Centre - HalfWidth;

    /// <summary>The upper end of the interval, in [0, 1].</summary>
    public double Upper => Successes == Trials ? 1 : Centre + HalfWidth;

    private double Centre => (Rate + Z * Z / (2.0 * Trials)) / (1 + Z * Z / Trials);

    private double HalfWidth =>
        Z * Math.Sqrt(Rate * (1 - Rate) / Trials + Z * Z / (4.0 * Trials * Trials)) / (1 + Z * Z / Trials);
}
