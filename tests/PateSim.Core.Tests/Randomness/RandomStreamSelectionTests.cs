using CsCheck;
using PateSim.Core.Randomness;
using PateSim.Core.Tests.Support;

namespace PateSim.Core.Tests.Randomness;

/// <summary>Weighted choice and random orders; fixed keys, false-alarm probability 1e-8 each.</summary>
public sealed class RandomStreamSelectionTests
{
    [Fact]
    public void An_index_comes_in_proportion_to_its_weight_and_never_at_weight_zero()
    {
        var stream = RandomKey.FromSeed(20).Open();
        double[] weights = [0, 1, 0, 2.5, 0.5, 4, 0];
        var counts = new long[weights.Length];
        for (var i = 0; i < 200_000; i++) counts[stream.NextIndex(weights)]++;
        Assert.Equal([0, 0, 0], new[] { counts[0], counts[2], counts[6] });
        Statistics.AssertFits([counts[1], counts[3], counts[4], counts[5]], [1 / 8.0, 2.5 / 8, 0.5 / 8, 4 / 8.0]);
    }

    [Fact]
    public void Only_the_ratio_of_weights_counts()
    {
        double[] weights = [3, 0, 1, 4];
        foreach (var scale in new[] { 1e-300, 1e300 })
        {
            var (plain, scaled) = (RandomKey.FromSeed(21).Open(), RandomKey.FromSeed(21).Open());
            var factors = weights.Select(w => w * Math.ScaleB(1, Math.ILogB(scale))).ToArray();
            for (var i = 0; i < 1000; i++) Assert.Equal(plain.NextIndex(weights), scaled.NextIndex(factors));
        }
    }

    [Fact]
    public void A_zero_weight_is_never_drawn_even_at_the_end_of_rounding() =>
        Gen.Select(Gen.Long, Gen.Double[0, 1].Array[1, 12], Gen.Bool.Array[12]).Sample((seed, weights, keep) =>
        {
            for (var i = 0; i < weights.Length; i++) weights[i] = keep[i] ? weights[i] : 0;
            if (weights.Sum() == 0) weights[^1] = 1;
            var stream = RandomKey.FromSeed(seed).Open();
            for (var i = 0; i < 20; i++) Assert.True(weights[stream.NextIndex(weights)] > 0);
        });

    [Theory]
    [InlineData(new double[] { }, "No weight is positive")]
    [InlineData(new[] { 0.0, 0 }, "No weight is positive")]
    [InlineData(new[] { 1, -0.25 }, "-0.25")]
    [InlineData(new[] { 1, double.NaN }, "NaN")]
    [InlineData(new[] { double.PositiveInfinity, 1 }, "weights are finite")]
    [InlineData(new[] { double.MaxValue, double.MaxValue }, "sum of the weights")]
    public void Weights_that_are_no_weights_are_refused(double[] weights, string saying)
    {
        var error = Assert.Throws<ArgumentException>(() => RandomKey.FromSeed(1).Open().NextIndex(weights));
        Assert.Contains(saying, error.Message, StringComparison.Ordinal);
        Assert.Equal("weights", error.ParamName);
    }

    [Fact]
    public void A_permutation_agrees_with_the_independent_implementation() =>
        Assert.Equal([0, 1, 2, 4, 3, 5, 6, 7], RandomKey.FromSeed(11).Open().Permutation(8));

    [Fact]
    public void A_permutation_holds_each_number_once() =>
        Gen.Select(Gen.Long, Gen.Int[0, 200]).Sample((seed, count) =>
            Assert.Equal(Enumerable.Range(0, count), RandomKey.FromSeed(seed).Open().Permutation(count).Order()));

    [Fact]
    public void A_shuffle_keeps_every_item_and_moves_as_the_permutation_does() =>
        Gen.Select(Gen.Long, Gen.Int.Array[0, 50]).Sample((seed, items) =>
        {
            var shuffled = items.ToArray();
            RandomKey.FromSeed(seed).Open().Shuffle(shuffled.AsSpan());
            var order = RandomKey.FromSeed(seed).Open().Permutation(items.Length);
            Assert.Equal(order.Select(i => items[i]), shuffled);
        });

    [Theory]
    [InlineData(3, 6)]
    [InlineData(4, 24)]
    [InlineData(5, 120)]
    public void All_orders_of_a_few_items_are_equally_likely(int count, int orders)
    {
        var stream = RandomKey.FromSeed(22).Derive(count).Open();
        var counts = new Dictionary<int, long>();
        for (var i = 0; i < 120_000; i++)
        {
            var code = stream.Permutation(count).Aggregate(0, (sum, item) => 10 * sum + item);
            counts[code] = counts.GetValueOrDefault(code) + 1;
        }
        Assert.Equal(orders, counts.Count);
        Statistics.AssertUniform(counts.Values.ToList());
    }
}
