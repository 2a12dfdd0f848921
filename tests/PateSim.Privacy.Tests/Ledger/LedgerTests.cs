using PateSim.Core;
using PateSim.Core.Randomness;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Tests.Ledger;

public sealed class LedgerTests
{
    private static readonly NoisyArgmax Mechanism = new(20);
    private static readonly int[] Votes = [90, 60, 50];

    private static LedgerRequest Request(string query) => LedgerRequest.For(query, Mechanism, 3, 200);

    private static LedgerState Start(double epsilon) =>
        LedgerState.Start(new PureEpsilonBudget(epsilon, Adjacency.PatientReplaced));

    private static (LedgerState State, LedgerOutcome Outcome) Ask(
        LedgerState state, string query, ILedgerJournal? journal = null, Action? onSample = null) =>
        LedgerSession.Ask(state, Request(query), journal ?? new TransientJournal(), () =>
        {
            onSample?.Invoke();
            var answer = Mechanism.Answer(Votes, new SeededNoiseOrigin(RandomKey.FromSeed(5)).Open(query));
            return (answer, Mechanism.Event(Votes, answer));
        });

    [Fact]
    public void Asking_again_gives_the_same_answer_and_costs_nothing()
    {
        var samples = 0;
        var (first, one) = Ask(Start(1), "q1", onSample: () => samples++);
        var (second, two) = Ask(first, "q1", onSample: () => samples++);
        Assert.Equal(one.Answer, two.Answer);
        Assert.False(two.FirstTime);
        Assert.Equal(1, samples);
        Assert.Equal(0.1, second.SpentBasicEpsilon);
        Assert.Single(second.Rows);
    }

    [Fact]
    public void The_budget_refuses_before_noise_is_drawn()
    {
        var state = Start(0.3);
        var samples = 0;
        for (var i = 0; i < 3; i++) (state, _) = Ask(state, "q" + i, onSample: () => samples++);
        (state, var refused) = Ask(state, "q3", onSample: () => samples++);
        Assert.Null(refused.Answer);
        Assert.Contains("0.3", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal(3, samples);
        (state, _) = Ask(state, "q3", onSample: () => samples++);
        Assert.Equal(3, samples);
        Assert.Equal([true, true, true, false], state.Rows.Select(r => r.Charged));
        Assert.Equal(3, state.ChargedQueries);
        Assert.NotNull(Ask(state, "q0").Outcome.Answer);
    }

    [Fact]
    public void The_charge_is_persisted_before_noise_and_the_answer_before_it_is_given()
    {
        var steps = new List<string>();
        var journal = new Recording(record => steps.Add(record.GetType().Name));
        Ask(Start(1), "q1", journal, () => steps.Add("sample"));
        Assert.Equal(["Reserved", "sample", "Answered"], steps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void When_persisting_fails_there_is_no_answer_and_never_a_second_noise(int failAt)
    {
        var kept = new List<LedgerRecord>();
        var (calls, samples) = (0, 0);
        var journal = new Recording(record =>
        {
            if (++calls == failAt) throw new IOException("disk full");
            kept.Add(record);
        });
        Assert.Throws<IOException>(() => Ask(Start(1), "q1", journal, () => samples++));
        Assert.Equal(failAt - 1, samples);
        var (state, records) = LedgerState.Recover(new PureEpsilonBudget(1, Adjacency.PatientReplaced), kept);
        var (after, outcome) = Ask(state, "q1", onSample: () => samples++);
        Assert.Equal(1, samples);
        Assert.Equal(0.1, after.SpentBasicEpsilon);
        Assert.Equal(failAt == 2, outcome.Answer is null);
        Assert.Equal(failAt - 1, records.Length);
    }

    [Fact]
    public void Recovery_gives_the_same_state_as_the_run()
    {
        var kept = new List<LedgerRecord>();
        var state = Start(0.5);
        for (var i = 0; i < 8; i++) (state, _) = Ask(state, "q" + (i % 6), new Recording(kept.Add));
        var (again, lost) = LedgerState.Recover(new PureEpsilonBudget(0.5, Adjacency.PatientReplaced), kept);
        Assert.Empty(lost);
        Assert.Equal(state.Rows, again.Rows);
        Assert.Equal(state.Answers.OrderBy(a => a.Key), again.Answers.OrderBy(a => a.Key));
        Assert.Equal(state.Budget, again.Budget);
    }

    [Fact]
    public void Open_reservations_count_against_the_budget()
    {
        var state = Start(0.1).Apply(new LedgerRecord.Reserved(Request("q1")));
        Assert.IsType<LedgerDecision.InProgress>(state.Decide(Request("q1")));
        Assert.IsType<LedgerDecision.Refused>(state.Decide(Request("q2")));
        Assert.Equal(0.1, state.SpentBasicEpsilon);
    }

    [Fact]
    public void An_answer_without_a_reservation_is_impossible() => Assert.Throws<InvalidOperationException>(
        () => Start(1).Apply(new LedgerRecord.Answered("q1", VoteAnswer.Of(1), Mechanism.WorstCaseEvent(3, 200))));

    [Fact]
    public void A_request_may_not_hold_votes() => Assert.Throws<ArgumentException>(
        () => new LedgerRequest("q", "lnmax", 20, Mechanism.Event(Votes, VoteAnswer.Of(0))));

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("a\nb")]
    [InlineData("seal")]
    public void Queries_have_plain_names(string query) => Assert.Throws<ArgumentException>(() => Request(query));

    [Fact]
    public void An_answer_count_budget_stops_at_its_count()
    {
        var state = LedgerState.Start(new AnswerCountBudget(2, Adjacency.PatientReplaced));
        for (var i = 0; i < 3; i++) (state, _) = Ask(state, "q" + i);
        Assert.Equal(2, state.Answers.Count);
    }

    private static string Sample(out string lastHash)
    {
        var state = Start(0.4);
        for (var i = 0; i < 6; i++) (state, _) = Ask(state, "q" + i);
        (var text, lastHash) = LedgerCsv.Write(state.Rows);
        Assert.Equal(state.Rows, LedgerCsv.Read(text, "ledger.csv", lastHash));
        return text;
    }

    [Fact]
    public void A_ledger_file_reads_back_as_written() =>
        Assert.Contains("\n5,q4,lnmax,laplace,20,simulation,,,3,200,refused,0.1,0.4,false,", Sample(out _), StringComparison.Ordinal);

    [Fact]
    public void Every_single_edited_character_is_detected_with_its_line()
    {
        var text = Sample(out _);
        for (var i = 0; i < text.Length; i++)
        {
            var edited = text[..i] + (text[i] == '7' ? '8' : '7') + text[(i + 1)..];
            var error = Assert.Throws<InvalidInputException>(() => LedgerCsv.Read(edited, "ledger.csv"));
            var line = text[..i].Count(c => c == '\n') + 1;
            Assert.Contains(error.Problems[0].Place, new[] { $"ledger.csv({line})", $"ledger.csv({line + 1})" });
        }
    }

    [Fact]
    public void Every_cut_is_detected()
    {
        var text = Sample(out _);
        for (var length = 0; length < text.Length; length++)
            Assert.Throws<InvalidInputException>(() => LedgerCsv.Read(text[..length], "ledger.csv"));
    }

    [Fact]
    public void A_removed_line_and_a_rewritten_file_are_detected()
    {
        var text = Sample(out var lastHash);
        var lines = text.Split('\n').ToList();
        lines.RemoveAt(3);
        var error = Assert.Throws<InvalidInputException>(() => LedgerCsv.Read(string.Join('\n', lines), "ledger.csv"));
        Assert.Equal("ledger.csv(4)", error.Problems[0].Place);
        var rewritten = LedgerCsv.Write(LedgerCsv.Read(text, "ledger.csv").Take(2)).Text;
        Assert.Equal(2, LedgerCsv.Read(rewritten, "ledger.csv").Length);
        Assert.Throws<InvalidInputException>(() => LedgerCsv.Read(rewritten, "ledger.csv", lastHash));
    }

    private sealed class Recording(Action<LedgerRecord> append) : ILedgerJournal
    {
        public void Append(LedgerRecord record) => append(record);
    }
}
