using System.CommandLine;
using PateSim.Simulation.Preparation;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>A scenario made ready to be audited. The budget plays no part: what is audited is what an answer costs.
/// </summary>
internal static class AuditPreparation
{
    public static RunSetup Prepare(
        ScenarioOptions options, ParseResult result, CliEnvironment environment, CancellationToken cancellation)
    {
        var loaded = options.Load(result);
        var scenario = loaded.Scenario with { Privacy = loaded.Scenario.Privacy with { Budget = null } };
        return options.Prepare(loaded with { Scenario = scenario }, result, environment, cancellation);
    }
}
