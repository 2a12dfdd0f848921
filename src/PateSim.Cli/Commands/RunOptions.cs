using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PateSim.Actors;
using PateSim.Core;
using PateSim.Simulation.Runtime;

namespace PateSim.Cli.Commands;

/// <summary>How and where a run runs: nothing of it changes a result.</summary>
internal sealed class RunOptions
{
    private const string Actors = "actors";
    private const string Sequential = "sequential";
    private const int MostWorkers = 1024;

    private readonly Option<string> _out = new("--out")
    {
        HelpName = "DIR",
        Description = "Folder for run folders.",
        DefaultValueFactory = _ => "runs",
    };

    private readonly Option<string> _runtime = new("--runtime")
    {
        HelpName = $"{Sequential}|{Actors}",
        Description = "What carries the run. The results are the same.",
        DefaultValueFactory = _ => Actors,
    };

    private readonly Option<int> _workers = new("--workers")
    {
        HelpName = "N",
        Description = "How many models train at once under actors. The results are the same.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        CustomParser = ParseWorkers,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints summary.json instead of the table.",
    };

    public RunOptions() => _runtime.Validators.Add(result =>
    {
        var text = result.GetValueOrDefault<string>();
        if (text is not (Actors or Sequential))
            result.AddError($"--runtime {text} is unknown. {Suggestion.Describe(text ?? "", [Actors, Sequential])}");
    });

    public void AddTo(Command command)
    {
        command.Options.Add(_out);
        command.Options.Add(_runtime);
        command.Options.Add(_workers);
        command.Options.Add(_json);
    }

    /// <exception cref="UsageException">It is empty.</exception>
    public string OutFolder(ParseResult result)
    {
        var folder = result.GetRequiredValue(_out);
        return folder.Trim().Length > 0 ? folder : throw new UsageException("--out names no folder.");
    }

    public bool Json(ParseResult result) => result.GetValue(_json);

    /// <summary>The runner and how much it does at once.</summary>
    public (IRunner Runner, int Workers) Runner(ParseResult result)
    {
        if (result.GetValue(_runtime) == Sequential) return (new SequentialRunner(), 1);
        var workers = result.GetValue(_workers);
        return (ActorRunnerOf(workers), workers);
    }

    // A method of its own: Akka is loaded when it is first needed.
    private static ActorRunner ActorRunnerOf(int workers) => new(workers);

    private static int ParseWorkers(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers)
            && workers is >= 1 and <= MostWorkers)
        {
            return workers;
        }
        result.AddError($"--workers {text}: it is a whole number from 1 to {MostWorkers}.");
        return 1;
    }
}
