using PateSim.Core.Randomness;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Results;
using PateSim.Simulation.Runtime;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Simulation.Tests.Runtime;

public class SequentialRunnerTests
{
    [Fact]
    public void A_run_brings_every_measure()
    {
        var record = new SequentialRunner().Run(TestRun.Setup(), null, CancellationToken.None);

        Assert.Equal(RunStatus.Completed, record.Status);
        // Without baselines.
        Assert.Equal(AccuracyModels.InOrder.Take(8), record.Accuracy.Select(entry => entry.Model));
        Assert.All(record.Accuracy, entry => Assert.InRange(
            entry.Accuracy.Value, entry.Accuracy.Lower, entry.Accuracy.Upper));
        Assert.Equal(7, record.Counts.TeachersTrained);
        Assert.Equal(40, record.Counts.QueriesAnswered);
        Assert.Equal(60, record.Counts.ThiefPool);
        Assert.Contains(record.Privacy, entry => entry is { Releasable: true });
        Assert.Contains(record.Privacy, entry => entry is { DataDependent: true, Releasable: false });
        // Two served victims at two exposures and one labeller, each at two budgets.
        Assert.Equal(10, record.Theft.Length);
        Assert.All(
            record.Theft.Where(entry => entry.Victim == "no-victim"), entry => Assert.Null(entry.TheftSurplus));
        Assert.All(
            record.Theft.Where(entry => entry.Victim != "no-victim"), entry => Assert.NotNull(entry.TheftSurplus));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var first = Bytes.Of(new SequentialRunner().Run(TestRun.Setup(seed: 3), null, CancellationToken.None));
        var again = Bytes.Of(new SequentialRunner().Run(TestRun.Setup(seed: 3), null, CancellationToken.None));
        var other = Bytes.Of(new SequentialRunner().Run(TestRun.Setup(seed: 4), null, CancellationToken.None));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shuffled_delivery_changes_nothing(long seed)
    {
        var inOrder = Bytes.Of(new SequentialRunner().Run(TestRun.Setup(seed), null, CancellationToken.None));

        for (var order = 0; order < 20; order++)
        {
            var shuffle = RandomKey.FromSeed(seed).Derive("delivery").Derive(order);
            var shuffled = new SequentialRunner(shuffle).Run(TestRun.Setup(seed), null, CancellationToken.None);
            Assert.Equal(inOrder, Bytes.Of(shuffled));
        }
    }

    [Fact]
    public void A_failed_hospital_is_recorded_with_its_reason_and_the_quorum_lets_the_run_go_on()
    {
        var setup = TestRun.Setup();
        var failing = TestRun.Setup(
            quorum: 0.8,
            teacher: new FailingLearner(data => data.Labels.SequenceEqual(setup.Hospitals[2].Records.Labels), "It broke."));

        var record = new SequentialRunner().Run(failing, null, CancellationToken.None);

        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Equal(1, record.Counts.TeachersFailed);
        Assert.Contains("It broke.", record.Hospitals[2].Failure, StringComparison.Ordinal);
        Assert.All(record.Hospitals.Where(h => h.Index != 2), h => Assert.Null(h.Failure));
    }

    [Fact]
    public void Below_the_quorum_the_run_fails_and_says_who_and_why()
    {
        var setup = TestRun.Setup();
        var failing = TestRun.Setup(
            teacher: new FailingLearner(data => data.Labels.SequenceEqual(setup.Hospitals[2].Records.Labels), "It broke."));

        var record = new SequentialRunner().Run(failing, null, CancellationToken.None);

        Assert.Equal(RunStatus.Failed, record.Status);
        Assert.Contains("6 of 7", record.Reason, StringComparison.Ordinal);
        Assert.Contains("clinic-2", record.Reason, StringComparison.Ordinal);
        Assert.Contains("It broke.", record.Reason, StringComparison.Ordinal);
        Assert.Empty(record.Privacy);
        Assert.Empty(record.Answers);
    }

    [Fact]
    public void A_cancelled_run_keeps_what_is_finished()
    {
        using var cancellation = new CancellationTokenSource();
        var setup = TestRun.Setup(teacher: new ObservedLearner(fit =>
        {
            // The pooled model is the first fit, so three hospitals have their teachers by then.
            if (fit == 5) cancellation.Cancel();
        }));

        var record = new SequentialRunner().Run(setup, null, cancellation.Token);

        Assert.Equal(RunStatus.Cancelled, record.Status);
        Assert.Equal(3, record.Hospitals.Length);
        Assert.Contains(record.Accuracy, entry => entry.Model == AccuracyModels.HospitalAloneMean);
        Assert.Empty(record.Theft);
    }

    [Fact]
    public void Progress_grows_to_the_end()
    {
        var seen = new List<RunProgress>();
        new SequentialRunner().Run(TestRun.Setup(), new Collector(seen), CancellationToken.None);

        Assert.Equal(seen.Select(p => p.Fraction).Order(), seen.Select(p => p.Fraction));
        Assert.Equal(1, seen[^1].Fraction);
        Assert.Contains(seen, p => p.Phase == "teachers");
        Assert.Contains(seen, p => p.Phase == "theft");
    }

    [Fact]
    public void A_repeated_query_is_charged_once_and_answered_alike()
    {
        var record = new SequentialRunner().Run(TestRun.Setup(repeatedQueries: 10), null, CancellationToken.None);

        Assert.Equal(40, record.Counts.Queries);
        Assert.Equal(30, record.Counts.DistinctQueries);
        Assert.Equal(30, record.Ledger.Length);
        Assert.Equal(
            record.Answers[..10].Select(answer => answer.Label), record.Answers[10..20].Select(answer => answer.Label));
    }

    [Fact]
    public void An_exhausted_budget_leaves_the_rest_unanswered_and_uncharged()
    {
        // One answer at scale 2 costs 2/2 = 1.
        var record = new SequentialRunner().Run(TestRun.Setup(budget: new BudgetPlan(12)), null, CancellationToken.None);

        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Equal(12, record.Counts.QueriesAnswered);
        Assert.Equal(28, record.Counts.QueriesRefused);
        Assert.Equal(12, record.Ledger.Count(row => row.Charged));
        Assert.Equal(12, record.Ledger.Where(row => row.Charged).Sum(row => row.PerAnswerEpsilon), 12);
        Assert.All(record.Answers[12..], answer => Assert.Null(answer.Label));
    }

    private sealed class Collector(List<RunProgress> seen) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => seen.Add(value);
    }
}
