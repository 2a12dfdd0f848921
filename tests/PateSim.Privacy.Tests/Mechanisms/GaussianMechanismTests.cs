using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Mechanisms;

public sealed class GaussianMechanismTests
{
    private static SeededNoise Source(string name) => new(RandomKey.FromSeed(3).Derive(name).Open());

    [Fact]
    public void Confident_answers_above_its_threshold_and_abstains_below()
    {
        var mechanism = new ConfidentArgmax(100, 1, 1);
        Assert.Equal(VoteAnswer.Of(1), mechanism.Answer([30, 170], Source("a")));
        Assert.Equal(VoteAnswer.None, mechanism.Answer([50, 30, 20], Source("a")));
    }

    [Fact]
    public void Confident_answers_as_often_as_the_normal_law_says()
    {
        // 5.3 σ: false alarm below 2e-7.
        const int draws = 20_000;
        var expected = Math.Exp(ThresholdRenyi.LogAnswered(200, 150, 120));
        foreach (var law in new[] { NoiseLaw.Gaussian, NoiseLaw.DiscreteGaussian })
        {
            var mechanism = new ConfidentArgmax(200, 150, 40, law);
            var noise = Source("rate " + law);
            var answered = 0;
            for (var i = 0; i < draws; i++) answered += mechanism.Answer([120, 80], noise).HasLabel ? 1 : 0;
            Assert.InRange(
                (double)answered / draws - expected,
                -5.3 * Math.Sqrt(0.25 / draws), 5.3 * Math.Sqrt(0.25 / draws) + 1e-3);
        }
    }

    [Fact]
    public void Confident_pays_for_the_check_always_and_for_the_answer_only_when_given()
    {
        var mechanism = new ConfidentArgmax(100, 150, 40);
        var abstained = Assert.IsType<ComposedEvent>(mechanism.Event([60, 40], VoteAnswer.None));
        Assert.IsType<NoisyThresholdEvent>(Assert.Single(abstained.Events));
        var answered = Assert.IsType<ComposedEvent>(mechanism.Event([60, 40], VoteAnswer.Of(0)));
        Assert.Equal(2, answered.Events.Length);
        Assert.Equal(answered.WithoutPrivateData(), mechanism.WorstCaseEvent(2, 100));
        Assert.DoesNotContain("60", answered.Events[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Interactive_confirms_corrects_and_abstains()
    {
        var mechanism = new InteractiveArgmax(40, 1, 1, 0.6);
        Assert.Equal(
            new VoteAnswer(VoteOutcome.Confirmed, 0), mechanism.Answer([80, 20], Source("a"), [0.8, 0.2]));
        Assert.Equal(VoteAnswer.Of(1), mechanism.Answer([10, 90], Source("a"), [0.9, 0.1]));
        Assert.Equal(VoteAnswer.None, mechanism.Answer([50, 50], Source("a"), [0.5, 0.5]));
        Assert.Single(((ComposedEvent)mechanism.Event(
            [80, 20], new VoteAnswer(VoteOutcome.Confirmed, 0), [0.8, 0.2])).Events);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(1.5, 2)]
    [InlineData(2.5, 3)]
    [InlineData(-0.5, 0)]
    [InlineData(119.49, 119)]
    public void Scores_are_rounded_half_up(double score, double rounded) =>
        Assert.Equal(rounded, ThresholdRenyi.RoundHalfUp(score));

    [Fact]
    public void One_moved_vote_changes_the_interactive_score_by_at_most_one()
    {
        // p = 1/8: scores lie on halves, where rounding half to even would jump by two.
        double[] student = [0.125, 0.125, 0.25, 0.5];
        for (var a = 0; a <= 12; a++)
        {
            for (var b = 0; a + b <= 12; b++)
            {
                int[] votes = [a, b, 12 - a - b, 0];
                for (var from = 0; from < 4; from++)
                {
                    if (votes[from] == 0) continue;
                    for (var to = 0; to < 4; to++)
                    {
                        int[] moved = [.. votes];
                        moved[from]--;
                        moved[to]++;
                        var change = InteractiveArgmax.Score(moved, student) - InteractiveArgmax.Score(votes, student);
                        Assert.InRange(change, -1, 1);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.4 }, "sum to 0.9")]
    [InlineData(new[] { 1.5, -0.5 }, "lies in [0, 1]")]
    [InlineData(new[] { 1.0 }, "1 probabilities for 2 classes")]
    public void Student_probabilities_that_are_none_are_refused(double[] student, string reason)
    {
        var error = Assert.Throws<ArgumentException>(
            () => new InteractiveArgmax(10, 1, 1, 0.5).Answer([5, 5], Source("a"), student));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lnmax", "scale", true)]
    [InlineData("gnmax", "sigma", false)]
    [InlineData("confident-gnmax", "sigma", false)]
    [InlineData("interactive-gnmax", "sigma", false)]
    public void Every_mechanism_can_be_discrete(string name, string scale, bool pure)
    {
        var component = MechanismCatalog.Default[name];
        var continuous = component.With((scale, 12.0)).Instance;
        var discrete = component.With((scale, 12.0), ("sampling", "discrete")).Instance;
        Assert.False(continuous.ExactSampling);
        Assert.True(discrete.ExactSampling);
        Assert.Equal(12, discrete.NoiseScale);
        Assert.Equal(name, discrete.Name);
        Assert.Equal(pure ? 2 / 12.0 : double.PositiveInfinity, discrete.PerAnswerEpsilon);
        Assert.Equal(NoiseKind.SeededSimulation, Source("a").Kind);
        double[] student = discrete.UsesStudent ? [0.1, 0.9] : [];
        Assert.Equal(
            discrete.Answer([150, 3], Source("k"), student), discrete.Answer([150, 3], Source("k"), student));
    }

    [Fact]
    public void Lnmax_takes_its_noise_in_three_ways_but_only_one_at_a_time()
    {
        var component = MechanismCatalog.Default["lnmax"];
        Assert.Equal(20, component.With(("per-answer-epsilon", 0.1)).Instance.NoiseScale);
        Assert.Throws<OptionException>(() => component.With(("per-answer-epsilon", 0.1), ("gamma", 0.1)));
    }

    [Fact]
    public void Laplace_thresholds_and_absurd_parameters_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidentArgmax(10, 1, 1, NoiseLaw.Laplace));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidentArgmax(double.NaN, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidentArgmax(10, double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfidentArgmax(10, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InteractiveArgmax(10, 1, 1, 1.1));
    }
}
