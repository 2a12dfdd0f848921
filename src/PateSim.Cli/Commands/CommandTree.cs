using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

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
        ]);
        foreach (var option in root.Options)
        {
            if (option is VersionOption version) version.Action = new PrintVersion();
            if (option is HelpOption { Action: HelpAction help } helpOption)
                helpOption.Action = new HelpWithExamples(help, examples);
        }
        return root;

        void Add(Command command, string[] lines)
        {
            root.Subcommands.Add(command);
            examples[command.Name] = lines;
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
