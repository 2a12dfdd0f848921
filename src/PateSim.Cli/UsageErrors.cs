using System.CommandLine;
using PateSim.Cli.Commands;
using PateSim.Core;

namespace PateSim.Cli;

/// <summary>What is wrong with a command line, on stderr, with the way to help.</summary>
internal static class UsageErrors
{
    public static int Print(ParseResult result, TextWriter error)
    {
        var command = result.CommandResult.Command;
        foreach (var token in result.UnmatchedTokens)
        {
            var hint = Suggestion.Nearest(token, Known(command)) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            error.WriteLine($"patesim: '{token}' is unknown here.{hint}");
        }
        // What is unknown explains what is missing, so the rest would only repeat it.
        if (result.UnmatchedTokens.Count == 0)
        {
            foreach (var message in result.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal))
                error.WriteLine($"patesim: {message}");
        }
        var name = $"patesim {CommandPath.Of(command)}".TrimEnd();
        error.WriteLine($"Try '{name} --help'.");
        return ExitCodes.Usage;
    }

    private static IEnumerable<string> Known(Command command) =>
        command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name));
}
