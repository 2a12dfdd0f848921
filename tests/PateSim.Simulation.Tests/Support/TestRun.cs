using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Data.Datasets;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Data.Partitioners;
using PateSim.Data.Splits;
using PateSim.Learning;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;
using PateSim.Theft.Attacks;

namespace PateSim.Simulation.Tests.Support;

/// <summary>A small run on two-dimensional clouds of points, one cloud for each of three classes.</summary>
internal static class TestRun
{
    public const int Classes = 3;

    public static RunSetup Setup(
        long seed = 1, int hospitals = 7, int queries = 40, double scale = 2, BudgetPlan? budget = null, double quorum = 1,
        ILearner? teacher = null, ILearner? student = null, ILearner? clone = null,
        ImmutableArray<Chosen<IThief>>? attacks = null, int repeatedQueries = 0,
        Chosen<IAggregationMechanism>? mechanism = null, int? queriesPerRound = null)
    {
        var scenario = Scenario(
            seed, queries, mechanism ?? MechanismCatalog.Default["lnmax"].With(("scale", scale)), budget, quorum, teacher ?? new CentroidLearner(), student ?? new CentroidLearner(),
            clone ?? new CentroidLearner(), attacks ?? [Attack([5, 20])]);
        scenario = scenario with { Aggregation = scenario.Aggregation with { QueriesPerRound = queriesPerRound } };
        var key = RandomKey.FromSeed(seed);
        return RunPreparation.Prepare(scenario, Data(key.Derive("data"), hospitals, repeatedQueries), key);
    }

    public static Chosen<IThief> Attack(ImmutableArray<long> budgets) =>
        AttackCatalog.Attacks["natural-pool"].With(("budgets", budgets));

    public static Scenario Scenario(
        long seed, int queries, Chosen<IAggregationMechanism> mechanism, BudgetPlan? budget, double quorum, ILearner teacher, ILearner student,
        ILearner clone, ImmutableArray<Chosen<IThief>> attacks) => new(
        "test", "Three clouds of points.", seed, $"digest-{seed}",
        new DataPlan(
            Unused<IDatasetSource>("dataset"), Unused<ISplit>("split"), Unused<IPartitioner>("partitioner"),
            EncodingOptions.Default),
        new HospitalPlan(Learner(teacher), quorum),
        new AggregationPlan(mechanism, queries),
        new PrivacyPlan(
            1e-5, Adjacency.PatientReplaced, budget,
            [.. AccountantCatalog.Default.All.Select(accountant => accountant.With())
                .Where(accountant => accountant.Instance.Supports(mechanism.Instance.Event(
                    [1, 0, 0], VoteAnswer.Of(0), mechanism.Instance.UsesStudent ? [1, 0, 0] : [])))]),
        Learner(student), Learner(teacher), new TheftPlanning(Learner(clone), attacks));

    public static FederatedData Data(RandomKey key, int hospitals, int repeatedQueries = 0)
    {
        var shards = ImmutableArray.CreateRange(Enumerable.Range(0, hospitals).Select(
            i => new HospitalShard(i, $"clinic-{i}", Clouds(key.Derive("hospital").Derive(i), 20))));
        var open = Clouds(key.Derive("public"), 100);
        if (repeatedQueries > 0)
        {
            // The first records once more, right behind themselves: other rows, equal content.
            int[] rows = [.. Enumerable.Range(0, repeatedQueries), .. Enumerable.Range(0, 100 - repeatedQueries)];
            open = open.Select(rows);
        }
        var test = Clouds(key.Derive("test"), 60);
        return new FederatedData(
            Info, ["a", "b", "c"], ["x", "y"], shards, open, test,
            new DisjointnessRecord(hospitals * 20 + 160, hospitals, hospitals * 20, 100, 60, 0, 0, "digest"),
            new EncodingRecord(EncodingOptions.Default, 100, false, "Nothing crosses.", []));
    }

    public static LabelledData Clouds(RandomKey key, int count)
    {
        var stream = key.Open();
        var values = new float[count * 2];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = stream.NextInt(Classes);
            var angle = 2 * Math.PI * labels[i] / Classes;
            values[2 * i] = (float)(Math.Cos(angle) + 0.6 * stream.NextGaussian());
            values[2 * i + 1] = (float)(Math.Sin(angle) + 0.6 * stream.NextGaussian());
        }
        return new LabelledData(
            new FeatureMatrix(count, 2, values), ImmutableCollectionsMarshal.AsImmutableArray(labels), Classes);
    }

    public static Chosen<ILearner> Learner(ILearner learner)
    {
        var descriptor = new ComponentDescriptor("teacher", "test", "A learner of the tests.", [], []);
        return new Chosen<ILearner>(descriptor, OptionValues.From([]), learner);
    }

    private static DatasetInfo Info { get; } = DataCatalogInfo();

    private static DatasetInfo DataCatalogInfo() => PateSim.Data.DataCatalogs.Datasets["adult"].With().Instance.Info;

    /// <summary>A component that data at hand makes superfluous.</summary>
    private static Chosen<T> Unused<T>(string kind)
        where T : class
    {
        var descriptor = new ComponentDescriptor(kind, "unused", "Not used by the tests.", [], []);
        return new Chosen<T>(descriptor, OptionValues.From([]), null!);
    }
}
