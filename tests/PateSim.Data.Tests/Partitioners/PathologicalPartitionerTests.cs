using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public sealed class PathologicalPartitionerTests : PartitionerContract
{
    // With as many classes as there are at the least, every mode can hold six classes from three hospitals on.
    private protected override IPartitioner Create(int hospitals, int units) => Make(
        "pathological-k", ("hospitals", (long)Math.Max(6, hospitals)), ("classes", 2L),
        ("mode", (units % 3, units >= 300) switch
        {
            (0, _) => "random",
            // It is drawn once only, so that every class needs a few records: not where patients are few.
            (1, true) => "deterministic",
            _ => "first-deterministic",
        }),
        ("attempts", 10_000L));

    [Theory]
    [InlineData("random")]
    [InlineData("deterministic")]
    [InlineData("first-deterministic")]
    public void A_hospital_holds_k_classes_as_the_mode_says(string mode)
    {
        var table = Support.Tables.Random(2000, 5, 1);
        var parts = Make("pathological-k", ("hospitals", 11L), ("classes", 2L), ("mode", mode))
            .Partition(table, PrivateRows(table), RandomKey.FromSeed(1), default);
        for (var j = 0; j < parts.Length; j++)
        {
            var held = parts[j].Rows.Select(r => table.Labels[r]).Distinct().ToHashSet();
            Assert.Equal(2, held.Count);
            if (mode != "random") Assert.Contains(j % 5, held);
            if (mode == "deterministic") Assert.Contains((j + 1) % 5, held);
        }
    }

    [Fact]
    public void The_holders_of_a_class_share_alike()
    {
        var table = Support.Tables.Random(2000, 5, 1);
        var parts = Make("pathological-k", ("hospitals", 10L), ("classes", 3L), ("mode", "deterministic"))
            .Partition(table, PrivateRows(table), RandomKey.FromSeed(1), default);
        for (var k = 0; k < 5; k++)
        {
            var counts = parts.Select(p => p.Rows.Count(r => table.Labels[r] == k)).Where(c => c > 0).ToList();
            Assert.Equal(6, counts.Count);
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }
    }

    [Theory]
    [InlineData(2, 2, "classes", "2 hospitals with 2 classes each cannot hold all 5 classes")]
    [InlineData(4, 6, "classes", "is to hold 6 classes; the private records have 5")]
    [InlineData(301, 1, "hospitals", "301 hospitals cannot share")]
    public void What_cannot_be_held_is_refused(long hospitals, long classes, string option, string message)
    {
        var refused = Refusal(
            Make("pathological-k", ("hospitals", hospitals), ("classes", classes)), Support.Tables.Random(400, 5, 1));
        Assert.Equal(option, refused.Option);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rare_class_with_more_holders_than_records_ends_in_an_error()
    {
        var table = Support.Tables.Numbered(8);
        var refused = Refusal(
            Make("pathological-k", ("hospitals", 6L), ("classes", 1L), ("mode", "deterministic")), table);
        Assert.Equal("min-size", refused.Option);
    }
}
