using System.CommandLine;
using System.Globalization;
using PateSim.Cli.Commands.Datasets;
using PateSim.Core;
using PateSim.Data.Federation;
using PateSim.Data.Reading;
using PateSim.Scenarios;
using PateSim.Simulation.Preparation;

namespace PateSim.Cli.Commands;

/// <summary>What the commands that read a scenario have in common.</summary>
internal sealed class ScenarioOptions
{
    private readonly Argument<string> _scenario = new("SCENARIO") { Description = "The scenario file (HOCON)." };

    private readonly DataFolderOption _data = new();

    private readonly Option<string[]> _sets = new("--set")
    {
        HelpName = "path=value",
        Description = "Lays a setting over the file, such as aggregation.queries=200. May be repeated.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<long?> _seed = new("--seed")
    {
        HelpName = "N",
        Description = "Root of all randomness, in place of the file's.",
        CustomParser = result => ParseSeed(result),
    };

    /// <summary>The argument that names the file.</summary>
    public Argument<string> File => _scenario;

    public void AddTo(Command command)
    {
        command.Arguments.Add(_scenario);
        _data.AddTo(command);
        command.Options.Add(_sets);
        command.Options.Add(_seed);
    }

    /// <exception cref="InvalidInputException">All problems found, with their places.</exception>
    public LoadedScenario Load(ParseResult result) => ScenarioLoader.Load(
        result.GetRequiredValue(_scenario), result.GetValue(_sets) ?? [], result.GetValue(_seed));

    /// <exception cref="InvalidInputException">Data cannot be used, or settings do not fit.</exception>
    public RunSetup Prepare(
        LoadedScenario loaded, ParseResult result, CliEnvironment environment, CancellationToken cancellation)
    {
        var access = _data.Access(result, environment);
        return Located(loaded, () => RunPreparation.Prepare(loaded.Scenario, access, cancellation));
    }

    /// <summary>The data alone, shared out as the run does it.</summary>
    /// <exception cref="InvalidInputException">Data cannot be used, or settings do not fit.</exception>
    public FederatedData PrepareData(
        LoadedScenario loaded, ParseResult result, CliEnvironment environment, CancellationToken cancellation) =>
        PrepareData(loaded, _data.Access(result, environment), cancellation);

    /// <summary>The same with given data folders.</summary>
    public static FederatedData PrepareData(
        LoadedScenario loaded, DataAccess access, CancellationToken cancellation) =>
        Located(loaded, () => RunPreparation.PrepareData(loaded.Scenario, access, cancellation));

    private static T Located<T>(LoadedScenario loaded, Func<T> prepare)
    {
        try
        {
            return prepare();
        }
        catch (ScenarioException exception)
        {
            throw new InvalidInputException([.. exception.Problems.Select(loaded.At)]);
        }
    }

    private static long? ParseSeed(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)) return seed;
        result.AddError($"--seed {text}: it is a whole number of 64 bits, such as --seed 7.");
        return null;
    }
}
