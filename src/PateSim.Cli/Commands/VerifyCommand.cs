using System.CommandLine;
using PateSim.Cli.Commands.Datasets;
using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Reporting.Files;
using PateSim.Reporting.Folders;
using PateSim.Scenarios;

namespace PateSim.Cli.Commands;

/// <summary><c>patesim verify</c>: whether a run folder is as it was sealed.</summary>
internal static class VerifyCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var folder = new Argument<string>("DIR") { Description = "The run folder." };
        var rebuild = new Option<bool>("--rebuild")
        {
            Description = "Also reads the data and shares it out again, and compares the disjointness certificate.",
        };
        var data = new DataFolderOption();
        var command = new Command(
            "verify", "Checks every file of a run folder against its seal, the ledger against its own chain, and the "
            + "disjointness certificate against the other files.");
        var seal = new Option<string?>("--seal")
        {
            HelpName = "HASH",
            Description = "The folder's seal as it was noted elsewhere: only that recognises a folder rewritten whole.",
        };
        command.Arguments.Add(folder);
        command.Options.Add(seal);
        command.Options.Add(rebuild);
        data.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            var path = result.GetRequiredValue(folder);
            var check = RunFolderCheck.Verify(path, result.GetValue(seal));
            var problems = check.Problems;
            // Of a folder that is not as it was sealed nothing is worth comparing.
            var isRebuilt = result.GetValue(rebuild) && check.IsIntact;
            if (isRebuilt && Rebuilt(path, data.Access(result, environment), cancellation) is { } problem)
                problems = problems.Add(problem);
            if (problems.IsEmpty)
            {
                environment.Out.WriteLine($"{path}: intact, {check.Files} files, seal {check.Seal}");
                if (isRebuilt)
                    environment.Out.WriteLine("The data, shared out again, gives the certificate's assignment.");
                return Task.FromResult(ExitCodes.Ok);
            }
            foreach (var found in problems) environment.Error.WriteLine(found);
            environment.Error.WriteLine($"{path}: NOT intact.");
            return Task.FromResult(ExitCodes.VerificationFailed);
        });
        return command;
    }

    /// <summary>The problem where the certificate is not what scenario and data give.</summary>
    /// <exception cref="InvalidInputException">The data cannot be used.</exception>
    private static Problem? Rebuilt(
        string folder, DataAccess access, CancellationToken cancellation)
    {
        var certificate = Path.Combine(folder, RunFileNames.Disjointness);
        if (!File.Exists(certificate))
            return new Problem(RunFolderCheck.FileMissing, certificate, "", "the folder has no disjointness certificate.");
        var scenario = Path.Combine(folder, RunFileNames.ResolvedScenario);
        var loaded = ScenarioLoader.LoadText(File.ReadAllText(scenario), scenario);
        var data = ScenarioOptions.PrepareData(loaded, access, cancellation);
        return CertificateCheck.Compare(
            certificate, File.ReadAllBytes(certificate), data.Disjointness.AssignmentDigest);
    }
}
