using PateSim.Learning.Metrics;

namespace PateSim.Theft.Measures;

/// <summary>A share of records, s of n, kept as counts; its 95 % interval is Wilson's (<see cref="Estimate.Share"/>).
/// </summary>
/// <remarks>The interval speaks of the sampling of evaluation records alone, not of the training of the clone.</remarks>
public readonly record struct Proportion
{
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
    public double Lower => ToEstimate().Lower;

    /// <summary>The upper end of the interval, in [0, 1].</summary>
    public double Upper => ToEstimate().Upper;

    public Estimate ToEstimate() => Estimate.Share(Successes, Trials);
}
