using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Tests.Accounting;

/// <summary>Figures that the literature or an independent computation gives, at δ = 1e-5.</summary>
public sealed class AnchorTests
{
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);

    private static Dictionary<string, EpsilonEntry> Account(IEnumerable<PrivacyEvent> run, double delta = 1e-5) =>
        PrivacyReport.Of(
            [.. run], new AccountingTarget(delta, Target.Adjacency),
            AccountantCatalog.Default.All.Select(c => c.With().Instance))
        .Entries.ToDictionary(e => e.Method);

    private static IEnumerable<PrivacyEvent> Lnmax(int answers) =>
        Enumerable.Repeat<PrivacyEvent>(new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 10, 250), answers);

    private static IEnumerable<PrivacyEvent> Gnmax(int answers, double sigma) =>
        Enumerable.Repeat<PrivacyEvent>(new NoisyArgmaxEvent(NoiseLaw.Gaussian, sigma, 10, 250), answers);

    [Theory]
    [InlineData(100, 5.85, 5.30, 2.89)]
    [InlineData(500, 15.99, 13.26, 7.42)]
    [InlineData(1000, 25.69, 20.76, 11.35)]
    public void Lnmax_at_scale_20(int answers, double advanced, double moments, double pld)
    {
        var entries = Account(Lnmax(answers));
        Assert.Equal(advanced, entries["advanced-composition"].Epsilon, 0.005);
        Assert.Equal(moments, entries["moments-data-independent"].Epsilon, 0.005);
        Assert.Equal(pld, entries["pld"].Epsilon, 0.005);
        Assert.True(entries["pld"].Epsilon < entries["rdp-improved"].Epsilon);
        Assert.True(entries["rdp-improved"].Epsilon < entries["rdp-classic"].Epsilon);
        Assert.Equal("pld", PrivacyReport.Headline(entries.Values)!.Method);
        Assert.All(entries.Values, e => Assert.True(e.Releasable));
    }

    [Theory]
    [InlineData(100, 1.76, 1.48, 1.36)]
    [InlineData(1000, 6.00, 5.38, 4.98)]
    public void Gnmax_at_sigma_40(int answers, double classic, double improved, double exact)
    {
        var entries = Account(Gnmax(answers, 40));
        Assert.Equal(classic, entries["rdp-classic"].Epsilon, 0.015);
        Assert.Equal(improved, entries["rdp-improved"].Epsilon, 0.015);
        Assert.Equal(exact, entries["gdp"].Epsilon, 0.005);
        Assert.InRange(entries["pld"].Epsilon - entries["gdp"].Epsilon, 0, 0.001);
        Assert.DoesNotContain("basic-composition", entries.Keys);
    }

    [Fact]
    public void Confident_on_mnist()
    {
        var checks = Enumerable.Repeat<PrivacyEvent>(new NoisyThresholdEvent(NoiseLaw.Gaussian, 150, 200, 250), 640);
        var entries = Account(checks.Concat(Gnmax(286, 40)));
        Assert.Equal(3.18, entries["rdp-classic"].Epsilon, 0.01);
        Assert.Equal(2.76, entries["rdp-improved"].Epsilon, 0.01);
        Assert.Equal(2.54, entries["gdp"].Epsilon, 0.005);
    }

    [Fact]
    public void Discrete_noise_costs_about_the_same()
    {
        var laplace = Account(Enumerable.Repeat<PrivacyEvent>(
            new NoisyArgmaxEvent(NoiseLaw.DiscreteLaplace, 20, 10, 250), 100));
        Assert.InRange(laplace["pld"].Epsilon, 2.89, 2.96);
        var gaussian = Account(Enumerable.Repeat<PrivacyEvent>(
            new NoisyArgmaxEvent(NoiseLaw.DiscreteGaussian, 40, 10, 250), 100));
        Assert.InRange(gaussian["pld"].Epsilon, 1.3564, 1.358);
        Assert.DoesNotContain("gdp", gaussian.Keys);
    }

    [Fact]
    public void Several_hospitals_per_patient_cost_more_and_a_joining_hospital_less()
    {
        double Of(Adjacency adjacency, IEnumerable<PrivacyEvent> run) =>
            new LossDistributionAccountant().Account(run, new AccountingTarget(1e-5, adjacency))[0].Epsilon;
        var two = new Adjacency(AdjacencyKind.PatientReplaced, 2);
        foreach (var run in new[] { Lnmax(100).ToList(), Gnmax(100, 40).ToList() })
        {
            var one = Of(Adjacency.PatientReplaced, run);
            Assert.True(Of(two, run) > 1.9 * one);
            Assert.True(Of(Adjacency.HospitalAddedOrRemoved, run) < 0.8 * one);
        }
    }

    [Fact]
    public void Several_votes_on_one_count_are_dominated_by_the_coin_that_accounts_for_them()
    {
        // Laplace noise on a count that moves by 2 (ε = 0.2) must not cost more than the 0.2-DP coin.
        var coin = new PateSim.Privacy.LossDistributions.LossComposition(
            [(new PateSim.Privacy.LossDistributions.ReleaseLoss.PureEpsilon(0.2), 100)]).Epsilon(1e-5);
        var laplace = new PateSim.Privacy.LossDistributions.LossComposition(
            [(new PateSim.Privacy.LossDistributions.ReleaseLoss.Laplace(0.2), 100)]).Epsilon(1e-5);
        Assert.InRange(laplace, 0, coin);
    }
}
