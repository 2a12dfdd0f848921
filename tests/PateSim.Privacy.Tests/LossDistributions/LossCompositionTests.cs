using System.Diagnostics;
using CsCheck;
using PateSim.Privacy.LossDistributions;
using PateSim.Privacy.Numerics;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.LossDistributions;

public sealed class LossCompositionTests
{
    private static double Epsilon(double delta, params (ReleaseLoss, long)[] releases) =>
        new LossComposition(releases).Epsilon(delta);

    [Fact]
    public void A_single_laplace_release_has_its_closed_form()
    {
        // δ(ε) = 1 − e^{(ε−ε₀)/2} for ε in [0, ε₀].
        foreach (var (epsilon0, delta) in new[] { (1.0, 1e-2), (0.05, 1e-3), (3, 0.4), (1, 1e-9) })
        {
            var exact = epsilon0 + 2 * Math.Log(1 - delta);
            var computed = Epsilon(delta, (new ReleaseLoss.Laplace(epsilon0), 1));
            Assert.InRange(computed - exact, -1e-12, 1e-4 * epsilon0);
        }
    }

    [Fact]
    public void A_single_coin_has_its_closed_form()
    {
        foreach (var delta in new[] { 1e-9, 1e-5, 0.1 })
            Assert.Equal(
                Math.Log(Math.E - delta * (1 + Math.E)), Epsilon(delta, (new ReleaseLoss.PureEpsilon(1), 1)), 1e-9);
    }

    [Fact]
    public void Many_coins_agree_with_the_binomial_sum()
    {
        // δ(ε) = Σ_j C(k,j) (e^{ε₀j} − e^{ε+ε₀(k−j)})₊/(1+e^{ε₀})^k: ε found by bisection.
        const int k = 40;
        const double epsilon0 = 0.2, delta = 1e-6;
        double Delta(double epsilon)
        {
            var sum = 0.0;
            for (var j = 0; j <= k; j++)
            {
                var log = MathNet.Numerics.SpecialFunctions.BinomialLn(k, j) - k * Math.Log(1 + Math.Exp(epsilon0));
                sum += Math.Max(0, Math.Exp(log + epsilon0 * j) - Math.Exp(log + epsilon + epsilon0 * (k - j)));
            }
            return sum;
        }
        var (low, high) = (0.0, k * epsilon0);
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (Delta(middle) > delta) low = middle;
            else high = middle;
        }
        Assert.InRange(Epsilon(delta, (new ReleaseLoss.PureEpsilon(epsilon0), k)) - high, -1e-10, 1e-5);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.35)]
    [InlineData(2)]
    [InlineData(10)]
    public void Gaussian_runs_agree_with_the_closed_form_from_above(double mu)
    {
        foreach (var delta in new[] { 0.1, 1e-5, 1e-12 })
        {
            var exact = GaussianDp.Epsilon(mu, delta);
            Assert.InRange(Epsilon(delta, (new ReleaseLoss.Gaussian(mu), 1)) - exact, -1e-12, 2e-4 * exact + 1e-6);
            Assert.InRange(
                Epsilon(delta, (new ReleaseLoss.Gaussian(mu / 10), 100)) - exact, -1e-12, 2e-4 * exact + 1e-6);
        }
    }

    [Fact]
    public void Discrete_gaussian_noise_costs_what_gaussian_noise_does_when_it_is_wide() =>
        Assert.Equal(
            GaussianDp.Epsilon(Math.Sqrt(200) / 40, 1e-5),
            Epsilon(1e-5, (new ReleaseLoss.DiscreteGaussian(40), 200)), 1e-3);

    [Fact]
    public void A_mixture_lies_between_its_larger_part_and_the_sum()
    {
        var gaussian = Epsilon(1e-5, (new ReleaseLoss.Gaussian(0.5), 1));
        var laplace = Epsilon(1e-5, (new ReleaseLoss.Laplace(0.05), 200));
        var both = Epsilon(1e-5, (new ReleaseLoss.Gaussian(0.5), 1), (new ReleaseLoss.Laplace(0.05), 200));
        Assert.InRange(both, Math.Max(gaussian, laplace), gaussian + laplace);
        Assert.Equal(
            both, Epsilon(1e-5, (new ReleaseLoss.Laplace(0.05), 200), (new ReleaseLoss.Gaussian(0.5), 1)), 1e-9);
    }

    [Fact]
    public void Epsilon_grows_with_the_count_and_falls_with_delta()
    {
        var previous = 0.0;
        foreach (var count in new long[] { 1, 2, 3, 10, 50, 200, 1000 })
        {
            var epsilon = Epsilon(1e-5, (new ReleaseLoss.Laplace(0.1), count));
            Assert.True(epsilon > previous);
            Assert.True(epsilon <= 0.1 * count);
            previous = epsilon;
        }
        foreach (var delta in new[] { 1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-14 })
        {
            var epsilon = Epsilon(delta, (new ReleaseLoss.Laplace(0.1), 200));
            Assert.True(epsilon > (delta == 1e-2 ? 0 : previous));
            previous = epsilon;
        }
    }

    [Fact]
    public void Ten_thousand_answers_take_less_than_a_second()
    {
        var watch = Stopwatch.StartNew();
        var epsilon = Epsilon(1e-5, (new ReleaseLoss.Laplace(0.05), 20_000));
        // Measured at 0.3 s optimised; the limit here allows for a debug build on a busy machine.
        Assert.True(watch.Elapsed.TotalSeconds < 10, watch.Elapsed.ToString());
        Assert.InRange(epsilon, 53.70, 53.71);
    }

    [Fact]
    public void No_release_costs_nothing() => Assert.Equal(0, new LossComposition([]).Epsilon(1e-5));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Parameters_that_are_none_are_refused(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReleaseLoss.Laplace(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReleaseLoss.Gaussian(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReleaseLoss.PureEpsilon(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReleaseLoss.DiscreteGaussian(value));
    }

    /// <summary>Few coins of unlike bias: the largest loss is then likelier than many a delta, and lies between grid
    /// points.</summary>
    [Fact]
    public void Few_unlike_coins_are_bounded_closely_at_every_delta() =>
        Gen.Select(Gen.Double[0.01, 0.4].Array[1, 5], Gen.Double[-12, -1]).Sample((epsilons, logDelta) =>
        {
            var delta = Math.Exp(logDelta);
            var composed = new LossComposition(
                [.. epsilons.Select(epsilon => ((ReleaseLoss)new ReleaseLoss.PureEpsilon(epsilon), 1L))]);
            var exact = RootFinding.FirstTrue(0, epsilons.Sum(), epsilon => DeltaOfCoins(epsilons, epsilon) <= delta);
            Assert.InRange(composed.Epsilon(delta), exact - 1e-9, exact + 0.01 * epsilons.Sum());
        }, iter: 100);

    // Sums over all outcomes of the coins.
    private static double DeltaOfCoins(double[] epsilons, double epsilon)
    {
        var delta = 0.0;
        for (var outcome = 0; outcome < 1 << epsilons.Length; outcome++)
        {
            var (mass, loss) = (1.0, 0.0);
            for (var i = 0; i < epsilons.Length; i++)
            {
                var signed = (outcome >> i & 1) == 1 ? epsilons[i] : -epsilons[i];
                mass /= 1 + Math.Exp(-signed);
                loss += signed;
            }
            if (loss > epsilon) delta -= mass * LogSpace.ExpM1(epsilon - loss);
        }
        return delta;
    }
}
