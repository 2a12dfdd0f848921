using System.Numerics;
using MathNet.Numerics.Distributions;
using PateSim.Core.Randomness;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Tests.Noise;

/// <summary>Fixed keys; each test would raise a false alarm for one key in a million or fewer.</summary>
[Trait("Category", "Statistical")]
public sealed class SamplerTests
{
    private const double FalseAlarm = 1e-6;
    private const int Draws = 40_000;

    private static SeededNoise Source(string name) => new(RandomKey.FromSeed(20).Derive(name).Open());

    [Theory]
    [InlineData(20)]
    [InlineData(1.5)]
    [InlineData(0.3)]
    public void Discrete_laplace_has_its_law(double scale)
    {
        var source = Source("discrete laplace");
        AssertLaw(() => (long)DiscreteNoise.Laplace(source, scale), x => DiscreteLaplaceLaw.Mass(scale, x));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1.5)]
    [InlineData(0.4)]
    public void Discrete_gaussian_has_its_law(double sigma)
    {
        var source = Source("discrete gaussian");
        AssertLaw(() => (long)DiscreteNoise.Gaussian(source, sigma), x => DiscreteGaussianLaw.Mass(sigma * sigma, x));
    }

    [Fact]
    public void Continuous_laplace_has_its_law()
    {
        var (source, law) = (Source("laplace"), new Laplace(0, 20));
        AssertUniform(() => law.CumulativeDistribution(ContinuousNoise.Laplace(source, 20)));
    }

    [Fact]
    public void Continuous_gaussian_has_its_law()
    {
        var source = Source("gaussian");
        AssertUniform(() => Normal.CDF(0, 40, ContinuousNoise.Gaussian(source, 40)));
    }

    [Fact]
    public void The_operating_system_source_gives_the_same_law()
    {
        // Not reproducible: with 20,000 coins a deviation beyond 6 σ has probability 2e-9.
        var source = new OperatingSystemNoise();
        Assert.Equal(NoiseKind.OperatingSystem, source.Kind);
        var positive = 0;
        for (var i = 0; i < 20_000; i++) positive += ContinuousNoise.Laplace(source, 1) > 0 ? 1 : 0;
        Assert.InRange(positive, 10_000 - 425, 10_000 + 425);
    }

    [Fact]
    public void Uniform_integers_beyond_64_bits_are_uniform()
    {
        var random = new ExactRandom(Source("wide"));
        var bound = BigInteger.Pow(3, 60);
        var tally = new int[9];
        for (var i = 0; i < Draws; i++) tally[(int)(random.Below(bound) * 9 / bound)]++;
        AssertFit(tally, [.. Enumerable.Repeat(Draws / 9.0, 9)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scales_that_are_none_are_refused(double scale)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteNoise.Laplace(Source("x"), scale));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteNoise.Gaussian(Source("x"), scale));
    }

    [Fact]
    public void Fractions_are_the_exact_value_of_a_double()
    {
        foreach (var value in new[] { 20, 0.1, 1e300, 1e-310, 3.75, double.Epsilon, double.MaxValue })
        {
            var fraction = ExactFraction.Of(value);
            var log = BigInteger.Log(fraction.Numerator) - BigInteger.Log(fraction.Denominator);
            Assert.Equal(value, Math.Exp(log), value * 1e-12);
        }
        Assert.Equal(new ExactFraction(15, 4), ExactFraction.Of(3.75));
    }

    // χ² over the integers whose expected number is at least 20, with both tails as one cell each.
    private static void AssertLaw(Func<long> draw, Func<long, double> mass)
    {
        var reach = 0L;
        while (mass(reach + 1) * Draws >= 20) reach++;
        var observed = new int[2 * reach + 3];
        for (var i = 0; i < Draws; i++) observed[Math.Clamp(draw(), -reach - 1, reach + 1) + reach + 1]++;
        var expected = new double[observed.Length];
        for (var x = -reach; x <= reach; x++) expected[x + reach + 1] = Draws * mass(x);
        expected[0] = expected[^1] = (Draws - expected.Sum()) / 2;
        AssertFit(observed, expected);
    }

    private static void AssertUniform(Func<double> draw)
    {
        var observed = new int[100];
        for (var i = 0; i < Draws; i++) observed[Math.Min(99, (int)(100 * draw()))]++;
        AssertFit(observed, [.. Enumerable.Repeat(Draws / 100.0, 100)]);
    }

    private static void AssertFit(int[] observed, double[] expected)
    {
        var statistic = observed.Zip(expected, (o, e) => (o - e) * (o - e) / e).Sum();
        var limit = ChiSquared.InvCDF(observed.Length - 1, 1 - FalseAlarm);
        Assert.True(statistic < limit, $"χ² = {statistic}, limit {limit}, cells {observed.Length}");
    }
}
