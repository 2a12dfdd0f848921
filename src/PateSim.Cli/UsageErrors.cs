using System.CommandLine;
using PateSim.Core;

namespace PateSim.Cli;

/// <summary>What is wrong with a command line, on stderr, with the way to help.</summary>
internal static class UsageErrors
{
    public static int Print(ParseResult result, TextWriter error)
    {
        var command = result.CommandResult.Command;
        foreach (var message in result.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal))
            error.WriteLine($"patesim: {message}");
        foreach (var token in result.UnmatchedTokens)
        {
            if (Suggestion.Nearest(token, Known(command)) is { } nearest)
                error.WriteLine($"patesim: '{token}' is unknown here. Did you mean '{nearest}'?");
        }
        var name = command is RootCommand ? "patesim" : $"patesim {command.Name}";
        error.WriteLine($"Try '{name} --help'.");
        return ExitCodes.Usage;
    }

    private static IEnumerable<string> Known(Command command) =>
        command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name));
}
