using PateSim.Core.Components;

namespace PateSim.Privacy.Mechanisms;

/// <summary>All aggregation mechanisms.</summary>
public static class MechanismCatalog
{
    public const string Kind = "mechanism";

    public static Catalog<IAggregationMechanism> Default { get; } = new(
        Kind,
        "How the aggregator turns votes into a noisy answer.",
        MechanismComponents.Lnmax,
        MechanismComponents.Gnmax,
        MechanismComponents.ConfidentGnmax,
        MechanismComponents.InteractiveGnmax);
}
