using System.Collections.Immutable;
using System.CommandLine;
using PateSim.Cli.Rendering;
using PateSim.Data.Federation;
using PateSim.Reporting.Figures;
using PateSim.Reporting.Files;
using PateSim.Reporting.Folders;
using PateSim.Scenarios;

namespace PateSim.Cli.Commands.Datasets;

/// <summary><c>patesim data split</c>: who would hold what, in numbers and drawings.</summary>
internal sealed class DataSplitCommand(CliEnvironment environment)
{
    private readonly ScenarioOptions _scenario = new();

    private readonly Option<string> _out = new("--out")
    {
        HelpName = "DIR",
        Description = "Folder for the drawings; those of the same scenario and seed are written anew.",
        DefaultValueFactory = _ => "figures",
    };

    private readonly Option<bool> _noFigures = new("--no-figures") { Description = "Draws nothing." };

    private readonly Option<bool> _all = new("--all")
    {
        Description = $"Lists every hospital; without it {SplitTable.ListedHospitals} of more, the largest and the smallest.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON, with every hospital." };

    public static string[] Examples { get; } =
    [
        "patesim data split scenarios/diabetes-130.conf --data ~/datasets",
        "patesim data split scenarios/quickstart.conf --set data.partitioner.kind=dirichlet-label --out figures",
        "patesim data split scenarios/heart-disease.conf --json --no-figures",
    ];

    public static Command Build(CliEnvironment environment)
    {
        var self = new DataSplitCommand(environment);
        var command = new Command(
            "split", "Shares the data of a scenario out as its run does: sizes, classes, how unlike the hospitals are, and "
            + "drawings of it.");
        self._scenario.AddTo(command);
        command.Options.Add(self._out);
        command.Options.Add(self._noFigures);
        command.Options.Add(self._all);
        command.Options.Add(self._json);
        command.SetAction((result, cancellation) => Task.FromResult(self.Execute(result, cancellation)));
        return command;
    }

    private int Execute(ParseResult result, CancellationToken cancellation)
    {
        var loaded = _scenario.Load(result);
        var data = _scenario.PrepareData(loaded, result, environment, cancellation);
        var measures = Heterogeneity.Of(data);
        if (result.GetValue(_json)) SplitTable.PrintJson(data, measures, loaded.Scenario, environment.Out);
        else SplitTable.Print(data, measures, loaded.Scenario, result.GetValue(_all), environment);
        if (result.GetValue(_noFigures)) return ExitCodes.Ok;
        var name = RunFolderName.Of(loaded.Scenario.Name, loaded.Scenario.Digest, loaded.Scenario.Seed) + "-split";
        foreach (var path in Write(SplitDrawing.Of(data, name, loaded.Scenario.Name), result.GetRequiredValue(_out)))
            environment.Error.WriteLine($"Drawing: {path}");
        return ExitCodes.Ok;
    }

    private List<string> Write(ImmutableArray<Figure> figures, string folder)
    {
        if (folder.Trim().Length == 0) throw new UsageException("--out names no folder.");
        environment.Folders.CreateFolder(folder);
        var paths = new List<string>();
        foreach (var file in figures.SelectMany(figure => (RunFile[])[figure.Svg, figure.Png]))
        {
            var path = Path.Combine(folder, file.Name);
            environment.Folders.Write(path, file.Content.Span);
            paths.Add(path);
        }
        return paths;
    }
}
