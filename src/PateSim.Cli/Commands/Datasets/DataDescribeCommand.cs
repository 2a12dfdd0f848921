using System.CommandLine;
using PateSim.Cli.Rendering.Sheets;
using PateSim.Data;
using PateSim.Reporting.Files;

namespace PateSim.Cli.Commands.Datasets;

/// <summary><c>patesim data describe</c>: all that the catalog knows of a dataset.</summary>
internal static class DataDescribeCommand
{
    public static string[] Examples { get; } =
    [
        "patesim data describe heart-disease",
        "patesim data describe diabetes-130 --json",
        "patesim data describe adult --markdown > adult.md",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "As 'patesim data list' prints it." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var markdown = new Option<bool>("--markdown") { Description = "Prints Markdown." };
        var command = new Command(
            "describe",
            "Describes a dataset: task, columns, counts, pitfalls, what others reach, licence, citation, addresses, digests.");
        command.Arguments.Add(name);
        command.Options.Add(json);
        command.Options.Add(markdown);
        command.SetAction(result =>
        {
            var info = DatasetName.Find(result.GetRequiredValue(name)).Info;
            var sheet = DatasetSheet.Of(info, DataCatalogs.Datasets[info.Name].Descriptor);
            if (result.GetValue(json) && result.GetValue(markdown))
                throw new UsageException("--json and --markdown are two forms; choose one.");
            if (result.GetValue(json)) JsonText.Write(environment.Out, writer => DatasetJson.Write(writer, info));
            else if (result.GetValue(markdown)) SheetMarkdown.Write(sheet, environment.Out, 1);
            else SheetText.Write(sheet, environment.Out, environment.Width);
            return ExitCodes.Ok;
        });
        return command;
    }
}
