using System.Numerics;
using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Tests.Noise;

/// <summary>Samplers fed with given bits, and laws checked by summing: no statistics.</summary>
public sealed class NoiseTests
{
    private sealed class Bits(params ulong[] bits) : INoiseSource
    {
        public int Used { get; private set; }

        public NoiseKind Kind => NoiseKind.SeededSimulation;

        public ulong NextUInt64() => bits[Used++];
    }

    private const ulong Half = 1UL << 63;

    [Fact]
    public void Laplace_noise_inverts_the_law_and_takes_its_sign_from_the_lowest_bit()
    {
        Assert.Equal(20 * Math.Log(2), ContinuousNoise.Laplace(new Bits(Half), 20), 1e-12);
        Assert.Equal(-20 * Math.Log(2), ContinuousNoise.Laplace(new Bits(Half + 1), 20), 1e-12);
        Assert.Equal(20 * 53 * Math.Log(2), ContinuousNoise.Laplace(new Bits(0), 20), 1e-9);
        Assert.InRange(ContinuousNoise.Laplace(new Bits(ulong.MaxValue - 1), 20), 1e-16, 1e-13);
    }

    [Fact]
    public void Gaussian_noise_takes_pairs_until_one_lies_in_the_disc()
    {
        // u = ½, v = 0; before it u = v ≈ 1, outside.
        var bits = new Bits(ulong.MaxValue, ulong.MaxValue, Half + Half / 2, Half);
        Assert.Equal(3 * 0.5 * Math.Sqrt(-2 * Math.Log(0.25) / 0.25), ContinuousNoise.Gaussian(bits, 3), 1e-9);
        Assert.Equal(4, bits.Used);
        // u = −½, v = ½.
        Assert.Equal(
            -0.5 * Math.Sqrt(-2 * Math.Log(0.5) / 0.5),
            ContinuousNoise.Gaussian(new Bits(Half / 2, Half + Half / 2), 1), 1e-9);
        // u = 0, v ≈ 1: s is just below 1.
        var edge = new Bits(Half, ulong.MaxValue);
        Assert.Equal(0, ContinuousNoise.Gaussian(edge, 1), 1e-7);
    }

    [Fact]
    public void Whole_numbers_below_a_bound_reject_what_is_too_large()
    {
        var bits = new Bits(7, 6, 5, 8 + 4);
        Assert.Equal(4, new ExactRandom(bits).Below(5));
        Assert.Equal(4, bits.Used);
        Assert.Equal(0, new ExactRandom(new Bits(ulong.MaxValue)).Below(1));
        Assert.Equal(7, new ExactRandom(new Bits(15)).Below(8));
        // 63 bits in one draw, 64 and 70 from the upper bits of one and of two.
        Assert.Equal((BigInteger)(Half - 1), new ExactRandom(new Bits(ulong.MaxValue)).Below(Half));
        Assert.Equal((BigInteger)Half, new ExactRandom(new Bits(ulong.MaxValue, Half)).Below((BigInteger)Half + 1));
        var two = new Bits(3, 5UL << 58);
        Assert.Equal(3 * 64 + 5, new ExactRandom(two).Below(BigInteger.Pow(2, 70)));
        Assert.Equal(2, two.Used);
    }

    [Fact]
    public void A_coin_is_the_lowest_bit()
    {
        var random = new ExactRandom(new Bits(1, 2, 3));
        Assert.Equal([true, false, true], new[] { random.Coin(), random.Coin(), random.Coin() });
    }

    [Fact]
    public void The_exponential_coin_counts_trials()
    {
        // e⁰: the first trial fails at once. e⁻¹: trial 1 succeeds always; trial 2 of ½, trial 3 of ⅓ by the draws.
        Assert.True(new ExactRandom(new Bits(0)).ExpMinus(0, 1));
        Assert.False(new ExactRandom(new Bits(0, 1)).ExpMinus(1, 1));
        Assert.True(new ExactRandom(new Bits(0, 0, 1)).ExpMinus(1, 1));
        Assert.False(new ExactRandom(new Bits(0, 0, 0, 3)).ExpMinus(1, 1));
        // e^{−1/2}: a draw below 2 that is 0 goes on, one that is 1 ends.
        Assert.True(new ExactRandom(new Bits(1)).ExpMinus(1, 2));
        Assert.False(new ExactRandom(new Bits(0, 1)).ExpMinus(1, 2));
        // e^{−2}: both halves have to hold.
        Assert.False(new ExactRandom(new Bits(0, 1)).ExpMinus(2, 1));
        var both = new Bits(0, 0, 1, 0, 0, 1);
        Assert.True(new ExactRandom(both).ExpMinus(2, 1));
        Assert.Equal(6, both.Used);
        Assert.False(new ExactRandom(new Bits(0, 0, 1, 0, 1)).ExpMinus(2, 1));
        // e^{−3/2}: one whole and a half.
        Assert.True(new ExactRandom(new Bits(0, 0, 1, 1)).ExpMinus(3, 2));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(20)]
    [InlineData(1.5)]
    [InlineData(1e300)]
    [InlineData(4.9406564584124654e-324)]
    [InlineData(2.2250738585072014e-308)]
    [InlineData(9007199254740993.0)]
    public void A_double_is_the_fraction_that_it_stands_for(double value)
    {
        var fraction = ExactFraction.Of(value);
        var shift = (int)Math.Max(0, fraction.Denominator.GetBitLength() - 1);
        Assert.Equal(BigInteger.One << shift, fraction.Denominator);
        Assert.True(fraction.Denominator.IsOne || !fraction.Numerator.IsEven);
        Assert.Equal(value, Math.ScaleB((double)fraction.Numerator, -shift));
        var square = fraction.Squared();
        Assert.Equal(fraction.Numerator * fraction.Numerator, square.Numerator);
        Assert.Equal(fraction.Denominator * fraction.Denominator, square.Denominator);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(5)]
    public void The_discrete_laplace_law_sums_up(double scale)
    {
        var (sum, square) = (0.0, 0.0);
        for (var x = -400; x <= 400; x++)
        {
            var mass = DiscreteLaplaceLaw.Mass(scale, x);
            Assert.Equal(Math.Exp(-Math.Abs(x) / scale) * DiscreteLaplaceLaw.Mass(scale, 0), mass, 1e-15);
            sum += mass;
            square += (double)x * x * mass;
            Assert.Equal(sum, DiscreteLaplaceLaw.Cdf(scale, x), 1e-12);
        }
        Assert.Equal(1, sum, 1e-12);
        Assert.Equal(square, DiscreteLaplaceLaw.Variance(scale), 1e-9);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(30)]
    public void The_discrete_gaussian_law_sums_up(double variance)
    {
        var (sum, square) = (0.0, 0.0);
        for (var x = -200; x <= 200; x++)
        {
            var mass = DiscreteGaussianLaw.Mass(variance, x);
            Assert.Equal(Math.Exp(-x * x / (2 * variance)) * DiscreteGaussianLaw.Mass(variance, 0), mass, 1e-15);
            sum += mass;
            square += (double)x * x * mass;
        }
        Assert.Equal(1, sum, 1e-12);
        Assert.Equal(square, DiscreteGaussianLaw.Variance(variance), 1e-9);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 2.5)]
    public void Shares_have_their_mean_and_one_partys_difference_is_discrete_laplace(int parties, double scale)
    {
        var (sum, mean) = (0.0, 0.0);
        for (var x = 0; x < 400; x++)
        {
            sum += PolyaShareLaw.Mass(parties, scale, x);
            mean += x * PolyaShareLaw.Mass(parties, scale, x);
        }
        Assert.Equal(1, sum, 1e-9);
        Assert.Equal(mean, PolyaShareLaw.Mean(parties, scale), 1e-9);
        Assert.Equal(DiscreteLaplaceLaw.Variance(scale) / parties, PolyaShareLaw.ShareVariance(parties, scale), 1e-12);
        if (parties > 1) return;
        var difference = Enumerable.Range(0, 300).Sum(
            k => PolyaShareLaw.Mass(1, scale, k) * PolyaShareLaw.Mass(1, scale, k + 2));
        Assert.Equal(DiscreteLaplaceLaw.Mass(scale, 2), difference, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Discrete_noise_without_a_scale_is_refused(double scale)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteNoise.Laplace(new Bits(), scale));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteNoise.Gaussian(new Bits(), scale));
    }

    [Theory]
    [InlineData(NoiseLaw.Laplace, true, false)]
    [InlineData(NoiseLaw.Gaussian, false, false)]
    [InlineData(NoiseLaw.DiscreteLaplace, true, true)]
    [InlineData(NoiseLaw.DiscreteGaussian, false, true)]
    public void The_noise_on_votes_knows_its_law(NoiseLaw law, bool laplace, bool exact)
    {
        var noise = new VoteNoise(law, 3);
        Assert.Equal((laplace, exact), (noise.IsLaplace, noise.IsExact));
        var none = new VoteNoise(law, 0);
        Assert.True(none.IsExact);
        Assert.Equal(0, none.Draw(new Bits()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VoteNoise(law, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VoteNoise(law, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VoteNoise(law, double.PositiveInfinity));
    }

    [Fact]
    public void The_noise_on_votes_draws_from_its_law()
    {
        Assert.Equal(3 * Math.Log(2), new VoteNoise(NoiseLaw.Laplace, 3).Draw(new Bits(Half)), 1e-12);
        Assert.Equal(
            3 * 0.5 * Math.Sqrt(-2 * Math.Log(0.25) / 0.25),
            new VoteNoise(NoiseLaw.Gaussian, 3).Draw(new Bits(Half + Half / 2, Half)), 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => new VoteNoise((NoiseLaw)9, 1));
    }

    [Fact]
    public void Discrete_laplace_noise_is_the_whole_part_of_a_geometric_number()
    {
        // Scale 3: u = 2 of 3 passes e^{−2/3} at once, two more passes of e⁻¹ are counted, then one fails: 2 + 3·2 = 8.
        ulong[] pass = [0, 0, 1], fail = [0, 1];
        Assert.Equal(8, DiscreteNoise.Laplace(new Bits([2, 2, .. pass, .. pass, .. fail, 0]), 3));
        Assert.Equal(-8, DiscreteNoise.Laplace(new Bits([2, 2, .. pass, .. pass, .. fail, 1]), 3));
        // Minus zero is drawn anew.
        Assert.Equal(1, DiscreteNoise.Laplace(new Bits([0, 0, .. fail, 1, 1, 1, .. fail, 0]), 3));
        // Scale 3/2: (u + 3v)/2.
        Assert.Equal(2, DiscreteNoise.Laplace(new Bits([2, 2, .. pass, .. fail, 0]), 1.5));
    }

    [Fact]
    public void The_operating_systems_noise_never_repeats_itself()
    {
        var source = new OperatingSystemNoise();
        Assert.Equal(200, Enumerable.Range(0, 200).Select(_ => source.NextUInt64()).Distinct().Count());
        Assert.NotEqual(
            new OperatingSystemNoiseOrigin().Open("q").NextUInt64(), new OperatingSystemNoiseOrigin().Open("q").NextUInt64());
        Assert.Equal(NoiseKind.OperatingSystem, new OperatingSystemNoiseOrigin().Kind);
        Assert.Equal("operating system generator", NoiseKind.OperatingSystem.Describe());
        Assert.Equal("simulation: no guarantee", NoiseKind.SeededSimulation.Describe());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((NoiseKind)5).Describe());
    }
}
