using System.CommandLine;
using PateSim.Cli.Rendering;
using PateSim.Core;
using PateSim.Data.Inspection;

namespace PateSim.Cli.Commands.Datasets;

/// <summary><c>patesim data inspect</c>: what a file of one's own holds, and the scenario that reads it.</summary>
internal sealed class DataInspectCommand(CliEnvironment environment)
{
    private static readonly string[] Delimiters = ["comma", "semicolon", "tab", "bar"];

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "CSV, TSV, ARFF or IDX; plain, gzipped or in a zip archive (archive.zip!name).",
    };

    private readonly Option<string?> _label = new("--label")
    {
        HelpName = "COLUMN",
        Description = "The column to predict, where the proposed one is not it.",
    };

    private readonly Option<string?> _delimiter = new("--delimiter")
    {
        HelpName = "NAME",
        Description = "comma, semicolon, tab or bar, where the file leaves it open.",
    };

    private readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The first line is a record though it looks like names.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON." };

    private readonly DataFolderOption _folder = new();

    public static string[] Examples { get; } =
    [
        "patesim data inspect patients.csv",
        "patesim data inspect export.zip!stays.tsv --label readmitted",
        "patesim data inspect patients.csv.gz --json",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var self = new DataInspectCommand(environment);
        var command = new Command(
            "inspect", "Looks through a file of your own: types, missing values, classes, hospitals, patients; and "
            + "proposes the scenario that reads it, ready to paste.");
        command.Arguments.Add(self._file);
        command.Options.Add(self._label);
        command.Options.Add(self._delimiter);
        command.Options.Add(self._noHeader);
        command.Options.Add(self._json);
        self._folder.AddTo(command);
        command.SetAction((result, cancellation) => Task.Run(() => self.Execute(result, cancellation), cancellation));
        return command;
    }

    private int Execute(ParseResult result, CancellationToken cancellation)
    {
        var delimiter = result.GetValue(_delimiter);
        if (delimiter is not null && !Delimiters.Contains(delimiter))
            throw new UsageException($"--delimiter {delimiter} is unknown. {Suggestion.Describe(delimiter, Delimiters)}");
        var hints = new InspectionHints(
            delimiter, result.GetValue(_noHeader) ? false : null, result.GetValue(_label));
        var report = FileInspector.Inspect(
            result.GetRequiredValue(_file), _folder.Access(result, environment), hints, cancellation);
        var proposal = ScenarioProposal.Of(report);
        if (result.GetValue(_json)) InspectionRenderer.PrintJson(report, proposal, environment.Out);
        else InspectionRenderer.Print(report, proposal, environment);
        return ExitCodes.Ok;
    }
}
