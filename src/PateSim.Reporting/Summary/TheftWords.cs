using System.Collections.Immutable;
using PateSim.Simulation.Results;
using PateSim.Theft.Gateways;
using PateSim.Theft.Measures;
using PateSim.Theft.Victims;

namespace PateSim.Reporting.Summary;

/// <summary>Theft for a person.</summary>
internal static class TheftWords
{
    private const string NotMeant = "-";

    /// <summary>One section for each attack, named where there are several.</summary>
    public static IEnumerable<SummarySection> Sections(RunRecord record)
    {
        var attacks = record.Theft.GroupBy(entry => entry.Attack, StringComparer.Ordinal).ToList();
        return attacks.Select(attack => new SummarySection(
            ["Theft", "queries", "accuracy", "95 % interval", "fidelity", "kappa"],
            [.. attack.Select(Row)],
            attacks.Count > 1 ? $"attack: {attack.Key}" : ""));
    }

    /// <summary>The copy of the student at the largest budget and its most faithful exposure, beside what the same
    /// thief gets elsewhere.</summary>
    public static string Sentence(RunRecord record)
    {
        var strongest = record.Theft.Where(entry => entry.Victim == VictimNames.Student)
            .OrderByDescending(entry => entry.Budget).ThenByDescending(entry => entry.Fidelity.Value).FirstOrDefault();
        if (strongest is null) return "Theft: no copy of the student was made.";
        var parts = new List<string> { Agreement("the student", strongest) };
        if (Alike(VictimNames.Pooled, strongest.Exposure) is { } pooled)
            parts.Add(Agreement("the pooled model", pooled));
        if (Alike(VictimNames.None, null) is { } control)
            parts.Add(PlainWords.WithoutVictim(control.Budget, Share(control.CloneAccuracy.Value)));
        var seen = strongest.Exposure == Exposure.Label.Name ? "the label alone" : strongest.Exposure;
        return $"Theft: with {Words.Count(strongest.Budget)} queries that show {seen}, {string.Join("; ", parts)}.";

        TheftEntry? Alike(string victim, string? exposure) => record.Theft.FirstOrDefault(entry =>
            entry.Victim == victim && entry.Attack == strongest.Attack && entry.Budget == strongest.Budget
            && (exposure is null || entry.Exposure == exposure));

        string Agreement(string victim, TheftEntry entry) => PlainWords.Agreement(victim, Share(entry.Fidelity.Value));

        Proportion Share(double rate) => Words.ProportionOf(rate, record.Counts.TestRecords);
    }

    private static ImmutableArray<string> Row(TheftEntry entry)
    {
        // Without a victim there is nobody to agree with: fidelity and kappa would repeat the accuracy.
        var isControl = entry.Victim == VictimNames.None;
        var victim = isControl ? "no victim, true labels" : $"{entry.Victim}, {entry.Exposure}";
        return
        [
            victim,
            Words.Count(entry.Budget),
            Words.Percent(entry.CloneAccuracy.Value), Words.Interval(entry.CloneAccuracy),
            isControl ? NotMeant : Words.Percent(entry.Fidelity.Value),
            isControl ? NotMeant : Words.Invariant($"{entry.Kappa:F2}"),
        ];
    }
}
