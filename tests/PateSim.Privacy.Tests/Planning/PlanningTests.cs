using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Planning;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Planning;

public sealed class PlanningTests
{
    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);

    [Theory]
    [InlineData(1, 100, 52.8)]
    [InlineData(1, 500, 118)]
    [InlineData(1, 1000, 167)]
    [InlineData(2, 100, 28.2)]
    [InlineData(2, 500, 63)]
    [InlineData(2, 1000, 89)]
    [InlineData(4, 100, 15.3)]
    [InlineData(4, 500, 34.2)]
    [InlineData(4, 1000, 48.4)]
    public void Gaussian_noise_for_a_target(double epsilon, long answers, double sigma) =>
        Assert.Equal(sigma, NoiseCalibration.GaussianSigma(epsilon, Target, answers), sigma * 0.005);

    [Fact]
    public void Calibrated_gaussian_noise_with_checks_costs_just_the_target()
    {
        var sigma = NoiseCalibration.GaussianSigma(2, Target, 286, 640, 150);
        var events = AnswerPlan.Repeat(new NoisyArgmaxEvent(NoiseLaw.Gaussian, sigma, 10, 250), 286)
            .Concat(AnswerPlan.Repeat(new NoisyThresholdEvent(NoiseLaw.Gaussian, 150, 200, 250), 640));
        Assert.Equal(2, new GaussianDpAccountant().Account(events, Target)[0].Epsilon, 1e-6);
        var error = Assert.Throws<ArgumentException>(() => NoiseCalibration.GaussianSigma(0.1, Target, 1, 640, 15));
        Assert.Contains("640 threshold checks", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NoiseLaw.Laplace)]
    [InlineData(NoiseLaw.DiscreteLaplace)]
    public void Calibrated_laplace_noise_costs_just_the_target_and_never_more(NoiseLaw law)
    {
        var scale = NoiseCalibration.LaplaceScale(2, Target, 20, law);
        var epsilon = new LossDistributionAccountant()
            .Account(AnswerPlan.Repeat(new NoisyArgmaxEvent(law, scale, 10, 250), 20), Target)[0].Epsilon;
        Assert.InRange(epsilon, 1.999, 2);
    }

    [Fact]
    public void A_budget_buys_the_answers_whose_cost_it_covers()
    {
        var answer = new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 10, 250);
        Assert.Equal(30, AnswerPlan.Answers(new BasicCompositionAccountant(), answer, 3, Target));
        var bought = AnswerPlan.Answers(new LossDistributionAccountant(), answer, 3, Target);
        Assert.InRange(bought, 101, 110);
        Assert.Equal(0, AnswerPlan.Answers(new BasicCompositionAccountant(), answer, 0.05, Target));
        Assert.Equal(7, AnswerPlan.Answers(new BasicCompositionAccountant(), answer, 3, Target, 7));
    }

    [Fact]
    public void Gaussian_budgets_invert_the_closed_form()
    {
        foreach (var epsilon in new[] { 0.1, 1, 8 })
            Assert.Equal(epsilon, GaussianDp.Epsilon(GaussianDp.Mu(epsilon, 1e-6), 1e-6), 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Targets_that_are_none_are_refused(double epsilon)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseCalibration.GaussianSigma(epsilon, Target, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseCalibration.LaplaceScale(epsilon, Target, 10));
    }
}
