using PateSim.Core.Components;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Tests.Mechanisms;

/// <summary>Decisions without noise, at their edges, and what options make of a mechanism.</summary>
public sealed class MechanismDecisionTests
{
    private sealed class Silent : INoiseSource
    {
        public NoiseKind Kind => NoiseKind.SeededSimulation;

        public ulong NextUInt64() => throw new InvalidOperationException("Noise was drawn.");
    }

    private static readonly INoiseSource None = new Silent();

    private static IAggregationMechanism Make(string name, params (string, object)[] options) =>
        MechanismCatalog.Default.All.Single(c => c.Descriptor.Name == name).With(options).Instance;

    [Theory]
    [InlineData(60, true)]
    [InlineData(60.5, false)]
    [InlineData(59.5, true)]
    public void A_largest_count_at_the_threshold_is_answered(double threshold, bool answered)
    {
        var mechanism = new ConfidentArgmax(threshold, 0, 0);
        Assert.Equal(answered ? VoteAnswer.Of(1) : VoteAnswer.None, mechanism.Answer([30, 60, 60], None));
        Assert.Equal("confident-gnmax", mechanism.Name);
        Assert.Equal(double.PositiveInfinity, mechanism.PerAnswerEpsilon);
        Assert.False(mechanism.UsesStudent);
        Assert.Equal((threshold, 0.0, 0.0), (mechanism.Threshold, mechanism.ThresholdSigma, mechanism.NoiseScale));
    }

    [Fact]
    public void Exact_sampling_needs_both_noises_to_be_discrete_or_none()
    {
        Assert.True(new ConfidentArgmax(1, 0, 0).ExactSampling);
        Assert.False(new ConfidentArgmax(1, 3, 0).ExactSampling);
        Assert.False(new ConfidentArgmax(1, 0, 3).ExactSampling);
        Assert.True(new ConfidentArgmax(1, 3, 3, NoiseLaw.DiscreteGaussian).ExactSampling);
        Assert.False(new InteractiveArgmax(1, 3, 0, 0.5).ExactSampling);
        Assert.False(new InteractiveArgmax(1, 0, 3, 0.5).ExactSampling);
        Assert.True(new InteractiveArgmax(1, 3, 3, 0.5, NoiseLaw.DiscreteGaussian).ExactSampling);
        Assert.True(new NoisyArgmax(0).ExactSampling);
        Assert.False(new NoisyArgmax(1).ExactSampling);
    }

    [Fact]
    public void Laws_thresholds_and_confidences_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidentArgmax(1, 1, 1, NoiseLaw.Laplace));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidentArgmax(double.NaN, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new InteractiveArgmax(double.PositiveInfinity, 1, 1, 0.5, first: new ConfidentArgmax(1, 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new InteractiveArgmax(1, 1, 1, 0.5, NoiseLaw.DiscreteLaplace, new ConfidentArgmax(1, 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InteractiveArgmax(1, 1, 1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InteractiveArgmax(1, 1, 1, double.NaN));
        Assert.Equal(1, new InteractiveArgmax(1, 1, 1, 1).Confidence);
        Assert.Equal(0, new InteractiveArgmax(1, 1, 1, 0).Confidence);
    }

    [Theory]
    [InlineData(30, 0.5, VoteOutcome.Answered, 1)]
    [InlineData(31, 0.5, VoteOutcome.Confirmed, 0)]
    [InlineData(31, 0.75, VoteOutcome.Abstained, 0)]
    [InlineData(31, 0.74, VoteOutcome.Confirmed, 0)]
    public void Interactive_answers_at_its_threshold_and_confirms_above_its_confidence(
        double threshold, double confidence, VoteOutcome outcome, int label)
    {
        // Votes 40, 55, 5 of 100 against p = .75, .25, 0: the score is 55 − 25 = 30.
        var mechanism = new InteractiveArgmax(threshold, 0, 0, confidence);
        var answer = mechanism.Answer([40, 55, 5], None, [0.75, 0.25, 0]);
        Assert.Equal(outcome, answer.Outcome);
        if (outcome != VoteOutcome.Abstained) Assert.Equal(label, answer.Label);
        Assert.Equal(30, InteractiveArgmax.Score([40, 55, 5], [0.75, 0.25, 0]));
        var steps = (ComposedEvent)mechanism.Event([40, 55, 5], answer, [0.75, 0.25, 0]);
        Assert.Equal(outcome == VoteOutcome.Answered ? 2 : 1, steps.Events.Length);
        Assert.Equal(30, ((NoisyThresholdEvent)steps.Events[0]).LargestScore!.Value.Value);
        Assert.True(mechanism.UsesStudent);
        Assert.Equal("interactive-gnmax", mechanism.Name);
        Assert.Equal(double.PositiveInfinity, mechanism.PerAnswerEpsilon);
    }

    [Fact]
    public void A_score_stays_between_nothing_and_all_teachers()
    {
        Assert.Equal(0, InteractiveArgmax.Score([50, 50], [0.5, 0.5]));
        Assert.Equal(100, InteractiveArgmax.Score([100, 0], [0, 1]));
        Assert.Equal(1, InteractiveArgmax.Score([3, 2], [0.5, 0.5]));
        // Sums off by a thousandth are single precision, more is a mistake.
        Assert.Equal(0, InteractiveArgmax.Score([1, 1], [0.5005, 0.4995]));
        Assert.Equal(0, InteractiveArgmax.Score([1, 1], [0.5009, 0.5]));
        Assert.Throws<ArgumentException>(() => InteractiveArgmax.Score([1, 1], [0.502, 0.5]));
        Assert.Throws<ArgumentException>(() => InteractiveArgmax.Score([1, 1], [1]));
        Assert.Throws<ArgumentException>(() => InteractiveArgmax.Score([1, 1], [1.5, -0.5]));
        Assert.Throws<ArgumentException>(() => InteractiveArgmax.Score([1, 1], [double.NaN, 1]));
    }

    [Fact]
    public void Histograms_that_are_none_are_refused_by_every_mechanism()
    {
        Assert.Throws<ArgumentException>(() => new ConfidentArgmax(1, 0, 0).Answer([3], None));
        Assert.Throws<ArgumentException>(() => new NoisyArgmax(0).Answer([-1, 2], None));
        Assert.Throws<ArgumentException>(() => new InteractiveArgmax(1, 0, 0, 0.5).Answer([0, 0], None, [0.5, 0.5]));
    }

    [Fact]
    public void More_classes_than_the_stack_holds_are_answered()
    {
        var votes = new int[400];
        votes[321] = 1_000_000;
        Assert.Equal(
            321, new NoisyArgmax(1).Answer(votes, new SeededNoise(Core.Randomness.RandomKey.FromSeed(1).Open())).Label);
    }

    [Fact]
    public void Ties_go_to_the_lowest_class()
    {
        Assert.Equal(0, Argmax.Of([5, 5, 5]));
        Assert.Equal(1, Argmax.Of([4, 5, 5]));
        Assert.Equal(2, Argmax.Of([4, 3, 5]));
        Assert.Equal(1, Argmax.Of([-4.0, -1, -1]));
        Assert.Equal(0, Argmax.Of([7.0]));
    }

    [Fact]
    public void Worst_cases_hold_a_check_and_an_answer()
    {
        Assert.Equal(
            new ComposedEvent(
            [
                new NoisyThresholdEvent(NoiseLaw.Gaussian, 150, 200, 250), new NoisyArgmaxEvent(NoiseLaw.Gaussian, 40, 3, 250),
            ]),
            new ConfidentArgmax(200, 150, 40).WorstCaseEvent(3, 250));
        Assert.Equal(
            new ConfidentArgmax(200, 150, 40).WorstCaseEvent(3, 250),
            new InteractiveArgmax(200, 150, 40, 0.5).WorstCaseEvent(3, 250));
        Assert.Equal(
            new NoisyArgmaxEvent(NoiseLaw.Laplace, 20, 3, 250), new NoisyArgmax(20).WorstCaseEvent(3, 250));
    }

    [Fact]
    public void Laplace_mechanisms_have_a_pure_epsilon_and_a_name_of_their_own()
    {
        var laplace = new NoisyArgmax(20);
        Assert.Equal(("lnmax", 0.1, 0.05, false), (laplace.Name, laplace.PerAnswerEpsilon, laplace.Gamma, laplace.UsesStudent));
        var gauss = new NoisyArgmax(40, NoiseLaw.Gaussian);
        Assert.Equal(("gnmax", double.PositiveInfinity), (gauss.Name, gauss.PerAnswerEpsilon));
    }

    [Fact]
    public void Options_make_the_mechanism_that_they_describe()
    {
        Assert.Equal(20, Make("lnmax").NoiseScale);
        Assert.Equal(7, Make("lnmax", ("scale", 7.0)).NoiseScale);
        Assert.Equal(4, Make("lnmax", ("gamma", 0.25)).NoiseScale);
        Assert.Equal(8, Make("lnmax", ("per-answer-epsilon", 0.25)).NoiseScale);
        Assert.Equal(NoiseLaw.DiscreteLaplace, ((NoisyArgmax)Make("lnmax", ("sampling", "discrete"))).Law);
        Assert.Equal(NoiseLaw.Laplace, ((NoisyArgmax)Make("lnmax")).Law);
        Assert.Equal((40.0, NoiseLaw.Gaussian), (Make("gnmax").NoiseScale, ((NoisyArgmax)Make("gnmax")).Law));
        Assert.True(Make("gnmax", ("sampling", "discrete")).ExactSampling);
        var confident = (ConfidentArgmax)Make("confident-gnmax", ("threshold", 12.5), ("sigma", 3.0));
        Assert.Equal((12.5, 150.0, 3.0), (confident.Threshold, confident.ThresholdSigma, confident.NoiseScale));
        var tiny = Assert.Throws<OptionException>(() => Make("lnmax", ("gamma", 1e-320)));
        Assert.Contains("not finite", tiny.Message, StringComparison.Ordinal);
        Assert.Throws<OptionException>(() => Make("lnmax", ("gamma", 0.1), ("per-answer-epsilon", 0.2)));
    }

    [Fact]
    public void The_first_round_has_options_of_its_own_and_else_those_of_the_others()
    {
        var plain = (InteractiveArgmax)Make("interactive-gnmax", ("threshold", 90.0), ("sigma", 30.0), ("confidence", 0.6));
        var first = (ConfidentArgmax)plain.BeforeStudent;
        Assert.Equal((90.0, 150.0, 30.0), (first.Threshold, first.ThresholdSigma, first.NoiseScale));
        Assert.Equal((90.0, 150.0, 30.0, 0.6), (plain.Threshold, plain.ThresholdSigma, plain.NoiseScale, plain.Confidence));
        var own = (ConfidentArgmax)((InteractiveArgmax)Make(
            "interactive-gnmax", ("first-threshold", 210.0), ("first-threshold-sigma", 120.0), ("first-sigma", 33.0)))
            .BeforeStudent;
        Assert.Equal((210.0, 120.0, 33.0), (own.Threshold, own.ThresholdSigma, own.NoiseScale));
        var alone = (ConfidentArgmax)new InteractiveArgmax(5, 6, 7, 0.5).BeforeStudent;
        Assert.Equal((5.0, 6.0, 7.0), (alone.Threshold, alone.ThresholdSigma, alone.NoiseScale));
    }
}
