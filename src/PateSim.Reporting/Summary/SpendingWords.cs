using PateSim.Privacy.Accounting;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Summary;

/// <summary>What labelling really cost, for a person.</summary>
internal static class SpendingWords
{
    /// <summary>"Spent: 500 queries charged in 4 rounds: 300 answered, 120 confirmed, 80 without an answer. …"; empty before any
    /// answer, and where each query was answered at its worst case and nothing limits that.</summary>
    public static IEnumerable<string> Sentence(RunRecord record)
    {
        if (record.Spending is not { } spending || IsPlain(spending)) yield break;
        yield return "Spent: " + Charged(spending) + Budget(spending) + Odometer(record, spending)
            + Individual(spending.Individual);
    }

    private static bool IsPlain(SpendingRecord spending) =>
        spending is { Rounds: 1, Confirmed: 0, Abstained: 0, Budget: null, Individual: null };

    private static string Charged(SpendingRecord spending)
    {
        var rounds = spending.Rounds == 1 ? ""
            : spending.RoundsAsked == spending.Rounds ? $" in {Words.Count(spending.Rounds)} rounds"
            : $" in {Words.Count(spending.RoundsAsked)} of {Words.Count(spending.Rounds)} rounds";
        List<string> outcomes = [$"{Words.Count(spending.Answered)} answered"];
        if (spending.Confirmed > 0)
            outcomes.Add($"{Words.Count(spending.Confirmed)} confirmed as the student had them, at the cost of a check");
        if (spending.Abstained > 0)
            outcomes.Add($"{Words.Count(spending.Abstained)} left without an answer, at the cost of a check");
        var queries = spending.Charged == 1 ? "query" : "queries";
        return $"{Words.Count(spending.Charged)} distinct {queries} charged{rounds}: {string.Join(", ", outcomes)}.";
    }

    private static string Budget(SpendingRecord spending)
    {
        if (spending.Budget is not { } budget) return "";
        var name = $" The budget of epsilon {PrivacyNumbers.Exact(budget.Epsilon)} at delta "
            + $"{PrivacyNumbers.Delta(budget.Delta)} ({budget.Measure})";
        var used = $" {PrivacyNumbers.Upper(budget.Spent, 4)} of its {PrivacyNumbers.Lower(budget.Limit, 4)} "
            + $"({budget.Quantity}) is spent";
        if (spending.Refused == 0) return $"{name} was not exhausted:{used}.";
        var what = budget.OnExhaustion switch
        {
            "stop-labelling" => "labelling stopped there (stop-labelling)"
                + (spending.NotAsked > 0 ? $", and {Queries(spending.NotAsked)} not asked" : ""),
            "fail" => "the run failed there (fail)",
            _ => "the run went on with fewer labels (fewer-labels)",
        };
        return $"{name} was exhausted:{used}, {Queries(spending.Refused)} refused; {what}.";
    }

    private static string Queries(int count) => count == 1 ? "1 query was" : $"{Words.Count(count)} queries were";

    /// <summary>The smallest reading, where it differs from what the worst case says.</summary>
    private static string Odometer(RunRecord record, SpendingRecord spending)
    {
        var reading = spending.Odometer.Where(entry => entry.Method != PrivacyHeadline.PerAnswerMethod)
            .OrderBy(entry => entry.Epsilon).ThenBy(entry => entry.Delta).FirstOrDefault();
        if (reading is null || record.Privacy.Any(entry => Same(entry, reading))) return "";
        return $" The odometer reads epsilon {PrivacyNumbers.Epsilon(reading.Epsilon)} at delta "
            + $"{PrivacyNumbers.Delta(reading.Delta)} ({reading.Method}, {reading.Adjacency}): how much was charged shows "
            + "only on the way, so this is no promise.";
    }

    private static bool Same(EpsilonEntry entry, EpsilonEntry reading) =>
        entry.Method == reading.Method && entry.Epsilon.Equals(reading.Epsilon);

    private static string Individual(IndividualRecord? individual) => individual is null ? ""
        : $" By what its own votes could have changed, a hospital lost epsilon {PrivacyNumbers.Epsilon(individual.Smallest)}"
            + $" to {PrivacyNumbers.Epsilon(individual.Largest)}, median {PrivacyNumbers.Epsilon(individual.Median)}, at "
            + $"delta {PrivacyNumbers.Delta(individual.Delta)} ({individual.Adjacency}); computed from the votes, not to be "
            + "published.";
}
