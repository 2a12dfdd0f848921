using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Theft.Attacks;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Tests.Attacks;

public sealed class NaturalPoolThiefTests
{
    private static readonly Core.Features.LabelledData Pool = Small.Blobs(300, "pool");

    internal static IThief Thief(params long[] budgets) =>
        NaturalPoolThief.Component.With(("budgets", budgets.ToImmutableArray())).Instance;

    private static AskVictim Begin(IThief thief, int budget, Exposure exposure, string purpose = "k") =>
        Assert.IsType<AskVictim>(thief.Begin(new CollectionContext(
            Pool.Features, budget, exposure, new CentroidLearner(), RandomKey.FromSeed(1).Derive(purpose))));

    [Fact]
    public void It_asks_distinct_records_of_the_pool_in_one_batch()
    {
        var queries = Begin(Thief(10), 120, Exposure.Label).Queries;
        Assert.Equal(120, queries.PoolRows.Distinct().Count());
        for (var i = 0; i < 120; i++)
            Assert.Equal(Pool.Features.Row(queries.PoolRows[i]).ToArray(), queries.Records.Row(i).ToArray());
    }

    [Fact]
    public void Its_order_depends_on_the_key_alone_and_smaller_budgets_are_prefixes()
    {
        var queries = Begin(Thief(10), 120, Exposure.Label).Queries.PoolRows;
        Same.Sequence(queries, Begin(Thief(20, 5), 120, Exposure.Probabilities).Queries.PoolRows);
        Same.Sequence(queries[..50], Begin(Thief(10), 50, Exposure.Label).Queries.PoolRows);
        Assert.NotEqual(queries.ToArray(), Begin(Thief(10), 120, Exposure.Label, "other").Queries.PoolRows.ToArray());
    }

    [Fact]
    public void Every_record_of_the_pool_is_asked_about_equally_often()
    {
        // 2,000 keys × 30 of 300: each count is binomial(2000, 0.1), mean 200, sd 13.4. Six and a half standard
        // deviations over 300 records: false alarm below 1e-7.
        var counts = new int[300];
        for (var k = 0; k < 2000; k++)
        {
            foreach (var row in Begin(Thief(10), 30, Exposure.Label, $"k{k}").Queries.PoolRows) counts[row]++;
        }
        Assert.All(counts, count => Assert.InRange(count, 113, 287));
    }

    [Fact]
    public void Its_default_budgets_are_spread_over_a_decade_and_both_exposures_are_tried()
    {
        var thief = NaturalPoolThief.Component.With().Instance;
        Same.Sequence([50, 100, 250, 500, 1000], thief.Budgets);
        Same.Sequence(Exposure.All, thief.Exposures);
    }

    [Fact]
    public void Budgets_and_exposures_are_put_in_order_and_stand_once()
    {
        Same.Sequence([5, 20, 100], Thief(100, 5, 20).Budgets);
        Assert.Equal("budgets", Assert.Throws<OptionException>(() => Thief(5, 5)).Option);
        Assert.Equal("budgets", Assert.Throws<OptionException>(() => Thief()).Option);
        var exposures = ImmutableArray.Create("label", "label");
        var twice = Assert.Throws<OptionException>(() => NaturalPoolThief.Component.With(("exposures", exposures)));
        Assert.Contains("label stands twice", twice.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Thief(0));
        Assert.Throws<ArgumentException>(
            () => NaturalPoolThief.Component.With(("exposures", ImmutableArray.Create("logits"))));
    }

    [Fact]
    public void Every_budget_over_the_pool_is_an_obstacle_that_names_both_numbers()
    {
        var obstacles = Thief(50, 301, 999).Validate(300, new CentroidLearner());
        Same.Sequence(["budgets", "budgets"], obstacles.Select(o => o.Option));
        Assert.Contains("301", obstacles[0].Message, StringComparison.Ordinal);
        Assert.Contains("300", obstacles[0].Message, StringComparison.Ordinal);
        Assert.Contains("999", obstacles[1].Message, StringComparison.Ordinal);
        Assert.Empty(Thief(50, 300).Validate(300, new CentroidLearner()));
    }

    [Fact]
    public void Probabilities_need_a_learner_that_takes_them()
    {
        var obstacle = Assert.Single(Thief(50).Validate(300, new NeighbourLearner()));
        Assert.Equal("exposures", obstacle.Option);
        Assert.Contains("'probabilities'", obstacle.Message, StringComparison.Ordinal);
        var labelsOnly = NaturalPoolThief.Component.With(("exposures", ImmutableArray.Create("label"))).Instance;
        Assert.Empty(labelsOnly.Validate(1000, new NeighbourLearner()));
        var scores = new Answers(Exposure.Probabilities, [0], new float[3], 3);
        var stolen = new TransferSet(Pool.Features.Select([0]), scores);
        var refused = Assert.Throws<TrainingException>(
            () => Thief(1).Clone(stolen, new NeighbourLearner(), new TrainingContext(default)));
        Assert.Contains("'probabilities'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clone_of_probabilities_is_trained_on_them_and_one_of_labels_on_labels()
    {
        var queries = Small.Records([0, 0, 0, 0], [4, 0, 0, 0]);
        float[] scores = [0.75f, 0.25f, 0.25f, 0.75f];
        var context = new TrainingContext(default);
        var soft = Thief(1).Clone(
            new TransferSet(queries, new Answers(Exposure.Probabilities, [0, 1], scores, 2)),
            new CentroidLearner(), context);
        var hard = Thief(1).Clone(
            new TransferSet(queries, new Answers(Exposure.Label, [0, 1], default, 2)), new CentroidLearner(), context);
        // Soft means are (1,0,0,0) and (3,0,0,0); hard means are the records themselves.
        float[] softAt = new float[2], hardAt = new float[2];
        soft.Probabilities(Small.Records([1, 0, 0, 0]), softAt);
        hard.Probabilities(Small.Records([1, 0, 0, 0]), hardAt);
        Assert.Equal(1 / (1 + Math.Exp(-4 / 0.5)), softAt[0], 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(-8 / 0.5)), hardAt[0], 1e-6);
    }

    [Fact]
    public void The_catalog_describes_it_with_its_source_and_limits()
    {
        var component = AttackCatalog.Attacks["natural-pool"];
        Assert.Equal("attack", component.Descriptor.Kind);
        Assert.NotEmpty(component.Descriptor.Citation);
        foreach (var paragraph in new[] { "Threat model", "Departures", "Limits", "Deterministic" })
            Assert.Contains(
                component.Descriptor.Details, text => text.StartsWith(paragraph, StringComparison.Ordinal));
    }
}
