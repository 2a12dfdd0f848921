using PateSim.Core.Randomness;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;
using PateSim.Privacy.Renyi;
using PateSim.Privacy.Smooth;

namespace PateSim.Privacy.Tests.Smooth;

/// <summary>Sensitivities against those found by looking at every ensemble.</summary>
public sealed class EnumerationTests
{
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);

    private static double Cost(int[] votes) => GaussianRenyi.DataDependent(GaussianRenyi.LogQ(votes, 2), 2, 3);

    /// <summary>The largest change by one vote over all ensembles at most d votes away, the plain way.</summary>
    private static double[] Plain(int[] counts, Func<int[], double> cost)
    {
        var total = counts.Sum();
        var all = new List<int[]>();
        for (var a = 0; a <= total; a++)
        {
            for (var b = 0; a + b <= total; b++) all.Add([a, b, total - a - b]);
        }
        double Local(int[] votes) => all.Where(v => Distance(v, votes) == 1).Max(v => Math.Abs(cost(v) - cost(votes)));
        return [.. Enumerable.Range(0, total).Select(d => all.Where(v => Distance(v, counts) <= d).Max(Local))];
    }

    private static int Distance(int[] a, int[] b) => a.Zip(b, (x, y) => Math.Max(0, x - y)).Sum();

    [Theory]
    [InlineData(6, 2, 0)]
    [InlineData(3, 3, 2)]
    [InlineData(0, 1, 7)]
    public void All_ensembles_of_three_classes_are_looked_at(int a, int b, int c)
    {
        int[] counts = [a, b, c];
        var due = Plain(counts, Cost);
        var found = EnumeratedSensitivity.WithinDistances(counts, Cost);
        Assert.Equal(due.Length, found.Length);
        for (var d = 0; d < due.Length; d++) Assert.Equal(due[d], found[d], 1e-12);
        Assert.Equal([a, b, c], counts);
    }

    [Fact]
    public void A_cost_that_sees_the_largest_count_alone_changes_by_one_everywhere() => Assert.Equal(
        [1.0, 1, 1, 1], EnumeratedSensitivity.WithinDistances([2, 2], votes => votes.Max()));

    [Fact]
    public void Too_many_ensembles_are_refused_and_as_many_as_the_limit_are_not()
    {
        // Two classes: one ensemble more than teachers.
        var error = Assert.Throws<ArgumentException>(
            () => EnumeratedSensitivity.WithinDistances([(int)EnumeratedSensitivity.Limit, 0], _ => 0));
        Assert.Contains("2000001 ensembles", error.Message, StringComparison.Ordinal);
        // 12 teachers, 4 classes: 455.
        var seen = new HashSet<string>();
        EnumeratedSensitivity.WithinDistances([12, 0, 0, 0], votes => seen.Add(string.Join(',', votes)) ? 0 : 0);
        Assert.Equal(34, seen.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(20)]
    public void Threshold_sensitivities_are_those_of_all_scores_within_reach(int largest)
    {
        double At(int v) => ThresholdRenyi.Bound(12, 4, v, 5);
        double Local(int v) => Math.Max(
            v > 0 ? Math.Abs(At(v) - At(v - 1)) : 0, v < 20 ? Math.Abs(At(v) - At(v + 1)) : 0);
        var exact = ThresholdSmoothSensitivity.AtDistances(largest, 20, 12, 4, 5, false);
        var running = ThresholdSmoothSensitivity.AtDistances(largest, 20, 12, 4, 5);
        Assert.Equal(20, exact.Length);
        for (var d = 0; d < 20; d++)
        {
            int[] near = [.. Enumerable.Range(0, 21).Where(v => Math.Abs(v - largest) <= d)];
            Assert.Equal(near.Max(Local), running[d], 1e-14);
            int[] at = [.. Enumerable.Range(0, 21).Where(v => Math.Abs(v - largest) == d)];
            if (d < Math.Max(largest, 20 - largest)) Assert.Equal(at.Max(Local), exact[d], 1e-14);
            else Assert.Equal(0, exact[d]);
        }
        Assert.True(running[19] > 0);
    }

    [Fact]
    public void Scores_that_no_ensemble_has_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdSmoothSensitivity.AtDistances(-1, 20, 12, 4, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdSmoothSensitivity.AtDistances(21, 20, 12, 4, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdSmoothSensitivity.AtDistances(0, 0, 12, 4, 5));
    }

    [Theory]
    [InlineData(60, 15, 5)]
    [InlineData(40, 25, 15)]
    [InlineData(28, 27, 25)]
    [InlineData(80, 0, 0)]
    public void The_appendixs_sensitivity_is_at_least_the_enumerated_one(int a, int b, int c)
    {
        var smooth = new GnmaxSmoothSensitivity(8, 4, 3);
        Assert.Equal((true, true), smooth.CheckConditions());
        var by = smooth.AtDistances([a, b, c]);
        var all = EnumeratedSensitivity.WithinDistances(
            [a, b, c], votes => smooth.Cost(GaussianRenyi.LogQ(votes, 8)));
        foreach (var beta in new[] { 0.01, 0.1, 0.5 })
        {
            Assert.True(GnmaxSmoothSensitivity.Smooth(by, beta)
                >= GnmaxSmoothSensitivity.Smooth(all, beta) * (1 - 1e-9));
        }
        Assert.Equal(smooth.Plateau, by.Max(), 1e-12);
        Assert.Equal(by, smooth.AtDistances([c, a, b]));
    }

    [Fact]
    public void Where_the_cost_switches_it_is_continuous_and_above_it_constant()
    {
        var smooth = new GnmaxSmoothSensitivity(40, 14, 10);
        var independent = 14 / 1600.0;
        Assert.Equal(independent, smooth.Cost(smooth.LogQ0), 1e-15);
        Assert.Equal(independent, smooth.Cost(smooth.LogQ0 * 0.5), 1e-15);
        Assert.InRange(smooth.Cost(smooth.LogQ0 * 1.0001), independent * 0.99, independent);
        Assert.True(smooth.Cost(smooth.LogQ0 * 2) < independent);
        Assert.Equal(smooth.LogQ1, smooth.LogLower(smooth.LogQ0));
        Assert.Equal(smooth.LogQ0, smooth.LogUpper(smooth.LogQ1), 1e-9);
        Assert.InRange(smooth.LogUpper(-0.01), -0.01, 0);
        foreach (var logQ in new[] { smooth.LogQ0, smooth.LogQ1, (smooth.LogQ0 + smooth.LogQ1) / 2 })
            Assert.Equal(smooth.Plateau, smooth.LocalSensitivity(logQ));
        Assert.InRange(smooth.LocalSensitivity(smooth.LogQ1 * 1.5), 0, smooth.Plateau);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GnmaxSmoothSensitivity(40, 14, 1));
        Assert.Throws<ArgumentException>(() => smooth.AtDistances([3, 2]));
    }

    [Fact]
    public void Smoothing_weighs_each_distance()
    {
        Assert.Equal(2, GnmaxSmoothSensitivity.Smooth([2, 1, 1], 0.1));
        Assert.Equal(5 * Math.Exp(-0.2), GnmaxSmoothSensitivity.Smooth([2, 1, 5], 0.1), 1e-12);
        Assert.Equal(5, GnmaxSmoothSensitivity.Smooth([2, 1, 5], 0));
        Assert.Equal(0, GnmaxSmoothSensitivity.Smooth([], 0.1));
    }

    private static NoisyArgmaxEvent Gauss(params int[] votes) => new NoisyArgmaxEvent(
        NoiseLaw.Gaussian, 2, votes.Length, votes.Sum(), PrivateVotes.From(votes));

    [Fact]
    public void The_cost_of_a_run_is_the_sum_of_its_answers_also_where_they_repeat()
    {
        var check = new NoisyThresholdEvent(NoiseLaw.Gaussian, 5, 6, 9, new PrivateScore(8));
        var laplace = new NoisyArgmaxEvent(NoiseLaw.Laplace, 3, 3, 9, PrivateVotes.From([8, 1, 0]));
        var (rdp, distances) = SanitisedRelease.Cost(
            [Gauss(8, 1, 0), new ComposedEvent([check, Gauss(8, 1, 0)]), laplace, Gauss(2, 1)], 3, Target);
        double LaplaceCost(int[] v) => LaplaceMoments.Rdp(LaplaceMoments.LogQ(v, 1 / 3.0), 2 / 3.0, 3);
        Assert.Equal(
            2 * Cost([8, 1, 0]) + ThresholdRenyi.Bound(6, 5, 8, 3) + LaplaceCost([8, 1, 0]) + Cost([2, 1]), rdp, 1e-12);
        Assert.Equal(9, distances.Length);
        var alone = SanitisedRelease.Cost([Gauss(8, 1, 0)], 3, Target).AtDistances;
        var twice = SanitisedRelease.Cost([Gauss(8, 1, 0), Gauss(8, 1, 0)], 3, Target).AtDistances;
        for (var d = 0; d < 9; d++) Assert.Equal(2 * alone[d], twice[d], 1e-14);
        // Fewer teachers: what is beyond their number counts with the last distance.
        var few = SanitisedRelease.Cost([Gauss(2, 1)], 3, Target).AtDistances;
        var both = SanitisedRelease.Cost([Gauss(2, 1), Gauss(8, 1, 0)], 3, Target).AtDistances;
        for (var d = 0; d < 9; d++) Assert.Equal(alone[d] + few[Math.Min(d, 2)], both[d], 1e-14);
    }

    [Fact]
    public void What_has_no_sensitivity_is_refused()
    {
        foreach (var adjacency in new[]
            { Adjacency.HospitalAddedOrRemoved, new Adjacency(AdjacencyKind.PatientReplaced, 2) })
        {
            Assert.Throws<ArgumentException>(
                () => SanitisedRelease.Cost([Gauss(8, 1)], 3, new AccountingTarget(1e-5, adjacency)));
        }
        foreach (var unknown in new PrivacyEvent[]
        {
            new NoisyArgmaxEvent(NoiseLaw.Gaussian, 0, 2, 9, PrivateVotes.From([8, 1])),
            new NoisyArgmaxEvent(NoiseLaw.Gaussian, 2, 2, 9), new NoisyArgmaxEvent(NoiseLaw.Laplace, 2, 2, 9),
            new NoisyArgmaxEvent(NoiseLaw.Laplace, 0, 2, 9, PrivateVotes.From([8, 1])),
            new NoisyArgmaxEvent(NoiseLaw.DiscreteLaplace, 2, 2, 9, PrivateVotes.From([8, 1])),
            new NoisyThresholdEvent(NoiseLaw.Gaussian, 2, 5, 9),
            new NoisyThresholdEvent(NoiseLaw.Gaussian, 0, 5, 9, new PrivateScore(3)),
        })
            Assert.Throws<UnsupportedPrivacyEventException>(() => SanitisedRelease.Cost([unknown], 3, Target));
    }

    [Fact]
    public void Where_the_cost_never_changes_the_release_is_exact()
    {
        // Three teachers under much noise: the data-independent cost everywhere, so no noise is added.
        var run = new NoisyArgmaxEvent(NoiseLaw.Gaussian, 40, 3, 3, PrivateVotes.From([3, 0, 0]));
        var parameters = new SanitisedParameters(8, 0.01, 6);
        var entry = SanitisedRelease.Release(
            [run], parameters, Target, new SeededNoise(RandomKey.FromSeed(1).Open()));
        var own = SmoothReleaseCost.WorstCase(0.01, 6, 8);
        Assert.Equal(RenyiConversion.Improved([8], [8 / 1600.0 + own], 1e-5).Epsilon, entry.Epsilon, 1e-9);
        Assert.All(SanitisedRelease.Cost([run], 8, Target).AtDistances, d => Assert.Equal(0, d));
        Assert.StartsWith("order=8, beta=0.01, noise=6, release_cost=", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Release_costs_take_the_larger_of_both_cases_and_refuse_what_means_nothing()
    {
        const double beta = 0.02, noise = 5, order = 6;
        var grow = OutcomeRenyi.Gaussians(0, noise, 1, noise * Math.Exp(beta), order);
        var shrink = OutcomeRenyi.Gaussians(0, noise, Math.Exp(-beta), noise * Math.Exp(-beta), order);
        Assert.Equal(grow, SmoothReleaseCost.NoiseGrows(beta, noise, order), 1e-15);
        Assert.Equal(shrink, SmoothReleaseCost.NoiseShrinks(beta, noise, order), 1e-15);
        Assert.Equal(Math.Max(grow, shrink), SmoothReleaseCost.WorstCase(beta, noise, order));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothReleaseCost.Published(0.1, 5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothReleaseCost.Published(-0.1, 5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothReleaseCost.Published(0.1, 0, 4));
        Assert.Equal(order / 25 / 2, SmoothReleaseCost.WorstCase(0, noise, order), 1e-12);
    }
}
