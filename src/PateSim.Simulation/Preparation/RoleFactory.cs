using PateSim.Simulation.Roles;

namespace PateSim.Simulation.Preparation;

/// <summary>The roles that stand at the start of a run.</summary>
public static class RoleFactory
{
    public static IEnumerable<IRole> All(RunSetup setup) =>
    [
        new CoordinatorRole(setup),
        new RecorderRole(setup),
        new AggregatorRole(setup.Aggregator),
        new PrivacyLedgerRole(setup.Ledger),
        .. setup.Models.Values.Select(model => new ModelRole(model)),
        .. setup.Baselines.Select(baseline => new BaselineRole(baseline)),
        .. setup.Attacks.Select(attack => new AttackerRole(attack)),
        .. setup.Hospitals.Select(hospital => new HospitalRole(hospital)),
    ];
}
