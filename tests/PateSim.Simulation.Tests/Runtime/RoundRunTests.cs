using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Renyi;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Results;
using PateSim.Simulation.Runtime;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Simulation.Tests.Runtime;

/// <summary>Whole runs whose queries are asked in rounds.</summary>
public sealed class RoundRunTests
{
    private static Chosen<IAggregationMechanism> Interactive { get; } = MechanismCatalog.Default["interactive-gnmax"].With(
        ("threshold", 6.0), ("threshold-sigma", 2.0), ("sigma", 3.0), ("confidence", 0.4), ("first-threshold", 4.0),
        ("first-threshold-sigma", 4.0));

    private static Chosen<IAggregationMechanism> Confident { get; } = MechanismCatalog.Default["confident-gnmax"].With(
        ("threshold", 7.0), ("threshold-sigma", 12.0), ("sigma", 4.0));

    private static RunRecord Run(RunSetup setup, RandomKey? shuffle = null) =>
        new SequentialRunner(shuffle).Run(setup, null, CancellationToken.None);

    [Fact]
    public void Interactive_gnmax_begins_as_confident_gnmax_and_then_looks_at_the_student()
    {
        var record = Run(TestRun.Setup(mechanism: Interactive, queriesPerRound: 10));

        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Equal((4, 4), (record.Spending!.Rounds, record.Spending.RoundsAsked));
        Assert.All(record.Ledger, row => Assert.Equal(
            row.Sequence <= 10 ? "confident-gnmax" : "interactive-gnmax", row.Mechanism));
        Assert.All(record.Answers, answer => Assert.Equal(answer.Position / 10, answer.Round));
        var outcomes = record.Answers.CountBy(answer => answer.Outcome).ToDictionary();
        Assert.DoesNotContain(record.Answers, a => a is { Round: 0, Outcome: ChargeOutcome.Confirmed });
        Assert.True(outcomes[ChargeOutcome.Confirmed] >= 5 && outcomes[ChargeOutcome.Answered] >= 5);
        // Confirmed labels are the student's own, serve to train the last student, and cost the check alone.
        Assert.All(
            record.Answers.Where(a => a.Outcome == ChargeOutcome.Confirmed), answer => Assert.NotNull(answer.Label));
        Assert.Equal(
            outcomes[ChargeOutcome.Confirmed] + outcomes[ChargeOutcome.Answered], record.Counts.QueriesAnswered);
        var spent = record.Ledger.Sum(row => (row.Sequence <= 10 ? 1 / 16.0 : 1 / 4.0)
            + (row.Outcome == ChargeOutcome.Answered ? 2 / 9.0 : 0));
        Assert.Equal(
            GaussianDp.Epsilon(Math.Sqrt(spent), 1e-5), record.Spending.Odometer.Single(e => e.Method == "gdp").Epsilon, 9);
        // What is published counts every query as answered.
        Assert.Equal(
            GaussianDp.Epsilon(Math.Sqrt(10 / 16.0 + 30 / 4.0 + 40 * 2 / 9.0), 1e-5),
            record.Privacy.Single(e => e.Method == "gdp").Epsilon, 9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_any_order_of_messages_a_run_in_rounds_is_the_same(long order)
    {
        RunSetup Setup() => TestRun.Setup(
            mechanism: Interactive, queriesPerRound: 7, repeatedQueries: 9,
            budget: new BudgetPlan(12, BudgetMeasure.GaussianDp));
        Assert.Equal(Bytes.Of(Run(Setup())), Bytes.Of(Run(Setup(), RandomKey.FromSeed(order))));
    }

    [Fact]
    public void Rounds_change_no_answer_of_a_mechanism_that_needs_none()
    {
        var whole = Run(TestRun.Setup(budget: new BudgetPlan(31), repeatedQueries: 5));
        foreach (var perRound in new[] { 1, 7, 40 })
        {
            var rounds = Run(TestRun.Setup(
                budget: new BudgetPlan(31), repeatedQueries: 5, queriesPerRound: perRound));
            Assert.Equal(whole.Answers.Select(a => a.Label), rounds.Answers.Select(a => a.Label));
            Assert.Equal(whole.Ledger.AsEnumerable(), rounds.Ledger);
            Assert.Equal(whole.Privacy.AsEnumerable(), rounds.Privacy);
            Assert.Equal(whole.Accuracy.AsEnumerable(), rounds.Accuracy);
        }
    }

    [Fact]
    public void A_query_asked_again_in_a_later_round_costs_nothing_and_gets_the_same_answer()
    {
        // Records 0 to 9 come again as records 10 to 19.
        var record = Run(TestRun.Setup(mechanism: Interactive, queriesPerRound: 10, repeatedQueries: 10));

        Assert.Equal(30, record.Ledger.Length);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(record.Answers[i].Query, record.Answers[i + 10].Query);
            Assert.Equal(record.Answers[i].Label, record.Answers[i + 10].Label);
        }
    }

    [Fact]
    public void What_abstentions_save_buys_labels_until_the_budget_is_spent_and_the_budget_is_what_is_promised()
    {
        var budget = new BudgetPlan(5, BudgetMeasure.GaussianDp);
        var record = Run(TestRun.Setup(mechanism: Confident, budget: budget, queries: 60));

        var limit = GaussianDp.Mu(5, 1e-5);
        var worst = 1 / 144.0 + 2 / 16.0;
        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.True(record.Spending!.Charged > 1.2 * limit * limit / worst);
        Assert.InRange(record.Counts.QueriesRefused, 1, 59);
        Assert.Equal(limit, record.Spending.Budget!.Limit, 12);
        Assert.InRange(Math.Pow(record.Spending.Budget.Spent, 2), limit * limit - worst, limit * limit);
        var releasable = Assert.Single(record.Privacy, entry => entry.Releasable);
        Assert.Equal(("budget", 5.0, 1e-5), (releasable.Method, releasable.Epsilon, releasable.Delta));
        Assert.Contains(record.Privacy, entry => entry is { Method: "gdp", Releasable: false });
        // Whole rounds or small ones: the savings of earlier rounds are used in later ones, too.
        var rounds = Run(TestRun.Setup(mechanism: Confident, budget: budget, queries: 60, queriesPerRound: 6));
        Assert.Equal(record.Ledger.AsEnumerable(), rounds.Ledger);
    }

    [Theory]
    [InlineData(ExhaustionRule.FewerLabels, 4, 0)]
    [InlineData(ExhaustionRule.StopLabelling, 2, 20)]
    public void At_exhaustion_later_rounds_are_asked_or_not(ExhaustionRule rule, int asked, int notAsked)
    {
        var record = Run(TestRun.Setup(budget: new BudgetPlan(15, OnExhaustion: rule), queriesPerRound: 10));

        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Equal(15, record.Spending!.Charged);
        Assert.Equal((asked, notAsked), (record.Spending.RoundsAsked, record.Spending.NotAsked));
        Assert.Equal(40 - notAsked, record.Answers.Length);
        Assert.Equal(25 - notAsked, record.Spending.Refused);
        Assert.Contains(record.Accuracy, entry => entry.Model == AccuracyModels.Student);
    }

    [Fact]
    public void A_run_that_fails_at_exhaustion_fails_in_the_round_in_which_it_happens()
    {
        var record = Run(TestRun.Setup(
            budget: new BudgetPlan(15, OnExhaustion: ExhaustionRule.Fail), queriesPerRound: 10));

        Assert.Equal(RunStatus.Failed, record.Status);
        Assert.Contains("spent after 15 of 40 queries", record.Reason, StringComparison.Ordinal);
        Assert.Equal(2, record.Spending!.RoundsAsked);
    }

    [Fact]
    public void Every_round_has_its_own_student_and_the_served_one_learns_from_all_answers()
    {
        var counts = new List<int>();
        var record = Run(TestRun.Setup(
            mechanism: Interactive, queriesPerRound: 10, student: new CountingLearner(counts)));

        // Three students before the served one, each with more labels than the one before.
        Assert.Equal(4, counts.Count);
        Assert.Equal(counts.Order(), counts);
        Assert.Equal(record.Counts.QueriesAnswered, counts[^1]);
    }

    [Fact]
    public void Each_hospitals_own_loss_is_computed_and_is_at_most_the_worst_case()
    {
        foreach (var mechanism in new[] { Interactive, Confident })
        {
            var setup = TestRun.Setup(mechanism: mechanism, queriesPerRound: 10);
            var plan = setup.Scenario;
            var record = Run(setup with
            {
                Scenario = plan with { Privacy = plan.Privacy with { IndividualLedger = true } },
            });
            var individual = record.Spending!.Individual!;
            Assert.All(record.Hospitals, hospital => Assert.InRange(
                hospital.IndividualEpsilon!.Value, individual.Smallest, individual.Largest));
            Assert.True(individual.Smallest > 0);
            var odometer = record.Spending.Odometer.Single(entry => entry.Method == "rdp-improved").Epsilon;
            Assert.True(individual.Largest < 1.05 * odometer);
        }
        // It takes its time, so it is computed where it is asked for.
        var off = Run(TestRun.Setup());
        Assert.Null(off.Spending!.Individual);
        Assert.All(off.Hospitals, hospital => Assert.Null(hospital.IndividualEpsilon));
    }

    [Fact]
    public void Without_a_word_a_run_is_one_round_and_one_with_a_student_two()
    {
        Assert.Equal(1, TestRun.Setup(mechanism: Confident).Rounds.Count);
        var rounds = TestRun.Setup(mechanism: Interactive, queries: 41).Rounds;
        Assert.Equal((2, 21, 20), (rounds.Count, rounds.Length(0), rounds.Length(1)));
        Assert.Equal((21, 1), (rounds.First(1), rounds.Of(21)));
    }

    [Theory]
    [InlineData(40, 40, "PS2230", "aggregation.queries-per-round")]
    [InlineData(1, null, "PS2230", "aggregation.queries")]
    [InlineData(40, 41, "PS2231", "aggregation.queries-per-round")]
    public void Rounds_that_cannot_be_are_refused_before_the_run(int queries, int? perRound, string code, string path)
    {
        var error = Assert.Throws<ScenarioException>(() => TestRun.Setup(
            mechanism: Interactive, queries: queries, queriesPerRound: perRound, attacks: []));
        Assert.Equal((code, path), (error.Problems.Single().Code, error.Problems.Single().Path));
    }

    private sealed class CountingLearner(List<int> counts) : ILearner
    {
        public IClassifier Fit(Core.Features.LabelledData data, TrainingContext context)
        {
            counts.Add(data.Count);
            return new CentroidLearner().Fit(data, context);
        }
    }
}
