using System.CommandLine;

namespace PateSim.Cli.Commands;

/// <summary>A command with those above it, without the program's name.</summary>
internal static class CommandPath
{
    /// <summary>Such as <c>privacy audit</c>; empty for the root.</summary>
    public static string Of(Command command)
    {
        if (command is RootCommand) return "";
        var above = command.Parents.OfType<Command>().Select(Of).FirstOrDefault("");
        return above.Length == 0 ? command.Name : $"{above} {command.Name}";
    }
}
