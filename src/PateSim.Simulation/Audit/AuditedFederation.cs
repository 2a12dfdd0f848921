using System.Collections.Immutable;
using PateSim.Data.Federation;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Roles;

namespace PateSim.Simulation.Audit;

/// <summary>The parts of a federation that an audit exercises, as a run has them. Tests put broken ones in their place.
/// </summary>
/// <param name="Hospitals">From the shared-out data to what each hospital trains on.</param>
/// <param name="Aggregator">Who counts, charges, draws the noise and answers.</param>
public sealed record AuditedFederation(
    Func<FederatedData, ImmutableArray<HospitalSetup>> Hospitals, Func<AggregatorSetup, IRole> Aggregator)
{
    /// <summary>The federation of a run.</summary>
    public static AuditedFederation Of(RunSetup setup) => new(
        data => RunPreparation.Prepare(setup.Scenario, data, setup.Key).Hospitals,
        aggregator => new AggregatorRole(aggregator));
}
