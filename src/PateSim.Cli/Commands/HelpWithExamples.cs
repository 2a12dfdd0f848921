using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PateSim.Cli.Commands;

/// <summary>The usual help, followed by examples.</summary>
/// <param name="examples">By path of the command; those of a command with subcommands are the first of each.</param>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<string, string[]> examples)
    : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var shown = command.Subcommands.Count > 0
            ? Below(command).Select(path => examples[path][0])
            : examples.GetValueOrDefault(CommandPath.Of(command), []);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var line in shown) output.WriteLine("  " + line);
        output.WriteLine();
        return code;
    }

    private IEnumerable<string> Below(Command command)
    {
        var path = CommandPath.Of(command);
        return examples.Keys.Where(name => path.Length == 0 || name.StartsWith(path + " ", StringComparison.Ordinal));
    }
}
