namespace PateSim.Reporting.Files;

/// <summary>One file of a run folder, complete in memory.</summary>
/// <param name="Name">A plain file name, no path.</param>
/// <param name="Content">UTF-8 without byte order mark, LF line ends.</param>
public sealed record RunFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>The names of the files of a run folder.</summary>
public static class RunFileNames
{
    public const string Manifest = "manifest.json";
    public const string Scenario = "scenario.conf";
    public const string ResolvedScenario = "scenario.resolved.json";
    public const string Summary = "summary.json";
    public const string Metrics = "metrics.csv";
    public const string Ledger = "ledger.csv";
    public const string Theft = "theft.csv";
    public const string Hospitals = "hospitals.csv";
    public const string Disjointness = "disjointness.json";
    public const string Answers = "answers.csv";
    public const string Classes = "classes.csv";
    public const string Confusion = "confusion.csv";
    public const string Events = "events.jsonl";

    /// <summary>The only file that differs between two runs of one scenario and seed.</summary>
    public const string Timings = "timings.json";

    /// <summary>The seal: digests of every file but <see cref="Timings"/> and itself.</summary>
    public const string Checksums = "SHA256SUMS";
}
