using System.Collections.Immutable;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Summary;

/// <summary>One measure's part of the table: its own column titles over its rows.</summary>
/// <param name="Titles">The first names the measure. <see cref="RunSummary.Columns"/> of them.</param>
/// <param name="Rows">Each as wide as the titles.</param>
/// <param name="Note">A line over the rows that holds for all of them; empty when there is nothing to say.</param>
public sealed record SummarySection(
    ImmutableArray<string> Titles, ImmutableArray<ImmutableArray<string>> Rows, string Note = "");

/// <summary>What a person reads at the end of a run: one table, one sentence per measure, warnings. Plain ASCII.
/// </summary>
/// <param name="Title">Scenario, seed and how the run ended.</param>
/// <param name="Setup">How many hospitals and queries, the mechanism with its noise, and what one answer costs.</param>
/// <param name="Sections">Accuracy, privacy loss, theft; those without rows are left out.</param>
/// <param name="Sentences">One for each measure, behind privacy loss what was spent, and what the measures rest on.
/// </param>
/// <param name="Warnings">What keeps the numbers from meaning what they seem to mean.</param>
public sealed record RunSummary(
    string Title,
    string Setup,
    ImmutableArray<SummarySection> Sections,
    ImmutableArray<string> Sentences,
    ImmutableArray<string> Warnings)
{
    public const int Columns = 6;

    public static RunSummary Of(RunRecord record) => new(
        Words.Invariant($"{record.ScenarioName}, seed {record.Seed}: {Ending(record)}"),
        SetupWords.Line(record),
        [
            .. new[] { AccuracyWords.Section(record), AccuracyWords.Scores(record) }.Concat(PrivacyWords.Sections(record))
                .Concat(TheftWords.Sections(record)).Where(section => section.Rows.Length > 0),
        ],
        [
            AccuracyWords.Sentence(record), PrivacyWords.Sentence(record), .. SpendingWords.Sentence(record),
            TheftWords.Sentence(record), DisjointnessWords.Sentence(record),
        ],
        SummaryWarnings.Of(record));

    private static string Ending(RunRecord record) => record.Status switch
    {
        RunStatus.Completed => "completed",
        RunStatus.Cancelled => "CANCELLED, incomplete. " + record.Reason,
        _ => "FAILED. " + record.Reason,
    };
}
