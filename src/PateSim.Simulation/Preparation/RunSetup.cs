using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Data.Federation;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;

namespace PateSim.Simulation.Preparation;

/// <summary>A scenario with its data, checked and ready to run: what every role's own setup is cut from.</summary>
/// <param name="Key">Root of all randomness of the run.</param>
/// <param name="MinimumHospitals">The quorum in hospitals, from the scenario's share.</param>
/// <param name="Queries">Positions in the public set of the records that the teachers label, shape [q].</param>
/// <param name="QueryIdentities">Content digest of each, shape [q].</param>
/// <param name="Pool">Positions in the public set of the records that the thief may ask about.</param>
/// <param name="NoVictim">The control: a thief who pays for true diagnoses instead.</param>
/// <param name="Warnings">What the reader of the results has to know, in sentences.</param>
public sealed record RunSetup(
    RunId Id,
    Scenario Scenario,
    FederatedData Data,
    RandomKey Key,
    ImmutableArray<HospitalSetup> Hospitals,
    int MinimumHospitals,
    ImmutableArray<int> Queries,
    ImmutableArray<string> QueryIdentities,
    ImmutableArray<int> Pool,
    AggregatorSetup Aggregator,
    LedgerSetup Ledger,
    ImmutableSortedDictionary<ModelKind, ModelSetup> Models,
    ImmutableArray<AttackSetup> Attacks,
    Victim NoVictim,
    ImmutableArray<string> Warnings)
{
    /// <summary>How the queries are cut into rounds; one round unless said otherwise.</summary>
    public QueryRounds Rounds { get; init; } = new(Queries.Length, Queries.Length);

    /// <summary>What is trained besides, to compare with.</summary>
    public ImmutableArray<BaselineSetup> Baselines { get; init; } = [];

    /// <summary>How many clones the thieves will train, for progress.</summary>
    public int ExpectedClones => Attacks.Sum(attack => attack.ExpectedClones);
}
