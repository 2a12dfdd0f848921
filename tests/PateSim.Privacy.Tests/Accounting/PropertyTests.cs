using CsCheck;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Accounting;

/// <summary>Relations that hold for all votes, scales and orders.</summary>
public sealed class PropertyTests
{
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);
    private static readonly Gen<int[]> Votes = Gen.Int[0, 300].Array[2, 8].Where(votes => votes.Any(n => n > 0));
    private static readonly Gen<double> Scale = Gen.Double[0.5, 100];
    private static readonly Gen<double> Order = Gen.Double[1.05, 200];

    private const double Tolerance = 1 + 1e-9;

    [Fact]
    public void Data_dependent_costs_are_at_most_the_data_independent_ones() =>
        Gen.Select(Votes, Scale, Order).Sample((votes, scale, order) =>
        {
            var gaussian = GaussianRenyi.DataDependent(GaussianRenyi.LogQ(votes, scale), scale, order);
            Assert.InRange(gaussian, 0, GaussianRenyi.DataIndependent(scale, order) * Tolerance);
            var laplace = LaplaceMoments.Rdp(LaplaceMoments.LogQ(votes, 1 / scale), 2 / scale, order);
            Assert.InRange(laplace, 0, LaplaceMoments.RdpDataIndependent(2 / scale, order) * Tolerance);
            Assert.InRange(
                ThresholdRenyi.Bound(150, scale, votes.Max(), order), 0,
                ThresholdRenyi.DataIndependent(scale, order) * Tolerance);
        });

    [Fact]
    public void Exact_costs_are_at_most_their_bounds() =>
        Gen.Select(Gen.Int[0, 60].Array[2, 5].Where(v => v.Sum() > 0), Gen.Double[2, 40], Gen.Double[1.1, 40])
            .Sample((votes, scale, order) =>
            {
                var gaussian = new NeighbourRenyi(NoiseLaw.Gaussian, scale, votes, Adjacency.PatientReplaced);
                var bound = GaussianRenyi.DataDependent(GaussianRenyi.LogQ(votes, scale), scale, order);
                Assert.InRange(gaussian.Forward(order), 0, bound * (1 + 1e-6) + 1e-12);
                Assert.InRange(
                    gaussian.Reverse(order), 0, GaussianRenyi.DataIndependent(scale, order) * (1 + 1e-6) + 1e-12);
                Assert.InRange(
                    OutcomeProbabilities.LogQ(gaussian.LogProbabilities, votes), double.NegativeInfinity,
                    GaussianRenyi.LogQ(votes, scale) + 1e-7);
                var laplace = new NeighbourRenyi(NoiseLaw.Laplace, scale, votes, Adjacency.PatientReplaced);
                var logQ = LaplaceMoments.LogQ(votes, 1 / scale);
                Assert.InRange(
                    laplace.Forward(order), 0, LaplaceMoments.Rdp(logQ, 2 / scale, order) * (1 + 1e-6) + 1e-12);
                Assert.InRange(laplace.LargestLogRatio, 0, 2 / scale * (1 + 1e-9) + 1e-11);
                var discrete = new NeighbourRenyi(NoiseLaw.DiscreteLaplace, scale, votes, Adjacency.PatientReplaced);
                Assert.InRange(discrete.LargestLogRatio, 0, 2 / scale * (1 + 1e-9) + 1e-11);
            }, iter: 60);

    [Fact]
    public void Exact_threshold_costs_are_at_most_the_data_independent_ones() =>
        Gen.Select(Gen.Int[0, 250], Gen.Double[1, 200], Order, Gen.Double[0, 250]).Sample((largest, sigma, order, t) =>
        {
            var (forward, reverse) = ThresholdRenyi.Exact(t, sigma, order, largest, 0, 250);
            var independent = ThresholdRenyi.DataIndependent(sigma, order);
            Assert.InRange(forward, 0, independent * (1 + 1e-7) + 1e-13);
            Assert.InRange(reverse, 0, independent * (1 + 1e-7) + 1e-13);
            var bound = ThresholdRenyi.Bound(t, sigma, largest, order);
            Assert.InRange(forward, 0, bound * (1 + 1e-7) + 1e-13);
        });

    [Fact]
    public void Outcome_probabilities_sum_to_one() =>
        Gen.Select(Gen.Int[0, 200].Array[2, 6].Where(v => v.Sum() > 0), Gen.Double[0.5, 60]).Sample((votes, scale) =>
        {
            foreach (var law in new[] { NoiseLaw.Gaussian, NoiseLaw.Laplace, NoiseLaw.DiscreteLaplace })
            {
                // The likeliest is set to one minus the rest: the rest must leave it the largest.
                var logs = OutcomeProbabilities.Log(law, scale, votes);
                Assert.Equal(1, logs.Sum(Math.Exp), 1e-9);
                Assert.Equal(votes.Max(), votes[Array.IndexOf(logs, logs.Max())]);
            }
        }, iter: 30);

    [Fact]
    public void Improved_conversion_is_at_most_the_classic_one() =>
        Gen.Select(Gen.Double[1e-6, 5], Gen.Double[-30, -0.1]).Sample((slope, logDelta) =>
        {
            var orders = RenyiOrders.Default.AsSpan();
            double[] rdp = [.. RenyiOrders.Default.Select(a => a * slope)];
            var delta = Math.Exp(logDelta);
            Assert.True(
                RenyiConversion.Improved(orders, rdp, delta).Epsilon
                <= RenyiConversion.Classic(orders, rdp, delta).Epsilon * Tolerance);
        });

    [Fact]
    public void Exact_gaussian_epsilon_is_at_most_the_renyi_one() =>
        Gen.Select(Gen.Double[0.01, 8], Gen.Double[-30, -2]).Sample((mu, logDelta) =>
        {
            double[] rdp = [.. RenyiOrders.Default.Select(a => a * mu * mu / 2)];
            var delta = Math.Exp(logDelta);
            Assert.True(
                GaussianDp.Epsilon(mu, delta)
                <= RenyiConversion.Improved(RenyiOrders.Default.AsSpan(), rdp, delta).Epsilon + 1e-9);
        });

    [Fact]
    public void Delta_and_epsilon_of_the_improved_conversion_are_inverse() =>
        Gen.Select(Gen.Double[0.001, 1], Gen.Double[-25, -5]).Sample((slope, logDelta) =>
        {
            var orders = RenyiOrders.Default.AsSpan();
            double[] rdp = [.. RenyiOrders.Default.Select(a => a * slope)];
            var epsilon = RenyiConversion.Improved(orders, rdp, Math.Exp(logDelta)).Epsilon;
            Assert.Equal(logDelta, Math.Log(RenyiConversion.ImprovedDelta(orders, rdp, epsilon).Delta), 1e-6);
        });

    [Fact]
    public void Permuting_classes_and_adding_votes_to_all_of_them_changes_nothing() =>
        Gen.Select(Votes, Scale, Gen.Int[0, 1000], Gen.Int[0, 7]).Sample((votes, scale, shift, turn) =>
        {
            int[] changed = [.. votes.Select((_, j) => votes[(j + turn) % votes.Length] + shift)];
            Assert.Equal(GaussianRenyi.LogQ(votes, scale), GaussianRenyi.LogQ(changed, scale), 1e-9);
            Assert.Equal(LaplaceMoments.LogQ(votes, 1 / scale), LaplaceMoments.LogQ(changed, 1 / scale), 1e-9);
        });

    [Fact]
    public void More_consensus_never_costs_more_by_the_bounds_on_q() =>
        Gen.Select(Votes, Scale).Sample((votes, scale) =>
        {
            int[] changed = [.. votes];
            changed[Array.IndexOf(votes, votes.Max())]++;
            Assert.True(GaussianRenyi.LogQ(changed, scale) <= GaussianRenyi.LogQ(votes, scale));
            Assert.True(LaplaceMoments.LogQ(changed, 1 / scale) <= LaplaceMoments.LogQ(votes, 1 / scale));
        });

    private static readonly Gen<PrivacyEvent> Event = Gen.Select(Votes, Scale, Gen.Int[0, 2]).Select(Make);

    private static PrivacyEvent Make(int[] votes, double scale, int kind)
    {
        var histogram = PrivateVotes.From(votes);
        return (PrivacyEvent)(kind switch
        {
            0 => new NoisyArgmaxEvent(NoiseLaw.Laplace, scale, votes.Length, histogram.TeacherCount, histogram),
            1 => new NoisyArgmaxEvent(NoiseLaw.Gaussian, scale, votes.Length, histogram.TeacherCount, histogram),
            _ => new NoisyThresholdEvent(
                NoiseLaw.Gaussian, scale, 100, histogram.TeacherCount, new PrivateScore(votes.Max())),
        });
    }

    [Fact]
    public void The_order_and_the_grouping_of_events_do_not_matter() =>
        Event.Array[2, 6].Sample(events =>
        {
            PrivacyEvent[] grouped = [new ComposedEvent([.. events.Skip(1)]), events[0]];
            foreach (var accountant in new IPrivacyAccountant[]
                { new RenyiAccountant(), new DataDependentRenyiAccountant(), new LossDistributionAccountant() })
            {
                var one = accountant.Account(events, Target);
                var two = accountant.Account(grouped, Target);
                for (var i = 0; i < one.Length; i++)
                    Assert.Equal(one[i].Epsilon, two[i].Epsilon, one[i].Epsilon * 1e-9);
            }
        }, iter: 15);

    [Fact]
    public void More_answers_and_smaller_deltas_cost_more() =>
        Gen.Select(Event, Gen.Int[1, 50]).Sample((privacyEvent, count) =>
        {
            foreach (var accountant in new IPrivacyAccountant[]
                { new RenyiAccountant(), new DataDependentRenyiAccountant(), new LossDistributionAccountant() })
            {
                double Of(int answers, double delta) => accountant.Account(
                    Enumerable.Repeat(privacyEvent, answers), new AccountingTarget(delta, Adjacency.PatientReplaced))
                    .Min(e => e.Epsilon);
                Assert.True(Of(count + 1, 1e-5) >= Of(count, 1e-5) * (1 - 1e-9));
                Assert.True(Of(count, 1e-6) >= Of(count, 1e-5) * (1 - 1e-9));
            }
        }, iter: 10);

    [Fact]
    public void Loss_distributions_are_at_most_renyi_and_basic_composition() =>
        Gen.Select(Gen.Double[1, 100], Gen.Int[1, 300], Gen.Int[1, 3]).Sample((scale, count, touched) =>
        {
            var target = new AccountingTarget(1e-5, new Adjacency(AdjacencyKind.PatientReplaced, touched));
            var answer = new NoisyArgmaxEvent(NoiseLaw.Laplace, scale, 3, 100);
            var run = Enumerable.Repeat<PrivacyEvent>(answer, count).ToList();
            var pld = new LossDistributionAccountant().Account(run, target)[0].Epsilon;
            Assert.True(pld <= new BasicCompositionAccountant().Account(run, target)[0].Epsilon * (1 + 1e-9));
            Assert.True(pld <= new RenyiAccountant().Account(run, target).Min(e => e.Epsilon) * (1 + 1e-4));
        }, iter: 15);

    [Theory]
    [InlineData(1_000_000, 0)]
    [InlineData(500_000, 500_000)]
    [InlineData(500_001, 499_999)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    public void No_overflow_and_no_NaN_from_consensus_to_a_tie(int first, int second)
    {
        var votes = PrivateVotes.From([first, second, 0]);
        foreach (var scale in new[] { 0.01, 1, 40, 1e5 })
        {
            PrivacyEvent[] events =
            [
                new NoisyArgmaxEvent(NoiseLaw.Gaussian, scale, 3, votes.TeacherCount, votes),
                new NoisyArgmaxEvent(NoiseLaw.Laplace, scale, 3, votes.TeacherCount, votes),
                new NoisyThresholdEvent(NoiseLaw.Gaussian, scale, 500_000, votes.TeacherCount, new PrivateScore(first)),
            ];
            foreach (var component in AccountantCatalog.Default.All)
            {
                var accountant = component.With().Instance;
                foreach (var one in events.Where(accountant.Supports))
                    Assert.All(accountant.Account([one], Target), e => Assert.InRange(e.Epsilon, 0, double.MaxValue));
            }
        }
    }
}
