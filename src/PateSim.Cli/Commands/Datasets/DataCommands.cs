using System.CommandLine;

namespace PateSim.Cli.Commands.Datasets;

/// <summary>The commands below <c>patesim data</c>, in the order of the help.</summary>
internal static class DataCommands
{
    public static Command Group() => new(
        "data", "Datasets: what there is, what bites in it, how to get it, and whether a copy is the published one.");

    /// <summary>Each command with its examples.</summary>
    public static IEnumerable<(Command Command, string[] Examples)> All(CliEnvironment environment) =>
    [
        (DataListCommand.Build(environment), DataListCommand.Examples),
        (DataDescribeCommand.Build(environment), DataDescribeCommand.Examples),
        (DataFetchCommand.Build(environment), DataFetchCommand.Examples),
        (DataCheckCommand.Build(environment), DataCheckCommand.Examples),
        (DataInspectCommand.Build(environment), DataInspectCommand.Examples),
        (DataSplitCommand.Build(environment), DataSplitCommand.Examples),
    ];
}
