using CsCheck;
using PateSim.Core.Randomness;
using PateSim.Core.Tests.Support;

namespace PateSim.Core.Tests.Randomness;

/// <summary>The generator and the integer draws. Each statistical test has a fixed key and a false-alarm probability
/// of 1e-8. Golden values come from an independent Python program.</summary>
public sealed class RandomStreamTests
{
    [Fact]
    public void The_generator_is_the_published_xoshiro256_starstar()
    {
        // State 1, 2, 3, 4: the first values are also test vectors of other published implementations.
        var stream = new RandomStream(1, 2, 3, 4);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 0x10E0B61CE1009D80, 0x0870021CE143AD00, 0xE071C3C2E143F089,
            0x75A1690EF7A20380, 0x9309685B465C23F9, 0x284F3CC2E13E3C88,
        ];
        Assert.Equal(expected, expected.Select(_ => stream.NextUInt64()));
    }

    [Fact]
    public void A_hundred_thousand_draws_agree_with_the_independent_implementation()
    {
        var stream = RandomKey.FromSeed(7).Open();
        ulong xor = 0, sum = 0, last = 0;
        for (var i = 0; i < 100_000; i++)
        {
            last = stream.NextUInt64();
            xor ^= last;
            sum = unchecked(sum + last);
        }
        Assert.Equal((0xE430A6BDAE5F97B2, 0xB299020A8C3D9FFC, 0xAD1AAA799B57B81F), (xor, sum, last));
    }

    [Fact]
    public void Every_bit_is_set_half_the_time()
    {
        const int Draws = 100_000;
        var stream = RandomKey.FromSeed(8).Open();
        var counts = new long[64];
        for (var i = 0; i < Draws; i++)
        {
            var bits = stream.NextUInt64();
            for (var b = 0; b < 64; b++) counts[b] += (long)(bits >> b & 1);
        }
        // Eight standard deviations of sqrt(Draws)/2 for each of 64 bits: below 1e-8 together.
        Assert.All(counts, count => Assert.InRange(count, Draws / 2 - 1265, Draws / 2 + 1265));
    }

    [Fact]
    public void A_bound_of_one_gives_zero_and_golden_draws_agree()
    {
        var stream = RandomKey.FromSeed(5).Open();
        int[] bounds = [1, 2, 3, 10, 1000, int.MaxValue];
        Assert.Equal([0, 0, 2, 9, 802, 933063551], bounds.Select(stream.NextInt));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(64)]
    public void Integers_below_a_bound_are_uniform(int bound)
    {
        var stream = RandomKey.FromSeed(6).Derive(bound).Open();
        var counts = new long[bound];
        for (var i = 0; i < 200_000; i++) counts[stream.NextInt(bound)]++;
        Statistics.AssertUniform(counts);
    }

    [Fact]
    public void Integers_below_a_large_bound_fill_its_thirds_evenly()
    {
        // A generator of 31 bits reduced by modulo would favour the lower part of this range by half.
        const int Bound = 3 << 29;
        var stream = RandomKey.FromSeed(6).Derive("large").Open();
        var counts = new long[3];
        for (var i = 0; i < 200_000; i++) counts[stream.NextInt(Bound) / (1 << 29)]++;
        Statistics.AssertUniform(counts);
    }

    [Fact]
    public void The_draw_that_would_bias_is_thrown_away()
    {
        // Bound 3: 2^64 mod 3 = 1, so exactly the draw 0 (low word 0 < 1) is rejected. The state gives 0 first,
        // then 5760: result = rotl(5 s1, 7)·9 with s1 = 0, and the next s1 is s0 ^ s1 ^ s2 = 1.
        var stream = new RandomStream(5, 0, 4, 7);
        Assert.Equal(0UL, new RandomStream(5, 0, 4, 7).NextUInt64());
        var reference = new RandomStream(5, 0, 4, 7);
        reference.NextUInt64();
        reference.NextUInt64();
        stream.NextInt(3);
        Assert.Equal(reference.NextUInt64(), stream.NextUInt64());
    }

    [Fact]
    public void Integers_stay_below_their_bound() =>
        Gen.Select(Gen.Long, Gen.Int[1, int.MaxValue]).Sample((seed, bound) =>
        {
            var stream = RandomKey.FromSeed(seed).Open();
            for (var i = 0; i < 20; i++) Assert.InRange(stream.NextInt(bound), 0, bound - 1);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(int.MinValue)]
    public void A_bound_below_one_is_refused(int bound)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => RandomKey.FromSeed(1).Open().NextInt(bound));
        Assert.Equal(bound, error.ActualValue);
    }
}
