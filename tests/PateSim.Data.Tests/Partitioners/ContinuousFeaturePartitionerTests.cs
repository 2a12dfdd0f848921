using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public sealed class ContinuousFeaturePartitionerTests : PartitionerContract
{
    private protected override IPartitioner Create(int hospitals, int units) =>
        Make("continuous-feature", ("hospitals", (long)hospitals), ("feature", "age"), ("sigma", units % 2 / 2.0));

    [Fact]
    public void At_strictness_one_hospitals_are_ranges_of_the_column()
    {
        var table = Support.Tables.Numbered(400);
        var parts = Make("continuous-feature", ("hospitals", 4L), ("feature", "age"), ("sigma", 1.0))
            .Partition(table, [.. Enumerable.Range(0, 400)], RandomKey.FromSeed(1), default);
        for (var j = 0; j < 4; j++) Assert.Equal(Enumerable.Range(100 * j, 100), parts[j].Rows.Order());
    }

    [Fact]
    public void At_strictness_zero_the_column_does_not_matter()
    {
        var table = Support.Tables.Numbered(400);
        var parts = Make("continuous-feature", ("hospitals", 2L), ("feature", "age"), ("sigma", 0.0))
            .Partition(table, [.. Enumerable.Range(0, 400)], RandomKey.FromSeed(1), default);
        // The mean of 200 of 0, …, 399 without replacement has standard deviation 5.8: five of them, and some.
        Assert.All(parts, p => Assert.InRange(p.Rows.Average(), 199.5 - 35, 199.5 + 35));
    }

    [Fact]
    public void A_column_that_cannot_be_sorted_by_is_refused()
    {
        IPartitioner By(string feature) => Make("continuous-feature", ("hospitals", 2L), ("feature", feature));
        Assert.Contains("Did you mean 'age'?", Refusal(By("agee"), Support.Tables.Numbered(40)).Message,
            StringComparison.Ordinal);
        Assert.Equal("feature", Refusal(By("sex"), Support.Tables.Numbered(40)).Option);
        Assert.Equal("feature", Assert.Throws<OptionException>(() => Make("continuous-feature")).Option);
        var same = Support.Tables.Read("50,female,0\n50,male,1\n50,male,0\n50,male,1\n");
        Assert.Contains("nothing to sort by", Refusal(By("age"), same).Message, StringComparison.Ordinal);
    }
}
