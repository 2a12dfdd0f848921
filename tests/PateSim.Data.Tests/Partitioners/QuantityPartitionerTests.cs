using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public abstract class QuantityContract(string name, string option, double alike, double unlike) : PartitionerContract
{
    private protected override IPartitioner Create(int hospitals, int units) =>
        Make(name, ("hospitals", (long)hospitals), (option, (alike + unlike) / 2), ("attempts", 10_000L));

    [Fact]
    public void The_parameter_decides_how_unlike_sizes_are()
    {
        var table = Support.Tables.Random(4000, 3, 1);
        int Range(double value)
        {
            var parts = Make(name, ("hospitals", 10L), (option, value), ("attempts", 10_000L))
                .Partition(table, PrivateRows(table), RandomKey.FromSeed(5), default);
            return parts.Max(p => p.Rows.Length) - parts.Min(p => p.Rows.Length);
        }
        Assert.True(Range(unlike) > 3 * Range(alike));
    }

    [Fact]
    public void A_minimum_that_no_draw_reaches_is_an_error()
    {
        var refused = Refusal(
            Make(name, ("hospitals", 10L), (option, unlike), ("min-size", 30L), ("attempts", 5L)),
            Support.Tables.Random(400, 3, 1));
        Assert.Equal("min-size", refused.Option);
        Assert.StartsWith("In 5 attempts", refused.Message, StringComparison.Ordinal);
    }
}

public sealed class QuantityDirichletPartitionerTests() : QuantityContract("quantity-dirichlet", "beta", 100, .5);

public sealed class QuantityLogNormalPartitionerTests() : QuantityContract("quantity-lognormal", "sigma", .05, 1.5)
{
    [Fact]
    public void Without_spread_sizes_differ_by_at_most_one()
    {
        var table = Support.Tables.Random(400, 3, 1);
        var sizes = Make("quantity-lognormal", ("hospitals", 7L), ("sigma", 0.0))
            .Partition(table, PrivateRows(table), RandomKey.FromSeed(1), default).Select(p => p.Rows.Length).ToList();
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
    }
}
