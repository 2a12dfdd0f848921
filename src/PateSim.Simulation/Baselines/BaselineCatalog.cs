using PateSim.Core.Components;

namespace PateSim.Simulation.Baselines;

/// <summary>The built-in baselines.</summary>
public static class BaselineCatalog
{
    public static Catalog<IBaseline> Default { get; } = new(
        "baseline", "Another way to a model from the same hospitals, to compare with.",
        DpSgdBaseline.Component, FederatedBaseline.FedAvg, FederatedBaseline.FedProx);
}
