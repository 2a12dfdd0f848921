using System.Collections.Immutable;
using System.Text;
using PateSim.Privacy.Ledger;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary>The scenario as a run folder keeps it.</summary>
/// <param name="Source">The scenario file as it was read.</param>
/// <param name="ResolvedJson">Every setting with its value, in canonical form.</param>
public sealed record ScenarioTexts(string Source, string ResolvedJson);

/// <summary>The result files of a run: a pure function of its record, so equal records give equal bytes.</summary>
public static class ResultFiles
{
    /// <summary>The version of the names and meanings in the files; documented in docs/results-format.md.</summary>
    public const int SchemaVersion = 2;

    /// <summary>Every file but timings and seal, in ordinal order of the names.</summary>
    /// <param name="toolVersion">The version of PateSim that ran.</param>
    public static ImmutableArray<RunFile> Of(RunRecord record, ScenarioTexts scenario, string toolVersion)
    {
        var resolved = Text(RunFileNames.ResolvedScenario, WithLineEnd(scenario.ResolvedJson));
        var (ledger, lastHash) = LedgerCsv.Write(record.Ledger);
        RunFile[] files =
        [
            ManifestFile.Of(record, resolved, toolVersion, lastHash),
            Text(RunFileNames.Scenario, scenario.Source),
            resolved,
            SummaryFile.Of(record),
            DisjointnessFile.Of(record),
            MetricsFile.Of(record),
            Text(RunFileNames.Ledger, ledger),
            TheftFile.Of(record),
            HospitalsFile.Of(record),
            AnswersFile.Of(record),
            ScoreFiles.Classes(record),
            ScoreFiles.Confusion(record),
            EventsFile.Of(record),
        ];
        return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static RunFile Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private static string WithLineEnd(string text) => text.EndsWith('\n') ? text : text + "\n";
}
