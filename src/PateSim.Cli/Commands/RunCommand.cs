using System.CommandLine;
using System.Text;
using PateSim.Cli.Progress;
using PateSim.Cli.Rendering;
using PateSim.Reporting.Files;
using PateSim.Reporting.Folders;
using PateSim.Reporting.Summary;
using PateSim.Scenarios;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Results;
using PateSim.Simulation.Runtime;

namespace PateSim.Cli.Commands;

/// <summary><c>patesim run</c>: from a scenario file to a sealed folder and a table.</summary>
internal sealed class RunCommand(CliEnvironment environment, ScenarioOptions scenario, RunOptions options)
{
    public static Command Build(CliEnvironment environment)
    {
        var (scenario, options) = (new ScenarioOptions(), new RunOptions());
        var command = new Command("run", "Runs a scenario: writes a sealed run folder and prints the three measures.");
        scenario.AddTo(command);
        options.AddTo(command);
        command.SetAction((result, cancellation) =>
            new RunCommand(environment, scenario, options).ExecuteAsync(result, cancellation));
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult result, CancellationToken cancellation)
    {
        var clock = new PhaseClock(environment.Time);
        var outFolder = options.OutFolder(result);
        clock.Enter("scenario");
        var loaded = scenario.Load(result);
        clock.Enter("data");
        var setup = scenario.Prepare(loaded, result, environment, cancellation);
        var (runner, workers) = options.Runner(result);

        using var folder = Begin(outFolder, loaded, setup);
        var record = await RunAsync(runner, setup, clock, cancellation).ConfigureAwait(false);

        clock.Enter("report");
        var texts = new ScenarioTexts(loaded.SourceText, loaded.ResolvedJson);
        var files = ResultFiles.Of(record, texts, ToolVersion.Current);
        var timings = new RunTimings(
            runner.Name, workers, clock.StartedAt, clock.Finish(), clock.TotalSeconds, PeakMemory.Bytes,
            MachineRecord.Current(ToolVersion.Current));
        var sealedRun = Seal(folder, files, TimingsFile.Of(timings));
        Print(record, sealedRun, options.Json(result) ? files.Single(file => file.Name == RunFileNames.Summary) : null);
        if (sealedRun is null) return ExitCodes.RunFailed;
        return record.Status switch
        {
            RunStatus.Completed => ExitCodes.Ok,
            RunStatus.Cancelled => ExitCodes.Cancelled,
            _ => ExitCodes.RunFailed,
        };
    }

    private async Task<RunRecord> RunAsync(
        IRunner runner, RunSetup setup, PhaseClock clock, CancellationToken cancellation)
    {
        var display = ProgressDisplay.Start(environment, clock);
        await using var _ = display.ConfigureAwait(false);
        display.Report(new RunProgress("teachers", 0, setup.Hospitals.Length, 0));
        return await runner.RunAsync(setup, display, cancellation).ConfigureAwait(false);
    }

    /// <summary>Null when the disk does not take it: that is told at once, and the results are still printed.</summary>
    private SealedRun? Seal(RunFolder folder, IReadOnlyList<RunFile> files, RunFile timings)
    {
        try
        {
            return folder.Seal(files, timings);
        }
        catch (RunFolderException exception)
        {
            environment.Error.WriteLine(exception.ToProblem());
            return null;
        }
    }

    private RunFolder Begin(string outFolder, LoadedScenario loaded, RunSetup setup) => RunFolder.Begin(
        outFolder,
        RunFolderName.Of(loaded.Scenario.Name, setup.Id.Value, loaded.Scenario.Seed),
        new RunFile(RunFileNames.Scenario, Encoding.UTF8.GetBytes(loaded.SourceText)),
        environment.Folders);

    private void Print(RunRecord record, SealedRun? sealedRun, RunFile? json)
    {
        if (record.Status == RunStatus.Failed)
            environment.Error.WriteLine($"patesim: error PS4020: the run failed. {record.Reason}");
        if (record.Status == RunStatus.Cancelled)
            environment.Error.WriteLine("Cancelled; what was finished is kept.");
        if (json is null)
        {
            SummaryRenderer.Print(RunSummary.Of(record), sealedRun, environment);
            return;
        }
        environment.Out.Write(Encoding.UTF8.GetString(json.Content.Span));
        if (sealedRun is not null) environment.Error.WriteLine($"Run folder: {sealedRun.Path}");
    }
}
