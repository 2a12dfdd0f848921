using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public sealed class InnerDirichletPartitionerTests : PartitionerContract
{
    private protected override IPartitioner Create(int hospitals, int units) =>
        Make("inner-dirichlet", ("hospitals", (long)hospitals), ("alpha", .3), ("size-spread", units % 2 * .3));

    [Fact]
    public void Sizes_are_equal_and_alpha_decides_how_unlike_hospitals_are()
    {
        var table = Support.Tables.Random(4000, 4, 1);
        double Skew(double alpha)
        {
            var parts = Make("inner-dirichlet", ("hospitals", 10L), ("alpha", alpha))
                .Partition(table, PrivateRows(table), RandomKey.FromSeed(2), default);
            Assert.All(parts, p => Assert.Equal(300, p.Rows.Length));
            return DirichletLabelPartitionerTests.Skew(table, parts);
        }
        Assert.True(Skew(.05) > 2 * Skew(100));
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(.01)]
    public void A_class_that_runs_out_gives_no_NaN_and_loses_no_record(double alpha)
    {
        var table = Support.Tables.Random(300, 6, 1);
        for (var seed = 0; seed < 50; seed++)
        {
            var parts = Make("inner-dirichlet", ("hospitals", 7L), ("alpha", alpha))
                .Partition(table, PrivateRows(table), RandomKey.FromSeed(seed), default);
            Assert.Equal(PrivateRows(table), parts.SelectMany(p => p.Rows).Order());
        }
    }

    [Fact]
    public void Sizes_below_the_minimum_are_refused() => Assert.Contains(
        "at least 40 are asked for",
        Refusal(
            Make("inner-dirichlet", ("hospitals", 10L), ("min-size", 40L)), Support.Tables.Random(400, 3, 1)).Message,
        StringComparison.Ordinal);
}
