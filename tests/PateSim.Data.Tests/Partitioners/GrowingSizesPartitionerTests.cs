using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public abstract class GrowingSizesContract(string name) : PartitionerContract
{
    private protected override IPartitioner Create(int hospitals, int units) =>
        Make(name, ("hospitals", (long)Math.Min(3, hospitals)));

    [Fact]
    public void Sizes_below_the_minimum_are_refused()
    {
        var refused = Refusal(
            Make(name, ("hospitals", 100L), ("min-size", 3L)), Support.Tables.Random(400, 3, 1));
        Assert.Equal("min-size", refused.Option);
        Assert.Contains(
            "'hospital-001' would have 0 of 300 private records", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Against the published sizes of 60,000 records over 10 hospitals.</summary>
    private protected void Check(params int[] published)
    {
        var table = Support.Tables.Numbered(60_000);
        var parts = Make(name, ("hospitals", 10L))
            .Partition(table, [.. Enumerable.Range(0, 60_000)], RandomKey.FromSeed(1), default);
        Assert.Equal(published, parts.Select(p => p.Rows.Length));
    }
}

public sealed class LinearSizesPartitionerTests() : GrowingSizesContract("linear-sizes")
{
    [Fact]
    public void Sizes_are_the_published_ones() =>
        Check(1090, 2181, 3272, 4363, 5454, 6545, 7636, 8727, 9818, 10914);
}

public sealed class SquareSizesPartitionerTests() : GrowingSizesContract("square-sizes")
{
    [Fact]
    public void Sizes_are_the_published_ones() =>
        Check(155, 623, 1402, 2493, 3896, 5610, 7636, 9974, 12623, 15588);
}

public sealed class ExponentialSizesPartitionerTests() : GrowingSizesContract("exponential-sizes")
{
    [Fact]
    public void Sizes_are_the_published_ones() =>
        Check(4, 12, 34, 94, 255, 694, 1888, 5133, 13953, 37933);

    [Fact]
    public void As_many_hospitals_as_records_overflow_nothing() => Assert.Contains(
        "would have 0 of 300",
        Refusal(Make("exponential-sizes", ("hospitals", 300L)), Support.Tables.Random(400, 3, 1)).Message,
        StringComparison.Ordinal);
}
