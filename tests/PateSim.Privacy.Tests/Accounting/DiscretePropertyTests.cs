using CsCheck;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Noise;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Accounting;

/// <summary>Relations that hold for integer noise at all votes, scales and orders.</summary>
public sealed class DiscretePropertyTests
{
    private static readonly Gen<int[]> Votes = Gen.Int[0, 30].Array[2, 4].Where(v => v.Sum() > 0);

    [Fact]
    public void Tails_of_the_discrete_gaussian_are_sums_of_its_masses() =>
        Gen.Select(Gen.Double[0.2, 12], Gen.Int[-40, 40]).Sample((sigma, k) =>
        {
            var tails = new DiscreteGaussianTails(sigma);
            var upper = Enumerable.Range(0, 400).Sum(i => DiscreteGaussianLaw.Mass(sigma * sigma, k + i));
            Assert.Equal(upper, Math.Exp(tails.LogUpper(k)), 1e-12);
            Assert.Equal(DiscreteGaussianLaw.Mass(sigma * sigma, k), Math.Exp(tails.LogMass(k)), 1e-13);
            Assert.Equal(1, Math.Exp(tails.LogUpper(k)) + Math.Exp(tails.LogLower(k - 1)), 1e-12);
        }, iter: 60);

    [Fact]
    public void Differences_of_two_draws_are_sums_over_both() =>
        Gen.Select(Gen.Double[0.3, 6], Gen.Int[0, 40]).Sample((scale, gap) =>
        {
            var (laplace, gaussian) = (0.0, 0.0);
            for (var y = -250; y <= 250; y++)
            {
                laplace += DiscreteLaplaceLaw.Mass(scale, y) * (1 - DiscreteLaplaceLaw.Cdf(scale, gap + y - 1));
                gaussian += Math.Exp(
                    new DiscreteGaussianTails(scale).LogMass(y) + new DiscreteGaussianTails(scale).LogUpper(gap + y));
            }
            Assert.Equal(laplace, Math.Exp(DiscreteRenyi.LaplaceDifferenceUpper(scale, gap)), 1e-10);
            Assert.Equal(gaussian, Math.Exp(new DiscreteGaussianTails(scale).LogDifferenceUpper(gap)), 1e-10);
        }, iter: 25);

    [Fact]
    public void Far_tails_neither_underflow_nor_become_no_number()
    {
        var tails = new DiscreteGaussianTails(2);
        Assert.InRange(tails.LogUpper(1e6), -1.26e11, -1.24e11);
        Assert.InRange(tails.LogDifferenceUpper(1e6), -6.3e10, -6.2e10);
        Assert.InRange(DiscreteRenyi.LaplaceDifferenceUpper(2, 1e6), -5.1e5, -4.9e5);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianTails(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianTails(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianTails(1e9));
    }

    [Fact]
    public void Exact_probabilities_of_the_discrete_gaussian_are_those_of_two_draws() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Double[0.5, 6]).Where(t => t.Item1 + t.Item2 > 0)
            .Sample((first, second, sigma) =>
            {
                var log = OutcomeProbabilities.Log(NoiseLaw.DiscreteGaussian, sigma, [first, second]);
                var gap = first - second;
                var tails = new DiscreteGaussianTails(sigma);
                // The lower class wins ties: it loses when the difference of the draws exceeds the gap.
                var loses = gap >= -1 ? tails.LogDifferenceUpper(gap + 1) : double.NaN;
                if (gap >= -1) Assert.Equal(Math.Exp(loses), Math.Exp(log[1]), 1e-10);
                Assert.Equal(1, log.Sum(Math.Exp), 1e-10);
            }, iter: 40);

    [Fact]
    public void Exact_costs_are_at_most_the_data_dependent_bounds_which_are_at_most_the_others() =>
        Gen.Select(Votes, Gen.Double[1.5, 12], Gen.Double[1.2, 25]).Sample((votes, scale, order) =>
        {
            foreach (var law in new[] { NoiseLaw.DiscreteLaplace, NoiseLaw.DiscreteGaussian })
            {
                var exact = new NeighbourRenyi(law, scale, votes, Adjacency.PatientReplaced);
                var logQ = law == NoiseLaw.DiscreteLaplace
                    ? DiscreteRenyi.LogQLaplace(votes, scale)
                    : DiscreteRenyi.LogQGaussian(votes, new DiscreteGaussianTails(scale).LogDifferenceUpper);
                Assert.True(OutcomeProbabilities.LogQ(exact.LogProbabilities, votes) <= logQ + 1e-8);
                var (bound, free) = law == NoiseLaw.DiscreteLaplace
                    ? (LaplaceMoments.Rdp(logQ, 2 / scale, order), LaplaceMoments.RdpDataIndependent(2 / scale, order))
                    : (GaussianRenyi.DataDependent(logQ, scale, order), GaussianRenyi.DataIndependent(scale, order));
                Assert.InRange(exact.Forward(order), 0, bound * (1 + 1e-6) + 1e-11);
                Assert.InRange(bound, 0, free * (1 + 1e-9));
                Assert.InRange(exact.Reverse(order), 0, free * (1 + 1e-6) + 1e-11);
            }
        }, iter: 40);

    [Fact]
    public void Exact_discrete_thresholds_are_at_most_their_bounds() =>
        Gen.Select(Gen.Int[0, 60], Gen.Double[1.5, 20], Gen.Double[0, 60], Gen.Double[1.2, 40])
            .Sample((largest, sigma, threshold, order) =>
            {
                var tails = new DiscreteGaussianTails(sigma);
                var (forward, reverse) = DiscreteRenyi.ThresholdExact(tails, threshold, order, largest, 0, 61);
                var free = ThresholdRenyi.DataIndependent(sigma, order);
                Assert.InRange(forward, 0, free * (1 + 1e-7) + 1e-11);
                Assert.InRange(reverse, 0, free * (1 + 1e-7) + 1e-11);
                var bound = GaussianRenyi.DataDependent(
                    DiscreteRenyi.Threshold(tails, threshold, largest).Min(), Math.Sqrt(2) * sigma, order);
                Assert.InRange(forward, 0, bound * (1 + 1e-7) + 1e-11);
            }, iter: 100);

    [Fact]
    public void A_threshold_just_above_a_whole_number_asks_for_the_next_one()
    {
        var tails = new DiscreteGaussianTails(3);
        Assert.Equal(tails.LogUpper(1), DiscreteRenyi.Threshold(tails, 1e-40, 0)[0]);
        Assert.Equal(tails.LogUpper(0), DiscreteRenyi.Threshold(tails, 1e-40, 1)[0]);
    }

    private static readonly Gen<PrivacyEvent> Event = Gen.Select(
        Gen.Int[0, 40].Array[2, 4].Where(v => v.Sum() > 0), Gen.Double[3, 60], Gen.Int[0, 5])
        .Select((votes, scale, kind) =>
        {
            var histogram = PrivateVotes.From(votes);
            return (PrivacyEvent)(kind < 4
                ? new NoisyArgmaxEvent((NoiseLaw)kind, scale, votes.Length, histogram.TeacherCount, histogram)
                : new NoisyThresholdEvent(
                    kind == 4 ? NoiseLaw.Gaussian : NoiseLaw.DiscreteGaussian, scale, 20, histogram.TeacherCount,
                    new PrivateScore(votes.Max())));
        });

    public static TheoryData<string> Accountants => new(AccountantCatalog.Default.Names);

    private static bool Cheap(IPrivacyAccountant accountant) => !accountant.IsCostly;

    /// <summary>Order and grouping, more answers, smaller deltas, permuted classes: for every accountant and every event
    /// that it knows.</summary>
    [Theory]
    [MemberData(nameof(Accountants))]
    public void Every_accountant_composes_in_any_order_and_is_monotone(string name)
    {
        var accountant = AccountantCatalog.Default[name].With().Instance;
        Gen.Select(Event.Array[2, 4], Gen.Double[-14, -1]).Sample((all, logDelta) =>
        {
            PrivacyEvent[] events = [.. all.Where(accountant.Supports)];
            if (events.Length < 2) return;
            var delta = Math.Exp(logDelta);
            double[] Of(IEnumerable<PrivacyEvent> run, double at) =>
                [.. accountant.Account(run, new AccountingTarget(at, Adjacency.PatientReplaced)).Select(e => e.Epsilon)];
            var here = Of(events, delta);
            var turned = Of([new ComposedEvent([.. events.Skip(1).Reverse()]), events[0]], delta);
            var fewer = Of(events.Skip(1), delta);
            var smaller = Of(events, delta / 10);
            var permuted = Of(events.Select(Turn), delta);
            for (var i = 0; i < here.Length; i++)
            {
                Assert.Equal(here[i], turned[i], 1e-9 * here[i] + 1e-12);
                Assert.True(fewer[i] <= here[i] * (1 + 1e-6) + 1e-9, $"{name}: {fewer[i]} of fewer, {here[i]} of all");
                Assert.True(smaller[i] >= here[i] * (1 - 1e-6) - 1e-9, $"{name}: {smaller[i]} at a smaller delta");
                Assert.Equal(here[i], permuted[i], 2e-6 * here[i] + 1e-8);
            }
        }, iter: Cheap(accountant) ? 12 : 3);
    }

    // Classes in another order. With discrete noise the tie rule breaks the symmetry of the exact law alone.
    private static PrivacyEvent Turn(PrivacyEvent privacyEvent) =>
        privacyEvent is NoisyArgmaxEvent { Law: NoiseLaw.Laplace or NoiseLaw.Gaussian, Votes: { } votes } argmax
            ? argmax with { Votes = PrivateVotes.From([.. votes.Counts.Reverse()]) }
            : privacyEvent;
}
