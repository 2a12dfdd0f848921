using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Partitioners;

public sealed class DirichletLabelPartitionerTests : PartitionerContract
{
    private protected override IPartitioner Create(int hospitals, int units) => Make(
        "dirichlet-label", ("hospitals", (long)hospitals), ("alpha", 1.0), ("balancing", units % 2 == 0),
        ("attempts", 10_000L));

    [Theory]
    [InlineData(.05, .35, 1)]
    [InlineData(1000, 0, .12)]
    public void Alpha_decides_how_unlike_hospitals_are(double alpha, double atLeast, double atMost)
    {
        var table = Support.Tables.Random(8000, 4, 1);
        var parts = Make("dirichlet-label", ("hospitals", 5L), ("alpha", alpha), ("attempts", 1000L))
            .Partition(table, PrivateRows(table), RandomKey.FromSeed(3), default);
        Assert.InRange(Skew(table, parts), atLeast, atMost);
    }

    [Fact]
    public void Balancing_makes_sizes_more_alike()
    {
        var table = Support.Tables.Random(4000, 6, 1);
        int Largest(bool balancing) => Enumerable.Range(0, 20).Sum(seed => Make(
                "dirichlet-label", ("hospitals", 10L), ("alpha", .3), ("balancing", balancing), ("attempts", 1000L))
            .Partition(table, PrivateRows(table), RandomKey.FromSeed(seed), default).Max(p => p.Rows.Length));
        Assert.True(Largest(true) < Largest(false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Proportions_at_the_edge_of_double_precision_give_no_NaN_and_lose_no_record(bool balancing)
    {
        var table = Support.Tables.Random(400, 6, 1);
        for (var seed = 0; seed < 50; seed++)
        {
            var partitioner = Make(
                "dirichlet-label", ("hospitals", 2L), ("alpha", 1e-6), ("balancing", balancing), ("attempts", 1000L));
            var parts = partitioner.Partition(table, PrivateRows(table), RandomKey.FromSeed(seed), default);
            Assert.Equal(PrivateRows(table), parts.SelectMany(p => p.Rows).Order());
        }
    }

    [Fact]
    public void A_minimum_that_no_draw_reaches_is_an_error_that_says_how_near_it_came()
    {
        var table = Support.Tables.Random(400, 3, 1);
        var refused = Refusal(
            Make("dirichlet-label", ("hospitals", 10L), ("alpha", .1), ("min-size", 29L), ("attempts", 7L)), table);
        Assert.Equal("min-size", refused.Option);
        Assert.Matches(
            @"^In 7 attempts no draw gave every hospital 29 of 300 private records; the best left the smallest "
            + @"with \d+\.",
            refused.Message);
        Assert.Equal("hospitals", Refusal(Make("dirichlet-label", ("hospitals", 301L)), table).Option);
    }

    [Fact]
    public void The_minimum_is_kept()
    {
        var table = Support.Tables.Random(400, 3, 1);
        var parts = Make("dirichlet-label", ("hospitals", 5L), ("min-size", 30L), ("attempts", 10_000L))
            .Partition(table, PrivateRows(table), RandomKey.FromSeed(1), default);
        Assert.True(parts.Min(p => p.Rows.Length) >= 30);
    }

    // Mean total variation distance between a hospital's classes and all classes.
    internal static double Skew(RawTable table, IReadOnlyList<HospitalRows> parts)
    {
        double[] Shares(IReadOnlyCollection<int> rows) =>
        [
            .. Enumerable.Range(0, table.ClassNames.Length)
                .Select(k => rows.Count(r => table.Labels[r] == k) / (double)rows.Count),
        ];
        var all = Shares([.. parts.SelectMany(p => p.Rows)]);
        return parts.Average(p => Shares(p.Rows).Zip(all, (a, b) => Math.Abs(a - b)).Sum() / 2);
    }
}
