using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Renyi;

public sealed class SubsampledGaussianTests
{
    // Quadrature of the densities by subsampled_gaussian.py (SciPy 1.10.1), the larger of both directions.
    [Theory]
    [InlineData(0.01, 4, 2, 6.449425093756599e-06)]
    [InlineData(0.01, 4, 32, 0.00010526360659075821)]
    [InlineData(0.01, 1.1, 8, 0.0005840703355203086)]
    [InlineData(256 / 60000.0, 1.1, 16, 0.7918914327818923)]
    [InlineData(0.2, 2, 5, 0.03302446953775638)]
    [InlineData(0.5, 1, 3, 0.6968891185980441)]
    [InlineData(0.001, 0.7, 6, 2.726270435809882e-05)]
    public void The_divergence_is_that_of_the_densities(double rate, double noise, int order, double expected) =>
        Assert.Equal(1, SubsampledGaussianRenyi.Divergence(rate, noise, order) / expected, 1e-7);

    [Fact]
    public void Everyone_in_the_sample_gives_the_plain_Gaussian_and_no_one_nothing()
    {
        Assert.Equal(7 / (2 * 9.0), SubsampledGaussianRenyi.Divergence(1, 3, 7), 1e-14);
        Assert.Equal(0, SubsampledGaussianRenyi.Divergence(0, 3, 7));
        Assert.Equal(
            SubsampledGaussianRenyi.Divergence(1, 2, 9), SubsampledGaussianRenyi.Divergence(1 - 1e-12, 2, 9), 1e-9);
    }

    // M. Abadi et al. 2016, section 3.2: q = 0.01, σ = 4, δ = 1e-5 and T = 10,000 steps: (1.26, 1e-5) by the moments
    // accountant, with orders to 33 and the classic conversion; better conversion can only lower it.
    [Fact]
    public void The_example_of_the_moments_accountant_is_met()
    {
        var orders = Enumerable.Range(2, 32).ToArray();
        var classic = RenyiConversion.Classic(
            [.. orders.Select(a => (double)a)],
            [.. orders.Select(a => 10_000 * SubsampledGaussianRenyi.Divergence(0.01, 4, a))], 1e-5);
        Assert.Equal(1.26, classic.Epsilon, 0.005);
        Assert.InRange(SubsampledGaussianRenyi.Epsilon(0.01, 4, 10_000, 1e-5).Epsilon, 0.9, classic.Epsilon);
    }

    [Fact]
    public void Less_noise_more_steps_and_larger_samples_cost_more()
    {
        double Cost(double rate, double noise, long steps) =>
            SubsampledGaussianRenyi.Epsilon(rate, noise, steps, 1e-5).Epsilon;
        Assert.True(Cost(0.01, 1, 1000) > Cost(0.01, 1.1, 1000));
        Assert.True(Cost(0.01, 1, 1100) > Cost(0.01, 1, 1000));
        Assert.True(Cost(0.011, 1, 1000) > Cost(0.01, 1, 1000));
    }

    [Theory]
    [InlineData(0.016, 1280, 2.89)]
    [InlineData(1, 20, 0.5)]
    [InlineData(0.001, 100_000, 8)]
    public void The_noise_for_an_epsilon_meets_it_closely_and_never_exceeds_it(double rate, long steps, double epsilon)
    {
        var noise = SubsampledGaussianRenyi.NoiseFor(rate, steps, epsilon, 1e-5);
        Assert.InRange(SubsampledGaussianRenyi.Epsilon(rate, noise, steps, 1e-5).Epsilon, epsilon * 0.999, epsilon);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SubsampledGaussianRenyi.Divergence(1.1, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SubsampledGaussianRenyi.Divergence(0.1, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SubsampledGaussianRenyi.Divergence(0.1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SubsampledGaussianRenyi.NoiseFor(0.1, 10, 0, 1e-5));
    }
}
