using System.CommandLine;
using PateSim.Core.Components;
using PateSim.Privacy.Mechanisms;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>A scenario made ready to be audited. The budget plays no part, and a mechanism that asks a student can be
/// audited without a run that has one: its students are made up.</summary>
internal static class AuditPreparation
{
    public static RunSetup Prepare(
        ScenarioOptions options, ParseResult result, CliEnvironment environment, CancellationToken cancellation)
    {
        var loaded = options.Load(result);
        var scenario = loaded.Scenario;
        var mechanism = scenario.Aggregation.Mechanism.Instance;
        var standing = mechanism.UsesStudent ? MechanismCatalog.Default["gnmax"].With() : scenario.Aggregation.Mechanism;
        var setup = options.Prepare(
            loaded with { Scenario = WithoutBudget(scenario, standing) }, result, environment, cancellation);
        return setup with
        {
            Aggregator = setup.Aggregator with { Mechanism = mechanism },
            Ledger = setup.Ledger with { Mechanism = mechanism },
        };
    }

    private static Scenario WithoutBudget(Scenario scenario, Chosen<IAggregationMechanism> mechanism) => scenario with
    {
        Aggregation = scenario.Aggregation with { Mechanism = mechanism },
        Privacy = scenario.Privacy with { Budget = null },
    };
}
