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
        if (arguments is not ["journal", var path, var seenPath]) return 1;
        var (journal, records) = FileJournal.Open(path);
        using var seen = new StreamWriter(new FileStream(seenPath, FileMode.Append)) { AutoFlush = true };
        var (state, lost) = LedgerState.Recover(new PureEpsilonBudget(Budget, Adjacency.PatientReplaced), records);
        foreach (var record in lost) journal.Append(record);
        for (var i = 0; ; i++) state = Answer(state, journal, "q" + i, text => seen.WriteLine(text));
    }

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
