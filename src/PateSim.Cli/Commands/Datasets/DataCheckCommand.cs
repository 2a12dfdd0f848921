using System.CommandLine;
using System.Globalization;
using PateSim.Cli.Rendering;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;

namespace PateSim.Cli.Commands.Datasets;

/// <summary><c>patesim data check</c>: whether a folder's files are the published ones and load.</summary>
internal static class DataCheckCommand
{
    private const int MostProblems = 5;

    private const int NameWidth = 25;

    public static string[] Examples { get; } = ["patesim data check ~/datasets"];

    public static Command Build(CliEnvironment environment)
    {
        var folder = new Argument<string>("DIR") { Description = "Folder with one folder per dataset." };
        var command = new Command(
            "check", "Loads every dataset of a folder: files, sha256, records and classes as published, what bites.");
        command.Arguments.Add(folder);
        command.SetAction((result, cancellation) =>
            Task.Run(() => Execute(result.GetRequiredValue(folder), environment, cancellation), cancellation));
        return command;
    }

    private static int Execute(string folder, CliEnvironment environment, CancellationToken cancellation)
    {
        var access = DataAccess.From(folder, null, null);
        var (passed, failed, absent) = (0, 0, 0);
        foreach (var source in KnownDatasets.All)
        {
            if (source.Info.Files.IsEmpty) continue;
            cancellation.ThrowIfCancellationRequested();
            switch (DatasetCheck.Of(source, access, cancellation))
            {
                case DatasetCheck.NotThere:
                    absent++;
                    environment.Out.WriteLine($"{source.Info.Name.PadRight(NameWidth)}not there");
                    break;
                case DatasetCheck.Passed ok:
                    passed++;
                    Passed(source.Info, ok, environment);
                    break;
                case DatasetCheck.Failed wrong:
                    failed++;
                    Failed(source.Info, wrong, environment);
                    break;
            }
        }
        environment.Out.WriteLine($"{passed} passed, {failed} failed, {absent} not there");
        if (passed + failed > 0) return failed > 0 ? ExitCodes.VerificationFailed : ExitCodes.Ok;
        environment.Error.WriteLine(
            $"Nothing was checked: {folder} holds no folder of a dataset, such as {Path.Combine(folder, "adult")}.");
        return ExitCodes.VerificationFailed;
    }

    private static void Passed(DatasetInfo info, DatasetCheck.Passed check, CliEnvironment environment)
    {
        var parts = info.Counts.Length == 1 ? "" : " ("
            + string.Join(", ", info.Counts.Select(count => $"{count.Part} {Number(count.Rows)}")) + ")";
        var rest = new string(' ', NameWidth + 8);
        WrappedText.Write(
            environment.Out,
            $"{info.Files.Length} of {info.Files.Length} files, sha256 match; {Number(info.Counts.Sum(c => c.Rows))} "
            + $"records{parts} and classes as published. Seen: {string.Join("; ", check.Seen)}.",
            environment.Width, $"{info.Name.PadRight(NameWidth)}passed  ", rest);
    }

    private static void Failed(DatasetInfo info, DatasetCheck.Failed check, CliEnvironment environment)
    {
        environment.Out.WriteLine($"{info.Name.PadRight(NameWidth)}FAILED  {check.Problems[0]}");
        foreach (var problem in check.Problems.Skip(1).Take(MostProblems - 1)) Line(problem.ToString());
        if (check.Problems.Length > MostProblems) Line($"and {check.Problems.Length - MostProblems} problems more");

        void Line(string text) => environment.Out.WriteLine($"{new string(' ', NameWidth + 8)}{text}");
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
