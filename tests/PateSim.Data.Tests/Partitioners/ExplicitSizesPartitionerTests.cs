using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Partitioners;

namespace PateSim.Data.Tests.Partitioners;

public sealed class ExplicitSizesPartitionerTests : PartitionerContract
{
    private static IPartitioner Sizes(params ImmutableArray<long> sizes) => Make("explicit-sizes", ("sizes", sizes));

    private protected override IPartitioner Create(int hospitals, int units) =>
        Sizes([units - 2 * (hospitals - 1), .. Enumerable.Repeat(2L, hospitals - 1)]);

    [Fact]
    public void Sizes_are_as_written() => Assert.Equal(
        [200, 1, 99],
        Sizes(200, 1, 99).Partition(
            Support.Tables.Random(400, 3, 1), PrivateRows(Support.Tables.Random(400, 3, 1)),
            RandomKey.FromSeed(1), default)
            .Select(p => p.Rows.Length));

    [Fact]
    public void Another_sum_is_refused_with_the_right_one()
    {
        Assert.Equal(
            "The sizes sum to 299; there are 300 private records.",
            Refusal(Sizes(200, 99), Support.Tables.Random(400, 3, 1)).Message);
        Assert.Equal("sizes", Assert.Throws<OptionException>(() => Make("explicit-sizes")).Option);
        Assert.Throws<ArgumentException>(() => Sizes(300, 0));
    }
}
