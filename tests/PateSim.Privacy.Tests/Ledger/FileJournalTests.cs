using System.Diagnostics;
using PateSim.Core;
using PateSim.Core.Randomness;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Privacy.Tests.Ledger;

public sealed class FileJournalTests : IDisposable
{
    private static readonly PureEpsilonBudget Budget = new(JournalVictim.Budget, Adjacency.PatientReplaced);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("patesim-journal-");

    public void Dispose() => _folder.Delete(true);

    private string Place(string name) => Path.Combine(_folder.FullName, name);

    private string Filled(int queries)
    {
        var path = Place("ledger.journal");
        var (journal, _) = FileJournal.Open(path);
        using (journal)
        {
            var state = LedgerState.Start(new PureEpsilonBudget(0.4, Adjacency.PatientReplaced));
            for (var i = 0; i < queries; i++) state = JournalVictim.Answer(state, journal, "q" + i, _ => { });
        }
        return path;
    }

    [Fact]
    public void Records_read_back_as_written()
    {
        var (journal, records) = FileJournal.Open(Filled(6));
        journal.Dispose();
        Assert.Equal(10, records.Length);
        var (state, lost) = LedgerState.Recover(new PureEpsilonBudget(0.4, Adjacency.PatientReplaced), records);
        Assert.Empty(lost);
        Assert.Equal(4, state.Answers.Count);
        Assert.Equal(2, state.Refusals.Count);
        Assert.Equal(0.4, state.SpentBasicEpsilon, 12);
    }

    [Fact]
    public void Cut_at_the_end_of_a_line_is_found_by_a_noted_hash_and_the_file_stays_as_it_is()
    {
        var path = Filled(3);
        var (journal, _) = FileJournal.Open(path);
        var noted = journal.LastHash;
        journal.Dispose();
        FileJournal.Open(path, noted).Journal.Dispose();

        var lines = File.ReadAllLines(path);
        File.WriteAllText(path, string.Join('\n', lines[..^2]) + "\n" + "half a li");
        var before = File.ReadAllBytes(path);
        var error = Assert.Throws<InvalidInputException>(() => FileJournal.Open(path, noted));
        Assert.Equal("PS3904", error.Problems[0].Code);
        Assert.Equal(before, File.ReadAllBytes(path));
        // By itself it is a shorter journal that fits its chain.
        FileJournal.Open(path).Journal.Dispose();
    }

    [Fact]
    public void Cut_at_any_byte_it_opens_again_without_a_second_noise_or_an_uncharged_answer()
    {
        var path = Filled(3);
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            var (journal, records) = FileJournal.Open(path);
            using (journal)
            {
                var (state, lost) = LedgerState.Recover(Budget, records);
                Assert.InRange(lost.Length, 0, 1);
                // A reservation on the disk may have drawn noise: it stays charged and unanswered.
                foreach (var record in lost)
                {
                    journal.Append(record);
                    Assert.IsType<LedgerDecision.AnswerLost>(state.Decide(LedgerRequest.For(
                        record.Query, new NoisyArgmax(20), 5, 50)));
                }
                Assert.Equal(0.1 * state.ChargedQueries, state.SpentBasicEpsilon, 12);
                JournalVictim.Answer(state, journal, "next", _ => { });
            }
        }
    }

    [Fact]
    public void Every_edited_character_is_detected()
    {
        var path = Filled(2);
        var text = File.ReadAllText(path);
        for (var i = 0; i < text.Length - 1; i++)
        {
            if (text[i] == '\n') continue;
            File.WriteAllText(path, text[..i] + (text[i] == '7' ? '8' : '7') + text[(i + 1)..]);
            Assert.Throws<InvalidInputException>(() => FileJournal.Open(path));
        }
    }

    [Theory]
    [InlineData("journal")]
    [InlineData("rounds")]
    public void Killed_again_and_again_it_never_noises_a_query_twice_and_never_answers_uncharged(string mode)
    {
        var (path, seenPath) = (Place("killed.journal"), Place("seen"));
        Kill(mode, path, seenPath);
        var (journal, records) = FileJournal.Open(path);
        journal.Dispose();
        // One reservation for each query, ever: a second noise would need a second one.
        var reserved = records.OfType<LedgerRecord.Reserved>().Select(record => record.Query).ToList();
        Assert.Equal(reserved.Count, reserved.Distinct().Count());
        var (state, _) = LedgerState.Recover(JournalVictim.BudgetOf(mode), records);
        var given = File.ReadAllLines(seenPath).Where(l => l.Contains(' ', StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(given);
        // Clients saw one answer per query, always the recorded one, and each is charged.
        foreach (var line in given.Take(given.Count - 1))
        {
            var cells = line.Split(' ');
            Assert.Equal(FormattableString.Invariant($"{state.Answers[cells[0]].Label}"), cells[1]);
        }
        Assert.Equal(reserved.Count, state.ChargedQueries);
        if (mode == "journal")
        {
            Assert.Equal(0.1 * state.ChargedQueries, state.SpentBasicEpsilon, 6);
            return;
        }
        // Checks alone where nothing was answered, the whole reservation where a crash lost the answer.
        var dear = state.Rows.Count(row => row.Outcome is ChargeOutcome.Answered or ChargeOutcome.Lost);
        Assert.InRange(dear, 1, state.Rows.Count - 1);
        Assert.Equal(Math.Sqrt((state.Rows.Count + 2.0 * dear) / 400), state.Budget.Spent, 9);
    }

    /// <summary>Starts the program and kills it, five times over, each time after it gave something away.</summary>
    private static void Kill(string mode, string path, string seenPath)
    {
        // Keyed delays: where the kills fall differs from machine to machine, what must hold does not.
        var delays = RandomKey.FromSeed(9).Derive("kills").Derive(mode).Open();
        for (var kill = 0; kill < 5; kill++)
        {
            using var victim = Process.Start(new ProcessStartInfo(
                "dotnet", ["exec", typeof(JournalVictim).Assembly.Location, mode, path, seenPath])
            {
                RedirectStandardError = true,
            })!;
            var watch = Stopwatch.StartNew();
            var length = File.Exists(seenPath) ? new FileInfo(seenPath).Length : 0;
            while (watch.Elapsed.TotalSeconds < 60 && !victim.HasExited
                && (!File.Exists(seenPath) || new FileInfo(seenPath).Length <= length)) victim.WaitForExit(2);
            victim.WaitForExit(1 + delays.NextInt(40));
            Assert.False(victim.HasExited, victim.HasExited ? victim.StandardError.ReadToEnd() : "");
            // SIGKILL on Unix: nothing of the program runs any more.
            victim.Kill();
            victim.WaitForExit();
        }
    }
}
