using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public sealed class ShardsPartitionerTests : PartitionerContract
{
    private protected override IPartitioner Create(int hospitals, int units) =>
        Make("shards", ("hospitals", (long)hospitals), ("shards-per-hospital", 1L + units % 3));

    [Fact]
    public void Two_shards_of_sorted_labels_give_few_classes()
    {
        var table = Support.Tables.Numbered(400);
        var parts = Make("shards", ("hospitals", 5L), ("shards-per-hospital", 1L))
            .Partition(table, [.. Enumerable.Range(0, 400)], RandomKey.FromSeed(1), default);
        Assert.All(parts, p => Assert.Equal(80, p.Rows.Length));
        // Of five shards over two equal classes one straddles the border.
        Assert.Equal(4, parts.Count(p => p.Rows.Select(r => table.Labels[r]).Distinct().Count() == 1));
    }

    [Fact]
    public void More_shards_than_records_are_refused() => Assert.Equal(
        "shards-per-hospital",
        Refusal(
            Make("shards", ("hospitals", 100L), ("shards-per-hospital", 4L)), Support.Tables.Random(400, 3, 1)).Option);
}
