using Akka.Configuration;
using PateSim.Learning;
using PateSim.Privacy.Mechanisms;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Results;
using PateSim.Simulation.Runtime;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Actors.Tests;

public class ActorRunnerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    public async Task Actors_give_the_bytes_of_the_sequential_run(long seed, int workers)
    {
        var expected = new SequentialRunner().Run(TestRun.Setup(seed), null, CancellationToken.None);

        var record = await new ActorRunner(workers).RunAsync(TestRun.Setup(seed), null, CancellationToken.None);

        Assert.Equal(Bytes.Of(expected), Bytes.Of(record));
    }

    [Theory]
    [InlineData("gnmax", BudgetMeasure.GaussianDp)]
    [InlineData("gnmax", BudgetMeasure.Renyi)]
    [InlineData("confident-gnmax", BudgetMeasure.GaussianDp)]
    public async Task Gaussian_mechanisms_and_their_budgets_give_the_bytes_of_the_sequential_run(
        string name, BudgetMeasure measure)
    {
        var mechanism = name == "gnmax"
            ? MechanismCatalog.Default[name].With(("sigma", 4.0))
            : MechanismCatalog.Default[name].With(("threshold", 5.0), ("threshold-sigma", 4.0), ("sigma", 3.0));
        RunSetup Setup() => TestRun.Setup(mechanism: mechanism, budget: new BudgetPlan(6, measure));
        var expected = new SequentialRunner().Run(Setup(), null, CancellationToken.None);
        Assert.InRange(expected.Counts.QueriesRefused, 1, 39);

        var record = await new ActorRunner(4).RunAsync(Setup(), null, CancellationToken.None);

        Assert.Equal(Bytes.Of(expected), Bytes.Of(record));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    public async Task Rounds_with_a_student_in_the_loop_give_the_bytes_of_the_sequential_run(long seed, int workers)
    {
        var mechanism = MechanismCatalog.Default["interactive-gnmax"].With(
            ("threshold", 6.0), ("threshold-sigma", 2.0), ("sigma", 3.0), ("confidence", 0.4), ("first-threshold", 4.0));
        RunSetup Setup() => TestRun.Setup(
            seed, mechanism: mechanism, queriesPerRound: 7, repeatedQueries: 9,
            budget: new BudgetPlan(12, BudgetMeasure.GaussianDp, ExhaustionRule.StopLabelling));
        var expected = new SequentialRunner().Run(Setup(), null, CancellationToken.None);
        Assert.InRange(expected.Spending!.RoundsAsked, 2, 6);

        var record = await new ActorRunner(workers).RunAsync(Setup(), null, CancellationToken.None);

        Assert.Equal(Bytes.Of(expected), Bytes.Of(record));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Mailboxes_that_shuffle_change_nothing(long order)
    {
        var expected = new SequentialRunner().Run(TestRun.Setup(), null, CancellationToken.None);
        var shuffled = ConfigurationFactory.ParseString($$"""
            akka.actor.default-mailbox {
              mailbox-type = "{{typeof(ShufflingMailbox).AssemblyQualifiedName}}"
              order = {{order}}
            }
            """);

        var record = await new ActorRunner(2, shuffled).RunAsync(TestRun.Setup(), null, CancellationToken.None);

        Assert.Equal(Bytes.Of(expected), Bytes.Of(record));
    }

    [Fact]
    public async Task Training_that_throws_is_a_recorded_failure_and_the_quorum_decides()
    {
        var records = TestRun.Setup().Hospitals[4].Records.Labels;
        var teacher = new FailingLearner(data => data.Labels.SequenceEqual(records), "The disk is gone.");

        var goesOn = await new ActorRunner(2).RunAsync(
            TestRun.Setup(teacher: teacher, quorum: 0.8), null, CancellationToken.None);
        var fails = await new ActorRunner(2).RunAsync(
            TestRun.Setup(teacher: teacher, quorum: 1), null, CancellationToken.None);

        Assert.Equal(RunStatus.Completed, goesOn.Status);
        Assert.Contains("The disk is gone.", goesOn.Hospitals[4].Failure, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, fails.Status);
        Assert.Contains("The disk is gone.", fails.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_throws_ends_the_run_with_its_reason()
    {
        // The prediction service puts the thief's records to the student inside its own mailbox.
        var setup = TestRun.Setup(student: new BrokenStudent(TestRun.Setup().Data.Test.Count));

        var record = await new ActorRunner(2).RunAsync(setup, null, CancellationToken.None);

        Assert.Equal(RunStatus.Failed, record.Status);
        Assert.Contains("student-service was lost", record.Reason, StringComparison.Ordinal);
        Assert.Contains("no probabilities today", record.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(record.Answers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_display_that_throws_changes_nothing(int reports)
    {
        var expected = new SequentialRunner().Run(TestRun.Setup(), null, CancellationToken.None);

        var actors = await new ActorRunner(2).RunAsync(TestRun.Setup(), new BrokenDisplay(reports), CancellationToken.None);
        var sequential = new SequentialRunner().Run(TestRun.Setup(), new BrokenDisplay(reports), CancellationToken.None);

        Assert.Equal(Bytes.Of(expected), Bytes.Of(actors));
        Assert.Equal(Bytes.Of(expected), Bytes.Of(sequential));
    }

    [Fact]
    public async Task A_role_that_throws_ends_both_runtimes_alike()
    {
        var actors = await new ActorRunner(2).RunAsync(
            TestRun.Setup(student: new BrokenStudent(TestRun.Setup().Data.Test.Count)), null, CancellationToken.None);
        var sequential = new SequentialRunner().Run(
            TestRun.Setup(student: new BrokenStudent(TestRun.Setup().Data.Test.Count)), null, CancellationToken.None);

        Assert.Equal((RunStatus.Failed, actors.Reason), (sequential.Status, sequential.Reason));
    }

    [Fact]
    public async Task A_cancelled_run_keeps_what_is_finished()
    {
        using var cancellation = new CancellationTokenSource();
        var setup = TestRun.Setup(hospitals: 20, teacher: new ObservedLearner(fit =>
        {
            if (fit == 10) cancellation.Cancel();
        }));

        var record = await new ActorRunner(1).RunAsync(setup, null, cancellation.Token);

        Assert.Equal(RunStatus.Cancelled, record.Status);
        Assert.True(record.Hospitals.Length < 20);
        Assert.Empty(record.Theft);
    }

    [Fact]
    public async Task Workers_bound_how_many_fits_run_at_once()
    {
        var (running, most) = (0, 0);
        var gate = new Lock();
        var setup = TestRun.Setup(hospitals: 24, teacher: new ObservedLearner(_ =>
        {
            lock (gate) most = Math.Max(most, ++running);
            SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(5));
            lock (gate) running--;
        }));

        await new ActorRunner(3).RunAsync(setup, null, CancellationToken.None);

        Assert.Equal(3, most);
    }

    private sealed class BrokenDisplay(int good) : IProgress<RunProgress>
    {
        private int _reports;

        public void Report(RunProgress value)
        {
            if (Interlocked.Increment(ref _reports) > good) throw new IOException("The display is gone.");
        }
    }

    private sealed class BrokenStudent(int testRecords) : ILearner
    {
        public IClassifier Fit(Core.Features.LabelledData data, TrainingContext context) =>
            new Broken(data, testRecords);

        private sealed class Broken(Core.Features.LabelledData data, int testRecords) : IClassifier
        {
            public int FeatureCount => data.Features.Columns;

            public int ClassCount => data.ClassCount;

            /// <summary>Its scores can be measured on the test set, which its training does.</summary>
            public void Probabilities(Core.Features.FeatureMatrix features, Span<float> probabilities)
            {
                if (features.Rows != testRecords) throw new InvalidOperationException("no probabilities today");
                probabilities.Fill(1f / ClassCount);
            }

            public void Predict(Core.Features.FeatureMatrix features, Span<int> labels) => labels.Clear();
        }
    }
}
