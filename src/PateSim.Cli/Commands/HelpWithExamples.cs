using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PateSim.Cli.Commands;

/// <summary>The usual help, followed by examples.</summary>
/// <param name="examples">By name of the command; those of the root are all of them.</param>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<string, string[]> examples)
    : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var shown = command is RootCommand
            ? examples.Values.Select(lines => lines[0])
            : examples.GetValueOrDefault(command.Name, []);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var line in shown) output.WriteLine("  " + line);
        output.WriteLine();
        return code;
    }
}
