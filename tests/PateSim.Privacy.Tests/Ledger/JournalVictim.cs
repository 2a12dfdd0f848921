using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Tests.Ledger;

/// <summary>The program that <see cref="FileJournalTests"/> starts and kills: answers queries for ever, and writes what
/// it gave away to a second file, as a client would see it.</summary>
public static class JournalVictim
{
    public const double Budget = 1000;

    public static int Main(string[] arguments)
    {
        if (arguments is not [var mode, var path, var seenPath] || mode is not ("journal" or "rounds")) return 1;
        var (journal, records) = FileJournal.Open(path);
        using var seen = new StreamWriter(new FileStream(seenPath, FileMode.Append)) { AutoFlush = true };
        var (state, lost) = LedgerState.Recover(BudgetOf(mode), records);
        foreach (var record in lost) journal.Append(record);
        for (var i = 0; ; i++)
        {
            state = mode == "journal"
                ? Answer(state, journal, "q" + i, text => seen.WriteLine(text))
                : Round(state, journal, i, text => seen.WriteLine(text));
        }
    }

    public static BudgetFilter BudgetOf(string mode) => mode == "journal"
        ? new PureEpsilonBudget(Budget, Adjacency.PatientReplaced)
        : new GaussianBudget(Budget, 1e-5, Adjacency.PatientReplaced);

    /// <summary>Rounds of ten queries, of which five were asked in the round before, with a check that every other query
    /// fails: their savings buy more.</summary>
    public static LedgerState Round(LedgerState state, ILedgerJournal journal, int round, Action<string> give)
    {
        int[] votes = [10, 10, 10, 10, 10];
        List<LedgerRequest> requests =
            [.. Enumerable.Range(5 * round, 10).Select(i => LedgerRequest.For("q" + i, Confident, 5, 50))];
        var (after, answers) = LedgerSession.AskRound(state, requests, journal, _ =>
        {
            var answer = Confident.Answer(votes, new OperatingSystemNoise());
            return (answer, Confident.Event(votes, answer));
        });
        foreach (var (query, answer) in answers.OrderBy(a => a.Key, StringComparer.Ordinal))
            give($"{query} {answer.Label}");
        return after;
    }

    private static ConfidentArgmax Confident { get; } = new(10, 20, 20);

    /// <summary>Noise from the operating system: a second noise for a query would show as another answer.</summary>
    public static LedgerState Answer(LedgerState state, ILedgerJournal journal, string query, Action<string> give)
    {
        var mechanism = new NoisyArgmax(20);
        int[] votes = [10, 10, 10, 10, 10];
        var (after, outcome) = LedgerSession.Ask(state, LedgerRequest.For(query, mechanism, 5, 50), journal, () =>
        {
            var answer = mechanism.Answer(votes, new OperatingSystemNoise());
            return (answer, mechanism.Event(votes, answer));
        });
        if (outcome.Answer is { } given) give($"{query} {given.Label}");
        return after;
    }
}
