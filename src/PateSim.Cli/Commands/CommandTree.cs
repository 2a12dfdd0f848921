using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using PateSim.Cli.Commands.Accounting;
using PateSim.Cli.Commands.Datasets;

namespace PateSim.Cli.Commands;

/// <summary>The grammar of the command line.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CliEnvironment environment)
    {
        var root = new RootCommand(
            "PateSim simulates PATE over federated hospitals and measures accuracy, privacy loss and theft resistance "
            + "together.");
        root.Directives.Clear();
        var examples = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Add(RunCommand.Build(environment), [
            "patesim run scenarios/quickstart.conf",
            "patesim run scenarios/adult-250.conf --data ~/datasets --set aggregation.queries=200 --seed 7",
            "patesim run scenarios/quickstart.conf --json > summary.json",
        ]);
        Add(ValidateCommand.Build(environment), [
            "patesim validate scenarios/heart-disease.conf --data ~/datasets",
        ]);
        Add(CatalogCommands.List(environment), [
            "patesim list",
            "patesim list mechanisms",
        ]);
        Add(CatalogCommands.Describe(environment), [
            "patesim describe mechanism lnmax",
            "patesim describe dataset synthetic-clinics",
        ]);
        Add(VerifyCommand.Build(environment), [
            "patesim verify runs/quickstart-1f0c2b3a-s1",
            "patesim verify runs/adult-lnmax-* --expected scenarios/papers/adult-lnmax.expected.conf",
        ]);
        var privacy = new Command(
            "privacy", "Answers questions about privacy loss: how much noise, how many answers, what was spent.");
        root.Subcommands.Add(privacy);
        AddTo(privacy, CalibrateCommand.Build(environment), CalibrateCommand.Examples);
        AddTo(privacy, PlanCommand.Build(environment), PlanCommand.Examples);
        AddTo(privacy, AccountCommand.Build(environment), AccountCommand.Examples);
        AddTo(privacy, CheckCommand.Build(environment), CheckCommand.Examples);
        AddTo(privacy, AuditCommand.Build(environment), AuditCommand.Examples);
        var data = DataCommands.Group();
        root.Subcommands.Add(data);
        foreach (var (command, lines) in DataCommands.All(environment)) AddTo(data, command, lines);
        foreach (var option in root.Options)
        {
            if (option is VersionOption version) version.Action = new PrintVersion();
            if (option is HelpOption { Action: HelpAction help } helpOption)
                helpOption.Action = new HelpWithExamples(help, examples);
        }
        return root;

        void Add(Command command, string[] lines) => AddTo(root, command, lines);

        void AddTo(Command parent, Command command, string[] lines)
        {
            parent.Subcommands.Add(command);
            examples[CommandPath.Of(command)] = lines;
        }
    }
}

/// <summary>The version alone, on one line.</summary>
internal sealed class PrintVersion : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ToolVersion.Current);
        return ExitCodes.Ok;
    }
}
