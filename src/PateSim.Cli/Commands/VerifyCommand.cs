using System.CommandLine;
using PateSim.Cli.Commands.Verification;
using PateSim.Core;
using PateSim.Reporting.Expected;
using PateSim.Reporting.Folders;

namespace PateSim.Cli.Commands;

/// <summary><c>patesim verify</c>: whether run folders are as they were sealed, and hold what is expected of them.
/// </summary>
internal static class VerifyCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description = "The run folder; several of one scenario with other seeds for --expected.",
            Arity = ArgumentArity.OneOrMore,
        };
        var expected = new Option<string?>("--expected")
        {
            HelpName = "FILE",
            Description = "Expected results: each figure's mean over the folders must be in its range.",
        };
        var command = new Command(
            "verify", "Checks every file of a run folder against its seal, the ledger against its own chain, and the figures "
            + "against expected results.");
        command.Arguments.Add(folders);
        command.Options.Add(expected);
        command.SetAction(result =>
        {
            // The file first: a fault in it is not a fault of the folders.
            var wanted = result.GetValue(expected) is { } file ? ExpectedFile.Read(file) : null;
            var paths = result.GetRequiredValue(folders);
            var areIntact = true;
            foreach (var path in paths) areIntact &= IsIntact(path, environment);
            if (!areIntact) return ExitCodes.VerificationFailed;
            return wanted is null || Holds(wanted, paths, environment) ? ExitCodes.Ok : ExitCodes.VerificationFailed;
        });
        return command;
    }

    private static bool IsIntact(string path, CliEnvironment environment)
    {
        var check = RunFolderCheck.Verify(path);
        if (check.IsIntact)
        {
            environment.Out.WriteLine($"{path}: intact, {check.Files} files, seal {check.Seal}");
            return true;
        }
        foreach (var problem in check.Problems) environment.Error.WriteLine(problem);
        environment.Error.WriteLine($"{path}: NOT intact.");
        return false;
    }

    private static bool Holds(ExpectedResults expected, string[] paths, CliEnvironment environment)
    {
        List<RunFigures> runs;
        try
        {
            runs = [.. paths.Select(RunFigures.Read)];
        }
        catch (InvalidInputException exception)
        {
            foreach (var problem in exception.Problems) environment.Error.WriteLine(problem);
            return false;
        }
        var problems = ExpectationCheck.Problems(expected, runs);
        foreach (var problem in problems) environment.Error.WriteLine(problem);
        if (problems.Length > 0) return false;
        var outcomes = ExpectationCheck.Outcomes(expected, runs);
        OutcomeTable.Print(expected, runs, outcomes, environment);
        return outcomes.All(outcome => outcome.Passes);
    }
}
