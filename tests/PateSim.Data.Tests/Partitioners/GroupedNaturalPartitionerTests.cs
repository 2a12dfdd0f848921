using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public sealed class GroupedNaturalPartitionerTests : PartitionerContract
{
    private protected override int Sites => 9;

    private protected override IPartitioner Create(int hospitals, int units) =>
        Make("grouped-natural", ("sites-per-hospital", Math.Min(4L, hospitals)),
            ("remainder", units % 2 == 0 ? "allow-smaller" : "allow-bigger"));

    [Theory]
    [InlineData("allow-smaller", new[] { 4, 4, 2 })]
    [InlineData("allow-bigger", new[] { 5, 5 })]
    public void Sites_are_joined_whole(string remainder, int[] groups)
    {
        var table = Support.Tables.Random(400, 3, 1, 0, 10);
        var parts = Make("grouped-natural", ("sites-per-hospital", 4L), ("remainder", remainder))
            .Partition(table, [.. Enumerable.Range(0, 400)], RandomKey.FromSeed(1), default);
        Assert.Equal(groups, parts.Select(p => p.Rows.Select(r => table.Sites[r]).Distinct().Count()));
        Assert.Equal(10, parts.Sum(p => p.Rows.Select(r => table.Sites[r]).Distinct().Count()));
    }

    [Fact]
    public void A_remainder_is_an_error_when_strict() => Assert.Equal(
        "sites-per-hospital",
        Refusal(
            Make("grouped-natural", ("sites-per-hospital", 4L), ("remainder", "strict")),
            Support.Tables.Random(400, 3, 1, 0, 10)).Option);

    [Fact]
    public void A_dataset_without_sites_is_refused() => Assert.Equal(
        "partitioner", Refusal(Make("grouped-natural"), Support.Tables.Random(400, 3, 1)).Option);
}
