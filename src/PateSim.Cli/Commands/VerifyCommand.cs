using System.Collections.Immutable;
using System.CommandLine;
using PateSim.Cli.Commands.Datasets;
using PateSim.Cli.Commands.Verification;
using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Reporting.Expected;
using PateSim.Reporting.Files;
using PateSim.Reporting.Folders;
using PateSim.Scenarios;

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
        var rebuild = new Option<bool>("--rebuild")
        {
            Description = "Also reads the data and shares it out again, and compares the disjointness certificate.",
        };
        var expected = new Option<string?>("--expected")
        {
            HelpName = "FILE",
            Description = "Expected results: each figure's mean over the folders must be in its range.",
        };
        var data = new DataFolderOption();
        var command = new Command(
            "verify", "Checks every file of a run folder against its seal, the ledger against its own chain, the "
            + "disjointness certificate against the other files, and figures against expected results.");
        var seal = new Option<string?>("--seal")
        {
            HelpName = "HASH",
            Description = "The folder's seal as it was noted elsewhere: only that recognises a folder rewritten whole.",
        };
        command.Arguments.Add(folders);
        command.Options.Add(seal);
        command.Validators.Add(result =>
        {
            if (result.GetValue(seal) is not null && result.GetValue(folders) is { Length: > 1 })
                result.AddError("--seal is the seal of one folder: verify the folders one by one.");
        });
        command.Options.Add(rebuild);
        command.Options.Add(expected);
        data.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            // The file first: a fault in it is not a fault of the folders.
            var wanted = result.GetValue(expected) is { } file ? ExpectedFile.Read(file) : null;
            var paths = result.GetRequiredValue(folders);
            DataAccess? access = result.GetValue(rebuild) ? data.Access(result, environment) : null;
            var areIntact = true;
            foreach (var path in paths)
                areIntact &= IsIntact(path, result.GetValue(seal), access, environment, cancellation);
            var holds = areIntact && (wanted is null || Holds(wanted, paths, environment));
            return Task.FromResult(holds ? ExitCodes.Ok : ExitCodes.VerificationFailed);
        });
        return command;
    }

    /// <param name="access">The data to share out again; null to leave that.</param>
    private static bool IsIntact(
        string path, string? seal, DataAccess? access, CliEnvironment environment, CancellationToken cancellation)
    {
        var check = RunFolderCheck.Verify(path, seal);
        var problems = check.Problems;
        // Of a folder that is not as it was sealed nothing is worth comparing.
        var isRebuilt = access is not null && check.IsIntact;
        if (isRebuilt && Rebuilt(path, access!, cancellation) is { } problem) problems = problems.Add(problem);
        if (problems.IsEmpty)
        {
            environment.Out.WriteLine($"{path}: intact, {check.Files} files, seal {check.Seal}");
            if (isRebuilt) environment.Out.WriteLine("The data, shared out again, gives the certificate's assignment.");
            return true;
        }
        foreach (var found in problems) environment.Error.WriteLine(found);
        environment.Error.WriteLine($"{path}: NOT intact.");
        return false;
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
        ImmutableArray<FigureOutcome> outcomes = ExpectationCheck.Outcomes(expected, runs);
        OutcomeTable.Print(expected, runs, outcomes, environment);
        return outcomes.All(outcome => outcome.Passes);
    }
}
