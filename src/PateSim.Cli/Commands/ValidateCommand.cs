using System.CommandLine;
using PateSim.Cli.Rendering;

namespace PateSim.Cli.Commands;

/// <summary><c>patesim validate</c>: everything that a run does before it trains, and what it would do then.</summary>
internal static class ValidateCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var scenario = new ScenarioOptions();
        var command = new Command(
            "validate", "Reads a scenario and its data as a run does, trains nothing, and says what would run.");
        scenario.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            var loaded = scenario.Load(result);
            var setup = scenario.Prepare(loaded, result, environment, cancellation);
            SetupRenderer.Print(setup, environment.Out);
            return Task.FromResult(ExitCodes.Ok);
        });
        return command;
    }
}
