using PateSim.Core.Components;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Mechanisms;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Results;
using PateSim.Simulation.Runtime;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Simulation.Tests.Runtime;

/// <summary>Whole runs with Gaussian noise, thresholds and budgets.</summary>
public sealed class BudgetRunTests
{
    private static Chosen<IAggregationMechanism> Confident { get; } = MechanismCatalog.Default["confident-gnmax"].With(
        ("threshold", 5.0), ("threshold-sigma", 4.0), ("sigma", 3.0));

    private static Chosen<IAggregationMechanism> Gnmax { get; } = MechanismCatalog.Default["gnmax"].With(("sigma", 4.0));

    private static RunRecord Run(RunSetup setup) => new SequentialRunner().Run(setup, null, CancellationToken.None);

    private static EpsilonEntry Entry(RunRecord record, string method) => record.Privacy.Single(e => e.Method == method);

    [Fact]
    public void Confident_gnmax_pays_for_every_check_and_publishes_the_cost_as_if_each_query_were_answered()
    {
        var record = Run(TestRun.Setup(mechanism: Confident));

        var answered = record.Counts.QueriesAnswered;
        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.InRange(answered, 5, 35);
        Assert.Equal(0, record.Counts.QueriesRefused);
        Assert.Equal(40, record.Ledger.Count(row => row.Charged));
        // 40 checks of sensitivity 1 and noise 4, and 40 answers of sensitivity sqrt 2 and noise 3: how many a check lets
        // pass shows only on the way, so that the number of answers given is no cap that was fixed beforehand.
        var mu = Math.Sqrt(40 / 16.0 + 40 * 2 / 9.0);
        Assert.Equal(PateSim.Privacy.Renyi.GaussianDp.Epsilon(mu, 1e-5), Entry(record, "gdp").Epsilon, 9);
    }

    [Fact]
    public void Gaussian_runs_carry_all_variants_in_their_order()
    {
        foreach (var mechanism in new[] { Gnmax, Confident })
        {
            var record = Run(TestRun.Setup(mechanism: mechanism));
            Assert.Equal(
                [
                    "gdp", "neighbour-exact", "pld", "rdp-classic", "rdp-data-dependent-classic",
                    "rdp-data-dependent-improved", "rdp-improved",
                ],
                record.Privacy.Select(entry => entry.Method).Order(StringComparer.Ordinal));
            Assert.All(record.Privacy, entry => Assert.Equal(entry.DataDependent, !entry.Releasable));
            Assert.True(Entry(record, "gdp").Epsilon <= Entry(record, "rdp-improved").Epsilon);
            Assert.True(Entry(record, "rdp-improved").Epsilon <= Entry(record, "rdp-classic").Epsilon);
            Assert.True(Entry(record, "rdp-data-dependent-improved").Epsilon <= Entry(record, "rdp-improved").Epsilon);
        }
    }

    [Theory]
    [InlineData(BudgetMeasure.GaussianDp)]
    [InlineData(BudgetMeasure.Renyi)]
    public void A_budget_at_delta_is_kept_by_gaussian_noise(BudgetMeasure measure)
    {
        var budget = new BudgetPlan(5, measure);
        var record = Run(TestRun.Setup(mechanism: Gnmax, budget: budget));

        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.InRange(record.Counts.QueriesAnswered, 3, 39);
        Assert.Equal(40, record.Counts.QueriesAnswered + record.Counts.QueriesRefused);
        // Close below the budget: one answer more would pass it, or nearly so by a single order.
        var method = measure == BudgetMeasure.GaussianDp ? "gdp" : "rdp-improved";
        Assert.InRange(Entry(record, method).Epsilon, 4, 5);
    }

    [Fact]
    public void A_renyi_budget_holds_for_laplace_noise_too()
    {
        var record = Run(TestRun.Setup(scale: 20, budget: new BudgetPlan(1, BudgetMeasure.Renyi)));
        Assert.InRange(record.Counts.QueriesAnswered, 1, 39);
        Assert.True(Entry(record, "rdp-improved").Epsilon <= 1);
    }

    [Fact]
    public void The_order_left_open_buys_no_fewer_answers_than_one_that_is_written()
    {
        int Answers(double? order) => Run(TestRun.Setup(
            mechanism: Gnmax, budget: new BudgetPlan(5, BudgetMeasure.Renyi, Order: order))).Counts.QueriesAnswered;
        var best = Answers(null);
        Assert.True(Answers(4) <= best);
        Assert.True(Answers(64) < best);
    }

    [Fact]
    public void On_exhaustion_the_run_fails_with_the_reason_before_the_student_is_trained()
    {
        var budget = new BudgetPlan(12, OnExhaustion: ExhaustionRule.Fail);
        var record = Run(TestRun.Setup(budget: budget));

        Assert.Equal(RunStatus.Failed, record.Status);
        Assert.Contains("budget of epsilon 12 was spent after 12 of 40 queries", record.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(record.Accuracy, entry => entry.Model == "student");
        Assert.Equal(12, record.Ledger.Count(row => row.Charged));
        Assert.DoesNotContain(record.Theft, entry => entry.Victim == "student");
    }

    [Fact]
    public void A_budget_that_holds_for_all_queries_fails_nothing()
    {
        var budget = new BudgetPlan(40, OnExhaustion: ExhaustionRule.Fail);
        Assert.Equal(RunStatus.Completed, Run(TestRun.Setup(budget: budget)).Status);
    }

    [Fact]
    public void A_measure_that_does_not_know_the_noise_is_refused_before_the_run()
    {
        Refused("privacy.budget-measure", Gnmax, new BudgetPlan(5));
        Refused("privacy.budget-measure", Confident, new BudgetPlan(5));
        Refused("privacy.budget-measure", null, new BudgetPlan(5, BudgetMeasure.GaussianDp));
        Refused("privacy.budget-order", Gnmax, new BudgetPlan(5, BudgetMeasure.Renyi, Order: 1.5));
        Refused("privacy.budget", Gnmax, new BudgetPlan(1e-4, BudgetMeasure.Renyi));
    }

    private static void Refused(string path, Chosen<IAggregationMechanism>? mechanism, BudgetPlan budget)
    {
        var error = Assert.Throws<ScenarioException>(() => TestRun.Setup(mechanism: mechanism, budget: budget));
        Assert.Equal(("PS2205", path), (error.Problems.Single().Code, error.Problems.Single().Path));
    }
}
