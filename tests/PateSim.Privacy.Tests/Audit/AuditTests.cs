using PateSim.Core.Randomness;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;
using PateSim.Privacy.Numerics;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Audit;

/// <summary>The audit passes honest mechanisms and catches broken twins. Fixed keys; an honest mechanism would be
/// accused for one key in a million.</summary>
[Trait("Category", "Statistical")]
public sealed class AuditTests
{
    private const int Trials = 60_000;
    private static readonly RandomKey Key = RandomKey.FromSeed(77).Derive("audit");

    private static bool IsCaught(AuditGame game, int trials = Trials) =>
        PrivacyAudit.Run(game, trials, Key.Derive(game.Name)).Any(f => f.Violated);

    [Fact]
    public void The_lower_bound_comes_near_the_true_epsilon()
    {
        // Coin with ε = 1: Pr[0] = e/(1+e) against 1/(1+e).
        var coin = Math.E / (1 + Math.E);
        int Flip(INoiseSource noise, double p) => (noise.NextUInt64() >> 11) * (1.0 / (1UL << 53)) < p ? 0 : 1;
        var game = new AuditGame("coin", 2, n => Flip(n, coin), n => Flip(n, 1 - coin), _ => 1);
        var bound = PrivacyAudit.Run(game, Trials, Key).Max(f => f.LowerBound);
        Assert.InRange(bound, 0.9, 1);
    }

    /// <summary>Adds noise of another scale than it says.</summary>
    private sealed class WrongScale(double claimed, double actual, NoiseLaw law = NoiseLaw.Laplace)
        : IAggregationMechanism
    {
        private readonly NoisyArgmax _claimed = new(claimed, law), _actual = new(actual, law);

        public string Name => "wrong-scale";

        public double NoiseScale => claimed;

        public double PerAnswerEpsilon => _claimed.PerAnswerEpsilon;

        public bool ExactSampling => false;

        public bool UsesStudent => false;

        public VoteAnswer Answer(ReadOnlySpan<int> votes, INoiseSource noise, ReadOnlySpan<double> student = default) =>
            _actual.Answer(votes, noise);

        public PrivacyEvent Event(ReadOnlySpan<int> votes, VoteAnswer answer, ReadOnlySpan<double> student = default) =>
            _claimed.Event(votes, answer);

        public PrivacyEvent WorstCaseEvent(int classCount, int teacherCount) =>
            _claimed.WorstCaseEvent(classCount, teacherCount);
    }

    [Fact]
    public void The_inverse_scale_is_caught() =>
        Assert.True(IsCaught(AuditGames.Votes(new WrongScale(4, 1 / 4.0), [5, 5], 0, 1)));

    [Fact]
    public void Half_the_sensitivity_is_caught()
    {
        // Noise calibrated to 1/b instead of 2/b: half the scale that the claim needs.
        Assert.True(IsCaught(AuditGames.Votes(new WrongScale(2, 1), [8, 4], 0, 1)));
        Assert.True(IsCaught(AuditGames.Votes(new WrongScale(2, 1, NoiseLaw.Gaussian), [6, 6], 0, 1)));
    }

    [Fact]
    public void Repeats_noised_anew_and_charged_once_are_caught_and_honest_when_charged()
    {
        var mechanism = new NoisyArgmax(4);
        Assert.True(IsCaught(AuditGames.Votes(mechanism, [6, 6], 0, 1, 40), 20_000));
        Assert.False(IsCaught(AuditGames.Votes(mechanism, [6, 6], 0, 1, 40, 40), 20_000));
    }

    [Fact]
    public void The_condition_q_below_one_half_is_caught_and_the_theorems_is_not()
    {
        static double Cost(int[] votes, double order, double limit)
        {
            const double gamma = 0.7;
            var q = Math.Exp(LaplaceMoments.LogQ(votes, gamma));
            var l = order - 1;
            var independent = LaplaceMoments.DataIndependent(2 * gamma, l);
            if (q > limit) return independent / l;
            var bound = Math.Log(
                (1 - q) * Math.Pow((1 - q) / (1 - Math.Exp(2 * gamma) * q), l) + q * Math.Exp(2 * gamma * l));
            return Math.Min(independent, bound) / l;
        }
        int[][] ensembles = [[3, 2], [4, 1], [5, 0], [6, 4]];
        double[] orders = [2, 3, 4];
        Assert.NotEmpty(CostAudit.Find(NoiseLaw.Laplace, 1 / 0.7, ensembles, orders, (v, a) => Cost(v, a, 0.5)));
        Assert.Empty(CostAudit.Find(
            NoiseLaw.Laplace, 1 / 0.7, ensembles, orders, (v, a) => Cost(v, a, 1 / (Math.Exp(1.4) + 1))));
        Assert.Empty(CostAudit.Find(
            NoiseLaw.Gaussian, 2, ensembles, orders,
            (v, a) => GaussianRenyi.DataDependent(GaussianRenyi.LogQ(v, 2), 2, a)));
    }

    [Fact]
    public void Clopper_pearson_bounds_are_those_of_the_binomial_law()
    {
        var (low, high) = PrivacyAudit.ClopperPearson(0, 100, 0.05);
        Assert.Equal(0, low);
        Assert.Equal(1 - Math.Pow(0.05, 1 / 100.0), high, 1e-9);
        Assert.Equal(1, PrivacyAudit.ClopperPearson(100, 100, 0.05).High);
        // 5 of 10 at 2.5 % a side: .1871 to .8129.
        var (l, h) = PrivacyAudit.ClopperPearson(5, 10, 0.025);
        Assert.Equal(0.18709, l, 1e-4);
        Assert.Equal(0.81291, h, 1e-4);
    }

    [Fact]
    public void One_run_audits_bound_epsilon_from_below()
    {
        // All of 100 guesses right: p-value (e^ε/(1+e^ε))^100.
        var bound = OneRunAudit.LowerBound(100, 100, 100, 0, 0.05);
        Assert.Equal(0.05, Math.Exp(100 * -LogSpace.Log1P(Math.Exp(-bound))), 1e-6);
        Assert.Equal(0, OneRunAudit.LowerBound(100, 100, 50, 0, 0.05));
        Assert.True(OneRunAudit.LowerBound(100, 100, 100, 1e-4, 0.05) < bound);
        Assert.True(OneRunAudit.LowerBound(1000, 200, 180, 1e-5, 0.05) > 1.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => OneRunAudit.PValue(10, 11, 5, 1, 0));
    }

    [Fact]
    public void One_run_audits_pass_honest_coins()
    {
        // Each canary's coin is told with ε = 1 by randomised response: the bound passes 1 with probability below 1e-6.
        var random = Key.Derive("one run").Open();
        var correct = 0;
        for (var i = 0; i < 5000; i++) correct += random.NextUnit() < Math.E / (1 + Math.E) ? 1 : 0;
        Assert.InRange(OneRunAudit.LowerBound(5000, 5000, correct, 0, 1e-6), 0.7, 1);
    }
}
