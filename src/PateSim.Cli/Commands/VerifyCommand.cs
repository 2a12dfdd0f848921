using System.CommandLine;
using PateSim.Reporting.Folders;

namespace PateSim.Cli.Commands;

/// <summary><c>patesim verify</c>: whether a run folder is as it was sealed.</summary>
internal static class VerifyCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var folder = new Argument<string>("DIR") { Description = "The run folder." };
        var command = new Command(
            "verify", "Checks every file of a run folder against its seal, and the ledger against its own chain.");
        var seal = new Option<string?>("--seal")
        {
            HelpName = "HASH",
            Description = "The folder's seal as it was noted elsewhere: only that recognises a folder rewritten whole.",
        };
        command.Arguments.Add(folder);
        command.Options.Add(seal);
        command.SetAction(result =>
        {
            var path = result.GetRequiredValue(folder);
            var check = RunFolderCheck.Verify(path, result.GetValue(seal));
            if (check.IsIntact)
            {
                environment.Out.WriteLine($"{path}: intact, {check.Files} files, seal {check.Seal}");
                return ExitCodes.Ok;
            }
            foreach (var problem in check.Problems) environment.Error.WriteLine(problem);
            environment.Error.WriteLine($"{path}: NOT intact.");
            return ExitCodes.VerificationFailed;
        });
        return command;
    }
}
