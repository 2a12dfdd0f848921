using System.CommandLine;
using System.Globalization;
using PateSim.Cli.Rendering;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;

namespace PateSim.Cli.Commands.Datasets;

/// <summary><c>patesim data list</c>: the datasets in a table, and which of them are at hand.</summary>
internal static class DataListCommand
{
    private static readonly string[] Titles =
        ["dataset", "records", "features", "classes", "hospitals", "licence", "at hand"];

    public static string[] Examples { get; } = ["patesim data list", "patesim data list --data ~/datasets"];

    public static Command Build(CliEnvironment environment)
    {
        var folder = new DataFolderOption();
        var command = new Command("list", "Lists the datasets with their sizes, and says which are at hand.");
        folder.AddTo(command);
        command.SetAction(result =>
        {
            var access = folder.Access(result, environment);
            PlainTable.Print(
                environment, Titles, [.. KnownDatasets.All.Select(source => Row(source.Info, access))], 1, 2, 3, 4);
            environment.Out.WriteLine();
            environment.Out.WriteLine("More: patesim data describe NAME");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string[] Row(DatasetInfo info, DataAccess access) =>
    [
        info.Name, Number(info.Counts.Sum(count => count.Rows)), Number(info.Schema.Features.Length),
        Number(info.ClassNames.Length), info.Hospitals == 0 ? "-" : Number(info.Hospitals), info.Licence.Split(',')[0],
        info.Files.IsEmpty ? "generated" : access.OriginOf(info) ?? "no",
    ];

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
