using PateSim.Cli.Rendering;
using PateSim.Data.Datasets;
using PateSim.Data.Fetching;

namespace PateSim.Cli.Commands.Datasets;

/// <summary>What a fetch came to, and what is left to do by hand.</summary>
internal static class FetchReportText
{
    public static void Print(FetchReport report, string root, CliEnvironment environment)
    {
        foreach (var file in report.Files)
        {
            var said = file.State switch
            {
                FetchState.AtHand => $"at hand    {file.Place}",
                FetchState.Fetched => $"fetched    {file.Place}",
                _ => $"MISSING    {file.Place}",
            };
            environment.Out.WriteLine($"{said}");
        }
        foreach (var problem in report.Problems) environment.Error.WriteLine(problem);
        if (report.IsComplete)
        {
            environment.Out.WriteLine($"{report.Dataset.Name}: complete; every file has its known sha256.");
            return;
        }
        var missing = report.Files.Where(file => file.State == FetchState.Missing).Select(file => file.File).ToList();
        environment.Out.WriteLine(
            $"{report.Dataset.Name}: {missing.Count} of {report.Files.Length} files are missing. By hand:");
        ByHand(report, missing, environment);
        environment.Out.WriteLine($"  Then check them: patesim data check {root}");
    }

    private static void ByHand(FetchReport report, List<DatasetFile> missing, CliEnvironment environment)
    {
        var left = missing.ToHashSet();
        foreach (var form in report.Dataset.Published)
        {
            var held = form.Holds.Where(left.Contains).ToList();
            if (held.Count == 0) continue;
            left.ExceptWith(held);
            environment.Out.WriteLine();
            foreach (var (address, i) in form.Addresses.Select((a, i) => (a, i)))
                environment.Out.WriteLine($"  {(i == 0 ? "fetch " : "or    ")}  {address}");
            if (form.ByHand is { } way) WrappedText.Write(environment.Out, way, environment.Width, "  then    ", "          ");
            foreach (var name in form.ByHand is null ? [form.Name] : held.Select(file => file.Name))
                environment.Out.WriteLine($"  save as {Path.Combine(report.Folder, name)}");
            foreach (var file in held)
                environment.Out.WriteLine($"  sha256  {file.Sha256} of {file.Name}, unpacked");
        }
        environment.Out.WriteLine();
    }
}
