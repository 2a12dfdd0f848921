using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;
using PateSim.Data.Tables;

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

    [Fact]
    public void A_patient_at_two_sites_is_refused()
    {
        var schema = new TableSchema(
            new NumericColumn("age", "age", "years", 0, 100), new PatientColumn("id", "patient"),
            new HospitalColumn("site", "site", []), new LabelColumn("y", "y", Level.Named("a", "b")));
        var table = Support.Tables.Read("1,p,north,a\n2,q,south,b\n3,p,south,a\n4,r,north,b\n", schema);
        Assert.True(table.HasPatients);
        foreach (var partitioner in new[] { Make("grouped-natural", ("sites-per-hospital", 1L)), Make("natural") })
        {
            var refused = Assert.Throws<Core.Components.OptionException>(
                () => partitioner.Partition(table, [0, 1, 2, 3], RandomKey.FromSeed(1), default));
            Assert.Contains("A patient has records in", refused.Message, StringComparison.Ordinal);
            Assert.Contains("record 3 of the table", refused.Message, StringComparison.Ordinal);
        }
    }
}
