using CsCheck;
using PateSim.Core.Randomness;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;
using PateSim.Privacy.Renyi;
using PateSim.Privacy.Smooth;

namespace PateSim.Privacy.Tests.Smooth;

public sealed class SmoothTests
{
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);

    [Theory]
    [InlineData(14, 0.0329, 6.23, 0.518, 1.607)]
    [InlineData(7.5, 0.0533, 4.88, 0.536, 0.634)]
    [InlineData(20.5, 0.0205, 11.9, 0.219, 0.417)]
    [InlineData(20, 0.01, 10, 0.228, 0.165)]
    public void The_release_costs_its_worst_case_and_not_the_published_figure(
        double order, double beta, double noise, double published, double worst)
    {
        Assert.Equal(published, SmoothReleaseCost.Published(beta, noise, order), 0.001);
        Assert.Equal(worst, SmoothReleaseCost.WorstCase(beta, noise, order), 0.001);
    }

    [Fact]
    public void No_allowed_pair_of_releases_diverges_more_than_the_worst_case() =>
        Gen.Select(Gen.Double[0.001, 0.03], Gen.Double[1, 12], Gen.Double[1.5, 15], Gen.Double[-1, 1], Gen.Double[0, 1])
            .Sample((beta, noise, order, ratio, shift) =>
            {
                var other = Math.Exp(ratio * beta);
                var divergence = OutcomeRenyi.Gaussians(0, noise, shift * Math.Min(1, other), noise * other, order);
                Assert.True(divergence <= SmoothReleaseCost.WorstCase(beta, noise, order) * (1 + 1e-9) + 1e-12);
            });

    [Fact]
    public void The_published_figure_is_exceeded_on_real_vote_functions()
    {
        // Two classes, 250 teachers, σ = 40, a = 14: true divergence 1.587 against .518 published.
        var smooth = new GnmaxSmoothSensitivity(40, 14, 2);
        (double F, double S) Of(int first) => (
            smooth.Cost(GaussianRenyi.LogQ([first, 250 - first], 40)),
            GnmaxSmoothSensitivity.Smooth(smooth.AtDistances([first, 250 - first]), 0.0329));
        var ((f0, s0), (f1, s1)) = (Of(178), Of(179));
        var true0 = OutcomeRenyi.Gaussians(f0, s0 * 6.23, f1, s1 * 6.23, 14);
        var true1 = OutcomeRenyi.Gaussians(f1, s1 * 6.23, f0, s0 * 6.23, 14);
        Assert.Equal(1.587, Math.Max(true0, true1), 0.002);
        Assert.True(Math.Max(true0, true1) <= SmoothReleaseCost.WorstCase(0.0329, 6.23, 14));
    }

    [Fact]
    public void Smooth_sensitivity_is_smooth_and_never_below_the_local_one()
    {
        const double beta = 0.03;
        var smooth = new GnmaxSmoothSensitivity(20, 8, 3);
        Assert.Equal((true, true), smooth.CheckConditions());
        double Of(int[] votes) => GnmaxSmoothSensitivity.Smooth(smooth.AtDistances(votes), beta);
        double Cost(int[] votes) => smooth.Cost(GaussianRenyi.LogQ(votes, 20));
        Gen.Int[0, 120].Array[3].Where(v => v.Sum() > 60).Sample(votes =>
        {
            int[] moved = [.. votes];
            var (from, to) = (Array.IndexOf(votes, votes.Max()), (Array.IndexOf(votes, votes.Max()) + 1) % 3);
            moved[from]--;
            moved[to]++;
            Assert.InRange(Of(moved) / Of(votes), Math.Exp(-beta) * (1 - 1e-9), Math.Exp(beta) * (1 + 1e-9));
            Assert.InRange(Math.Abs(Cost(moved) - Cost(votes)), 0, Math.Min(Of(votes), Of(moved)) * (1 + 1e-9) + 1e-15);
        });
    }

    [Fact]
    public void Smooth_sensitivity_falls_with_beta()
    {
        var distances = new GnmaxSmoothSensitivity(40, 14, 10).AtDistances([200, 30, 20, 0, 0, 0, 0, 0, 0, 0]);
        var previous = double.PositiveInfinity;
        foreach (var beta in new[] { 0.001, 0.01, 0.03, 0.1, 1 })
        {
            var smooth = GnmaxSmoothSensitivity.Smooth(distances, beta);
            Assert.True(smooth <= previous);
            previous = smooth;
        }
    }

    [Fact]
    public void Where_the_conditions_fail_few_classes_are_enumerated_and_many_are_refused()
    {
        Assert.Equal((true, false), new GnmaxSmoothSensitivity(20, 25, 10).CheckConditions());
        var many = PrivateVotes.From([250, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        var few = PrivateVotes.From([20, 0]);
        var parameters = new SanitisedParameters(25, 0.004, 10);
        var error = Assert.Throws<ArgumentException>(() => SanitisedRelease.Release(
            [new NoisyArgmaxEvent(NoiseLaw.Gaussian, 20, 10, 250, many)], parameters, Target, Source(0)));
        Assert.Contains("ensembles", error.Message, StringComparison.Ordinal);
        var entry = SanitisedRelease.Release(
            [new NoisyArgmaxEvent(NoiseLaw.Gaussian, 3, 2, 20, few)], new SanitisedParameters(4, 0.02, 5), Target,
            Source(0));
        Assert.True(entry.Releasable);
        Assert.True(entry.DataDependent);
    }

    [Fact]
    public void A_sanitised_epsilon_lies_around_the_true_cost_plus_that_of_the_release()
    {
        var votes = PrivateVotes.From([230, 15, 5]);
        PrivacyEvent[] run =
        [
            .. Enumerable.Repeat<PrivacyEvent>(new NoisyArgmaxEvent(NoiseLaw.Gaussian, 40, 3, 250, votes), 50),
            new NoisyThresholdEvent(NoiseLaw.Gaussian, 150, 200, 250, new PrivateScore(230)),
        ];
        var (rdp, distances) = SanitisedRelease.Cost(run, 14, Target);
        // Noise so small that it is never cut off at zero (a real release may not choose it by the votes).
        var noise = rdp / (8 * GnmaxSmoothSensitivity.Smooth(distances, 0.014));
        var parameters = new SanitisedParameters(14, 0.014, noise);
        var spread = rdp / 8;
        var centre = RenyiConversion.Improved(
            [14], [rdp + SmoothReleaseCost.WorstCase(0.014, noise, 14)], 1e-5).Epsilon;
        // The mean of 100 draws: 5.3 σ, false alarm below 2e-7.
        var mean = Enumerable.Range(0, 100)
            .Average(i => SanitisedRelease.Release(run, parameters, Target, Source(i)).Epsilon);
        Assert.InRange(mean - centre, -5.3 * spread / 10, 5.3 * spread / 10);
    }

    [Fact]
    public void An_order_too_large_for_beta_is_refused()
    {
        var votes = PrivateVotes.From([230, 15, 5]);
        var error = Assert.Throws<ArgumentException>(() => SanitisedRelease.Release(
            [new NoisyArgmaxEvent(NoiseLaw.Gaussian, 40, 3, 250, votes)], new SanitisedParameters(14, 0.04, 8), Target,
            Source(0)));
        Assert.Contains("beta", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lnmax_is_sanitised_by_enumeration()
    {
        var votes = PrivateVotes.From([38, 2]);
        var entry = SanitisedRelease.Release(
            [new NoisyArgmaxEvent(NoiseLaw.Laplace, 5, 2, 40, votes)], new SanitisedParameters(8, 0.02, 6), Target,
            Source(1));
        Assert.InRange(entry.Epsilon, 0, 10);
        Assert.Contains("simulation: no guarantee", entry.Note, StringComparison.Ordinal);
    }

    private static SeededNoise Source(int index) => new(RandomKey.FromSeed(8).Derive("release").Derive(index).Open());
}
