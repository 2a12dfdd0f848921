using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public sealed class DistributionMatrixPartitionerTests : PartitionerContract
{
    private protected override IPartitioner Create(int hospitals, int units) => Make(
        "distribution-matrix", ("hospitals", (long)hospitals), ("sigma", 1.0), ("attempts", 10_000L));

    [Fact]
    public void Written_weights_are_the_proportions_of_each_class_among_the_hospitals()
    {
        // 400 records, half of each class; the second row in another unit.
        var table = Support.Tables.Numbered(400);
        ImmutableArray<double> weights = [6, 3, 1, 0, 50, 50];
        var parts = Make("distribution-matrix", ("hospitals", 3L), ("weights", weights))
            .Partition(table, [.. Enumerable.Range(0, 400)], RandomKey.FromSeed(1), default);
        int[] Of(int label) => [.. parts.Select(p => p.Rows.Count(r => table.Labels[r] == label))];
        Assert.Equal([120, 60, 20], Of(0));
        Assert.Equal([0, 100, 100], Of(1));
    }

    [Fact]
    public void Drawn_weights_give_each_hospital_its_classes_in_turn()
    {
        var table = Support.Tables.Random(4000, 5, 1);
        var parts = Make(
                "distribution-matrix", ("hospitals", 10L), ("classes-per-hospital", 2L), ("sigma", .5),
                ("attempts", 1000L))
            .Partition(table, PrivateRows(table), RandomKey.FromSeed(1), default);
        for (var j = 0; j < parts.Length; j++)
        {
            var held = parts[j].Rows.Select(r => table.Labels[r]).ToHashSet();
            Assert.Subset(new HashSet<int> { j % 5, (j + 1) % 5 }, held);
        }
    }

    [Fact]
    public void Weights_of_another_shape_or_without_a_holder_are_refused()
    {
        ImmutableArray<double> five = [1, 2, 3, 4, 5], three = [1, 1, 1], none = [1, 1, 0, 0];
        Assert.Equal("weights", Assert.Throws<OptionException>(
            () => Make("distribution-matrix", ("hospitals", 2L), ("weights", five))).Option);
        Assert.Contains(
            "2 classes and 3 hospitals need 6",
            Refusal(Make("distribution-matrix", ("hospitals", 3L), ("weights", three)), Support.Tables.Numbered(40))
                .Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no positive weight",
            Refusal(Make("distribution-matrix", ("hospitals", 2L), ("weights", none)), Support.Tables.Numbered(40))
                .Message,
            StringComparison.Ordinal);
        Assert.Equal("classes-per-hospital", Assert.Throws<OptionException>(() => Make(
            "distribution-matrix", ("hospitals", 2L), ("weights", none), ("classes-per-hospital", 1L))).Option);
    }

    [Fact]
    public void A_minimum_that_is_not_reached_is_an_error()
    {
        ImmutableArray<double> uneven = [1000, 1, 1000, 1];
        Assert.Equal(
            "min-size",
            Refusal(
                Make("distribution-matrix", ("hospitals", 2L), ("weights", uneven), ("min-size", 5L)),
                Support.Tables.Numbered(400)).Option);
        Assert.Equal(
            "min-size",
            Refusal(
                Make("distribution-matrix", ("hospitals", 20L), ("min-size", 15L), ("sigma", 3.0), ("attempts", 5L)),
                Support.Tables.Numbered(400)).Option);
    }
}

public sealed class MixedPartitionerTests : PartitionerContract
{
    private protected override IPartitioner Create(int hospitals, int units) => Steps(
        ("quantity-lognormal", [("hospitals", 2L), ("sigma", .3)]), ("iid", [("hospitals", (long)hospitals)]));

    private static IPartitioner Steps(params (string Name, (string, object)[] Options)[] steps)
    {
        var component = DataCatalogs.Partitioners["mixed"];
        ImmutableArray<string> names = [.. steps.Select(s => s.Name)];
        return component.Compose!(
            component.With(("steps", ImmutableArray.Create("iid", "natural"))).Options,
            [.. steps.Select(s => DataCatalogs.Partitioners[s.Name].With(s.Options))]);
    }

    [Fact]
    public void Each_step_divides_the_parts_of_the_one_before()
    {
        var table = Support.Tables.Random(600, 3, 1, 0, 4);
        var parts = Steps(("natural", []), ("dirichlet-label", [("hospitals", 3L), ("attempts", 1000L)]))
            .Partition(table, [.. Enumerable.Range(0, 600)], RandomKey.FromSeed(1), default);
        Assert.Equal(12, parts.Length);
        Assert.Equal("site 1-02", parts[4].Name);
        Assert.All(
            parts.Chunk(3).Select((chunk, site) => (chunk, site)),
            c => Assert.All(c.chunk.SelectMany(p => p.Rows), row => Assert.Equal(c.site, table.Sites[row])));
    }

    [Fact]
    public void A_part_does_not_depend_on_how_the_others_are_divided()
    {
        var table = Support.Tables.Random(600, 3, 1, 0, 4);
        var partitioner = Steps(("natural", []), ("iid", [("hospitals", 3L)]));
        ImmutableArray<int> all = [.. Enumerable.Range(0, 600)];
        var whole = partitioner.Partition(table, all, RandomKey.FromSeed(1), default);
        // Another last site: the order of the others within their site changes with it, their number does not.
        Assert.Equal(whole.Select(p => p.Rows.Length).Sum(), all.Length);
        Assert.All(whole.Chunk(3), c => Assert.InRange(c.Max(p => p.Rows.Length) - c.Min(p => p.Rows.Length), 0, 1));
    }

    [Fact]
    public void Every_other_partitioner_can_be_a_step() => Assert.Equal(
        DataCatalogs.Partitioners.Names.Where(n => n != "mixed"),
        DataCatalogs.Partitioners["mixed"].Descriptor.Options.Single().Choices);

    [Fact]
    public void A_step_that_does_not_fit_is_named_with_its_part()
    {
        var refused = Refusal(
            Steps(("iid", [("hospitals", 2L)]), ("dirichlet-label", [("hospitals", 200L)])),
            Support.Tables.Random(400, 3, 1));
        Assert.Equal("steps", refused.Option);
        Assert.StartsWith(
            "Step 2, dirichlet-label, in the part 'hospital-001' of 150 records: hospitals: 200 hospitals cannot share",
            refused.Message, StringComparison.Ordinal);
        Assert.Throws<OptionException>(() => Steps(("iid", [])));
        Assert.Throws<OptionException>(() => Steps(("iid", []), ("iid", [])));
    }
}
