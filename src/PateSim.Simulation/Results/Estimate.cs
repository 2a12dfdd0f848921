using PateSim.Theft.Measures;

namespace PateSim.Simulation.Results;

/// <summary>A measured share with its 95 % interval.</summary>
/// <param name="Value">In [0, 1].</param>
/// <param name="Low">Lower end of the interval, in [0, 1].</param>
/// <param name="High">Upper end of the interval, in [0, 1].</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>A share of records with its Wilson interval.</summary>
    public static Estimate Of(Proportion share) => new(share.Rate, share.Lower, share.Upper);

    public static Estimate Of(Learning.Metrics.Estimate estimate) => new(estimate.Value, estimate.Lower, estimate.Upper);
}
