using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Learning;
using PateSim.Learning.Linear;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Renyi;
using PateSim.Simulation.Baselines;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Results;
using PateSim.Simulation.Runtime;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Simulation.Tests.Baselines;

public sealed class BaselineRunTests
{
    private static readonly ImmutableArray<Chosen<IBaseline>> All =
    [
        BaselineCatalog.Default["dp-sgd"].With(("batch-size", 40L)), BaselineCatalog.Default["fedavg"].With(("rounds", 10L)),
        BaselineCatalog.Default["fedprox"].With(("rounds", 10L)),
    ];

    [Fact]
    public void Baselines_stand_in_the_accuracy_table_and_no_thief_attacks_them()
    {
        var record = Run(Setup());
        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Equal(["fedavg", "fedprox", "dp-sgd"], record.Accuracy.Select(a => a.Model).TakeLast(3));
        Assert.Equal(["dp-sgd", "fedavg", "fedprox"], record.Baselines.Select(b => b.Name));
        Assert.All(record.Accuracy.TakeLast(3), entry => Assert.NotNull(entry.Scores!.Auroc));
        // Three clouds of points: chance is 1/3.
        Assert.All(record.Accuracy.Where(a => a.Model.StartsWith("fed", StringComparison.Ordinal)), entry =>
            Assert.True(entry.Accuracy.Value > 0.7, $"{entry.Model} {entry.Accuracy.Value}"));
        Assert.Equal(["no-victim", "pooled", "student"], record.Theft.Select(t => t.Victim).Distinct().Order());
    }

    [Fact]
    public void Private_descent_costs_what_the_run_costs_and_no_more()
    {
        var record = Run(Setup());
        var headline = PrivacyReport.Headline(record.Privacy)!;
        var privacy = record.Baselines[0].Privacy!;
        Assert.InRange(privacy.Epsilon, headline.Epsilon * 0.999, headline.Epsilon);
        Assert.Equal(headline.Delta, privacy.Delta);
        // 140 records, 40 expected in a sample, 20 epochs: 70 steps.
        Assert.Equal(
            privacy.Epsilon,
            SubsampledGaussianRenyi.Epsilon(40 / 140.0, privacy.NoiseMultiplier, 70, privacy.Delta).Epsilon, 1e-12);
    }

    [Fact]
    public void The_order_of_messages_changes_nothing()
    {
        var setup = Setup();
        var expected = Run(setup);
        for (var seed = 0; seed < 5; seed++)
        {
            var shuffled = new SequentialRunner(RandomKey.FromSeed(seed)).Run(setup, null, CancellationToken.None);
            Assert.Equal(Bytes.Of(expected), Bytes.Of(shuffled));
        }
    }

    [Fact]
    public void A_baseline_leaves_every_other_figure_as_it_is()
    {
        var with = Run(Setup());
        var without = Run(Prepared([]));
        var stripped = with with { Accuracy = with.Accuracy[..without.Accuracy.Length], Baselines = [] };
        Assert.Equal(Bytes.Of(without), Bytes.Of(stripped));
    }

    [Fact]
    public void Where_there_is_no_releasable_epsilon_there_is_nothing_to_match_and_the_record_says_so()
    {
        var setup = Setup();
        var data = Copy(setup.Data, setup.Data.Hospitals, setup.Data.Encoding with { CrossesHospitals = true });
        var record = Run(RunPreparation.Prepare(setup.Scenario, data, setup.Key));
        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Contains("no releasable epsilon", record.Baselines[0].Failure, StringComparison.Ordinal);
        Assert.Null(record.Baselines[0].Privacy);
        Assert.DoesNotContain(record.Accuracy, entry => entry.Model == "dp-sgd");
    }

    [Fact]
    public void An_epsilon_of_hospitals_is_not_set_against_one_of_records()
    {
        var setup = Setup();
        var scenario = setup.Scenario with
        {
            Privacy = setup.Scenario.Privacy with { Adjacency = Adjacency.HospitalReplaced },
        };
        var record = Run(RunPreparation.Prepare(scenario, setup.Data, setup.Key));
        Assert.Contains("hospital-replaced", record.Baselines[0].Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fast-forest")]
    [InlineData("knn")]
    [InlineData("lightgbm")]
    [InlineData("majority")]
    [InlineData("mlp")]
    [InlineData("softmax-regression")]
    public void Hospitals_with_one_class_with_two_records_and_with_a_missing_class_take_part_and_are_reported(string teacher)
    {
        var setup = TestRun.Setup(hospitals: 4, attacks: [], teacher: LearnerCatalogs.Teachers[teacher].With().Instance,
            student: SoftmaxRegressionLearner.Component("student").With().Instance);
        LabelledData Only(int hospital, Func<int, bool> keep, int most) => setup.Data.Hospitals[hospital].Data.Select(
            [.. Enumerable.Range(0, 20).Where(i => keep(setup.Data.Hospitals[hospital].Data.Labels[i])).Take(most)]);
        var shards = setup.Data.Hospitals
            .SetItem(0, setup.Data.Hospitals[0] with { Data = Only(0, label => label == 1, 20) })
            .SetItem(1, setup.Data.Hospitals[1] with { Data = Only(1, _ => true, 2) })
            .SetItem(2, setup.Data.Hospitals[2] with { Data = Only(2, label => label != 0, 20) });
        var record = Run(RunPreparation.Prepare(setup.Scenario, Copy(setup.Data, shards, setup.Data.Encoding), setup.Key));
        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Equal(4, record.Counts.TeachersTrained);
        Assert.All(record.Hospitals, hospital => Assert.NotNull(hospital.Accuracy));
        if (teacher is not ("mlp" or "majority"))
            Assert.Contains("class 1", record.Hospitals[0].Note, StringComparison.Ordinal);
    }

    private static FederatedData Copy(
        FederatedData data, ImmutableArray<HospitalShard> hospitals, EncodingRecord encoding) => new(
        data.Dataset, data.ClassNames, data.FeatureNames, hospitals, data.Public, data.Test, data.Disjointness, encoding);

    private static RunSetup Setup() => Prepared(All);

    private static RunSetup Prepared(ImmutableArray<Chosen<IBaseline>> baselines)
    {
        var setup = TestRun.Setup();
        return RunPreparation.Prepare(setup.Scenario with { Baselines = baselines }, setup.Data, setup.Key);
    }

    private static RunRecord Run(RunSetup setup) => new SequentialRunner().Run(setup, null, CancellationToken.None);
}
