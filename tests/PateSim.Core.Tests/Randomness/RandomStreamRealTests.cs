using PateSim.Core.Randomness;
using PateSim.Core.Tests.Support;

namespace PateSim.Core.Tests.Randomness;

/// <summary>Real draws. Each statistical test has a fixed key and a false-alarm probability of at most 1e-8.</summary>
public sealed class RandomStreamRealTests
{
    private const int Draws = 200_000;

    [Fact]
    public void Units_agree_with_the_independent_implementation()
    {
        var (unit, open) = (RandomKey.FromSeed(3).Open(), RandomKey.FromSeed(3).Open());
        double[] units = [0.48470962553838237, 0.982518919282271, 0.24697305590521335];
        double[] opens = [0.48470962553838237, 0.9825189192822711, 0.24697305590521335];
        Assert.Equal(units, units.Select(_ => unit.NextUnit()));
        Assert.Equal(opens, opens.Select(_ => open.NextOpenUnit()));
    }

    [Fact]
    public void Units_lie_on_their_grids()
    {
        var (bits, unit, open) = (Stream(), Stream(), Stream());
        for (var i = 0; i < 10_000; i++)
        {
            var drawn = bits.NextUInt64();
            Assert.Equal(drawn >> 11, Math.ScaleB(unit.NextUnit(), 53));
            Assert.Equal(2 * (drawn >> 12) + 1, Math.ScaleB(open.NextOpenUnit(), 53));
        }
        static RandomStream Stream() => RandomKey.FromSeed(4).Open();
    }

    [Fact]
    public void The_ends_of_both_ranges_are_exact()
    {
        // result = rotl(5 s1, 7)·9 is invertible: s1 = rotr(result / 9, 7) / 5 modulo 2^64.
        Assert.Equal(0.0, First(0).NextUnit());
        Assert.Equal(1 - Math.ScaleB(1, -53), First(ulong.MaxValue).NextUnit());
        Assert.Equal(Math.ScaleB(1, -53), First(0).NextOpenUnit());
        Assert.Equal(1 - Math.ScaleB(1, -53), First(ulong.MaxValue).NextOpenUnit());

        static RandomStream First(ulong result)
        {
            var s1 = unchecked(ulong.RotateRight(result * Inverse(9), 7) * Inverse(5));
            Assert.Equal(result, new RandomStream(1, s1, 0, 0).NextUInt64());
            return new RandomStream(1, s1, 0, 0);
        }
        static ulong Inverse(ulong odd)
        {
            var inverse = odd;
            for (var i = 0; i < 6; i++) inverse = unchecked(inverse * (2 - odd * inverse));
            return inverse;
        }
    }

    [Fact]
    public void Units_are_uniform()
    {
        var stream = RandomKey.FromSeed(10).Open();
        Statistics.AssertFollows(Sample(stream.NextUnit), x => x);
        Statistics.AssertFollows(Sample(stream.NextOpenUnit), x => x);
    }

    [Fact]
    public void Gaussians_agree_with_the_independent_implementation()
    {
        var stream = RandomKey.FromSeed(13).Open();
        double[] expected = [1.195949588429448, -0.28330905910485926, 1.2578728285746283, 1.7209918450600068];
        Assert.All(expected, value => Assert.Equal(value, stream.NextGaussian(), 1e-14));
    }

    [Fact]
    public void Gaussians_follow_the_normal_law()
    {
        var stream = RandomKey.FromSeed(11).Open();
        Statistics.AssertFollows(Sample(stream.NextGaussian), NormalCdf);
    }

    [Fact]
    public void Gaussians_have_the_moments_of_the_normal_law()
    {
        var stream = RandomKey.FromSeed(12).Open();
        var sample = Sample(stream.NextGaussian);
        // The k-th sample moment has variance (E x^2k − (E x^k)²) / n: 1, 2, 15, 96. Six standard deviations each
        // (2e-9 for a normal tail, two-sided).
        Within(0, 1, 1);
        Within(1, 2, 2);
        Within(0, 15, 3);
        Within(3, 96, 4);

        void Within(double expected, double variance, int power)
        {
            var margin = 6 * Math.Sqrt(variance / Draws);
            Assert.InRange(sample.Average(x => Math.Pow(x, power)), expected - margin, expected + margin);
        }
    }

    [Fact]
    public void The_two_gaussians_of_a_pair_are_uncorrelated()
    {
        var stream = RandomKey.FromSeed(14).Open();
        double product = 0, squares = 0;
        for (var i = 0; i < Draws; i++)
        {
            var (a, b) = (stream.NextGaussian(), stream.NextGaussian());
            product += a * b;
            squares += (a * a - 1) * (b * b - 1);
        }
        // Variances of the summands: 1 and 4; six standard deviations.
        Assert.InRange(product, -6 * Math.Sqrt(Draws), 6 * Math.Sqrt(Draws));
        Assert.InRange(squares, -12 * Math.Sqrt(Draws), 12 * Math.Sqrt(Draws));
    }

    private static double[] Sample(Func<double> draw)
    {
        var sample = new double[Draws];
        for (var i = 0; i < Draws; i++) sample[i] = draw();
        return sample;
    }

    // Φ by the series x + x³/3 + x⁵/(3·5) + …, exact to 1e-14 within |x| < 6.5; independent of the library.
    private static double NormalCdf(double x)
    {
        if (Math.Abs(x) > 6.5) return x < 0 ? 0 : 1;
        double term = x, sum = x;
        for (var k = 3; Math.Abs(term) > 1e-18; k += 2)
        {
            term *= x * x / k;
            sum += term;
        }
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
