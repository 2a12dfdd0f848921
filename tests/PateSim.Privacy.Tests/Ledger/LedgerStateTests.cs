using PateSim.Core;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Ledger;

/// <summary>Records that do not follow from a state, what is committed, and what each way of asking gives.</summary>
public sealed class LedgerStateTests
{
    private static readonly NoisyArgmax Mechanism = new(20);
    private static readonly PrivacyEvent Cost = Mechanism.WorstCaseEvent(3, 200);

    private static LedgerRequest Request(string query) => LedgerRequest.For(query, Mechanism, 3, 200);

    private static LedgerState Start(double epsilon) =>
        LedgerState.Start(new PureEpsilonBudget(epsilon, Adjacency.PatientReplaced));

    private static LedgerState Reserve(LedgerState state, string query) =>
        state.Apply(new LedgerRecord.Reserved(Request(query)));

    /// <summary>A state in which "answered", "open", "lost" and "refused" are what their names say.</summary>
    private static LedgerState All()
    {
        var state = Reserve(Reserve(Reserve(Start(9), "answered"), "open"), "lost");
        return state.Apply(new LedgerRecord.Answered("answered", VoteAnswer.Of(1), Cost))
            .Apply(new LedgerRecord.Lost("lost"))
            .Apply(new LedgerRecord.Refused(Request("refused"), "why"));
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("open")]
    [InlineData("lost")]
    [InlineData("refused")]
    public void A_query_is_decided_about_once(string query)
    {
        Assert.Throws<InvalidOperationException>(() => Reserve(All(), query));
        Assert.Throws<InvalidOperationException>(() => All().Apply(new LedgerRecord.Refused(Request(query), "again")));
        Assert.Equal(3, All().ChargedQueries);
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("lost")]
    [InlineData("refused")]
    [InlineData("never")]
    public void Only_what_is_open_can_be_answered_or_lost(string query)
    {
        Assert.Throws<InvalidOperationException>(
            () => All().Apply(new LedgerRecord.Answered(query, VoteAnswer.Of(1), Cost)));
        Assert.Throws<InvalidOperationException>(() => All().Apply(new LedgerRecord.Lost(query)));
    }

    [Fact]
    public void Each_way_of_asking_again_says_what_became_of_the_query()
    {
        var samples = 0;
        LedgerOutcome Ask(string query) => LedgerSession.Ask(All(), Request(query), new TransientJournal(), () =>
        {
            samples++;
            return (VoteAnswer.Of(2), Cost);
        }).Outcome;

        Assert.Equal(new LedgerOutcome(VoteAnswer.Of(1), false, ""), Ask("answered"));
        Assert.Equal(new LedgerOutcome(null, false, "The query 'open' is being answered."), Ask("open"));
        Assert.Equal(
            new LedgerOutcome(null, false, "The query 'lost' was charged, and its answer was lost in a crash."),
            Ask("lost"));
        Assert.Equal(new LedgerOutcome(null, false, "why"), Ask("refused"));
        Assert.Equal(0, samples);
        Assert.Equal(new LedgerOutcome(VoteAnswer.Of(2), true, ""), Ask("new"));
        Assert.Equal(1, samples);
    }

    [Fact]
    public void Lost_answers_are_noted_in_the_order_of_their_names()
    {
        LedgerRecord[] kept = [.. new[] { "b", "a", "c" }.Select(q => new LedgerRecord.Reserved(Request(q)))];
        var (state, lost) = LedgerState.Recover(new PureEpsilonBudget(9, Adjacency.PatientReplaced), kept);
        Assert.Equal(["a", "b", "c"], lost.Select(record => record.Query));
        Assert.Empty(state.Open);
        Assert.Equal(3, state.Lost.Count);
        Assert.Equal(0.3, state.SpentBasicEpsilon, 12);
    }

    [Fact]
    public void An_answer_that_cost_less_than_was_set_aside_frees_the_rest()
    {
        var confident = new ConfidentArgmax(120, 150, 40);
        LedgerRequest Ask(string query) => LedgerRequest.For(query, confident, 3, 200);
        var worst = confident.WorstCaseEvent(3, 200);
        var mu = Math.Sqrt(2.0 / (40 * 40) + 1.0 / (150 * 150));
        // Room for two answers and a little more, less than a check.
        var budget = new GaussianBudget(
            GaussianDp.Epsilon(mu * Math.Sqrt(2) * 1.0001, 1e-5), 1e-5, Adjacency.PatientReplaced);
        var state = LedgerState.Start(budget).Apply(new LedgerRecord.Reserved(Ask("a")))
            .Apply(new LedgerRecord.Reserved(Ask("b")));
        Assert.IsType<LedgerDecision.Refused>(state.Decide(Ask("c")));

        var full = state.Apply(new LedgerRecord.Answered("a", VoteAnswer.Of(1), worst));
        Assert.IsType<LedgerDecision.Refused>(full.Decide(Ask("c")));

        var check = new ComposedEvent([new NoisyThresholdEvent(NoiseLaw.Gaussian, 150, 120, 200)]);
        var saved = state.Apply(new LedgerRecord.Answered("a", VoteAnswer.None, check));
        Assert.IsType<LedgerDecision.Refused>(saved.Decide(Ask("c")));
        saved = saved.Apply(new LedgerRecord.Answered("b", VoteAnswer.None, check));
        Assert.IsType<LedgerDecision.Granted>(saved.Decide(Ask("c")));
        Assert.Equal(Math.Sqrt(2.0) / 150, saved.Budget.Spent, 1e-12);
    }

    [Fact]
    public void A_budget_spent_to_its_limit_is_not_exceeded()
    {
        var budget = new PureEpsilonBudget(0.2, Adjacency.PatientReplaced).Charge(Cost).Charge(Cost);
        Assert.Equal(budget.Limit, budget.Spent);
        Assert.False(budget.IsExceeded);
        Assert.True(budget.Charge(Cost).IsExceeded);
    }

    [Fact]
    public void A_renyi_budget_adds_up_all_parts_of_an_event()
    {
        var worst = new ConfidentArgmax(120, 150, 40).WorstCaseEvent(3, 200);
        var budget = new RenyiBudget(4, 1e-5, 8, Adjacency.PatientReplaced).Charge(worst);
        Assert.Equal(8.0 / (40 * 40) + 8.0 / (2 * 150 * 150), budget.Spent, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RenyiBudget(4, 1e-5, 1, Adjacency.PatientReplaced));
    }

    [Fact]
    public void A_renyi_budget_says_what_delta_alone_costs()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new RenyiBudget(0.5, 1e-5, 8, Adjacency.PatientReplaced));
        var alone = Math.Log(1 - 1 / 8.0) - Math.Log(1e-5 * 8) / 7;
        Assert.Contains(FormattableString.Invariant($"costs {alone:F6}")[..10], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_costs_of_a_request_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new LedgerRequest("q", "two words", 20, Cost));
        Assert.Throws<ArgumentException>(() => new LedgerRequest("q", "", 20, Cost));
        Assert.Throws<ArgumentNullException>(() => new LedgerRequest("q", "m", 20, null!));
    }

    [Fact]
    public void A_hospital_pays_for_the_class_it_voted_for_at_every_order()
    {
        var ledger = new IndividualLedger(3, 2, 8).Charge([1, -1, 0], [0.1, 0.2, 0.3, 0.4]);
        Assert.Equal<double>([0.3, 0.4, 0, 0, 0.1, 0.2], ledger.Spent);
        Assert.Equal([0.6, 0.8, 0.1, 0.2, 0.4, 0.6], ledger.Charge([1, 0, 1], [0.1, 0.2, 0.3, 0.4]).Spent, Close);
        var epsilons = ledger.Epsilons(1e-3);
        Assert.Equal(RenyiConversion.Improved([2, 8], [0.3, 0.4], 1e-3).Epsilon, epsilons[0]);
        Assert.Equal(RenyiConversion.Improved([2, 8], [0, 0], 1e-3).Epsilon, epsilons[1]);
        Assert.Equal(RenyiConversion.Improved([2, 8], [0.1, 0.2], 1e-3).Epsilon, epsilons[2]);

        static bool Close(double a, double b) => Math.Abs(a - b) < 1e-12;
    }

    [Fact]
    public void Individual_ledgers_that_mean_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndividualLedger(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IndividualLedger(2, 1));
        Assert.Throws<ArgumentException>(() => new IndividualLedger(2));
        Assert.Throws<ArgumentException>(() => new IndividualLedger(2, 8).Charge([0], [0.1]));
    }

    [Fact]
    public void A_journals_faults_name_the_file_and_the_line()
    {
        var folder = Directory.CreateTempSubdirectory("patesim-journal-");
        try
        {
            var path = Path.Combine(folder.FullName, "j");
            var (journal, _) = FileJournal.Open(path);
            using (journal)
            {
                foreach (var query in new[] { "a", "b" }) journal.Append(new LedgerRecord.Reserved(Request(query)));
                Assert.Throws<ArgumentException>(
                    () => journal.Append(new LedgerRecord.Refused(Request("c"), "too dear, by far")));
                Assert.Throws<ArgumentException>(
                    () => journal.Append(new LedgerRecord.Refused(Request("c"), ",")));
                journal.Append(new LedgerRecord.Refused(Request("c"), "too dear"));
            }
            var good = File.ReadAllText(path);
            foreach (var (text, line) in new[]
                { (good.Replace("\nreserved,b", "\nreserved,x", StringComparison.Ordinal), 2), ("no line\n", 1), ("\n", 1) })
            {
                File.WriteAllText(path, text);
                var fault = Assert.Throws<InvalidInputException>(() => FileJournal.Open(path)).Problems[0];
                Assert.Equal(("PS3904", $"{path}({line})"), (fault.Code, fault.Place));
            }
            // What a crash left of a last line is taken away, before the next record is written behind it.
            File.WriteAllText(path, good + "answered,a,,,argmax:Laplace:20:3:200,Answered,1,,0123456789012345678901234567890");
            var (again, records) = FileJournal.Open(path);
            using (again) again.Append(new LedgerRecord.Lost("a"));
            Assert.Equal(3, records.Length);
            var (last, all) = FileJournal.Open(path);
            last.Dispose();
            Assert.Equal(new LedgerRecord.Lost("a"), all[^1]);
            Assert.Equal(4, all.Length);
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
