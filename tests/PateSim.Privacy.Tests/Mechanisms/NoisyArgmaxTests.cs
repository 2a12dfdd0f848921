using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Tests.Mechanisms;

public sealed class NoisyArgmaxTests
{
    private static readonly SeededNoiseOrigin Seeded = new SeededNoiseOrigin(RandomKey.FromSeed(1).Derive("noise"));

    [Fact]
    public void Without_noise_it_is_the_plain_argmax_with_ties_to_the_lowest_class()
    {
        var plain = new NoisyArgmax(0);
        Assert.Equal(1, plain.Answer([3, 7, 7], Seeded.Open("a")).Label);
        Assert.Equal(0, plain.Answer([5, 5], Seeded.Open("a")).Label);
        Assert.Equal(double.PositiveInfinity, plain.PerAnswerEpsilon);
    }

    [Fact]
    public void One_answer_costs_two_over_the_scale() => Assert.Equal(0.1, new NoisyArgmax(20).PerAnswerEpsilon);

    [Fact]
    public void The_same_query_and_key_give_the_same_answer()
    {
        var mechanism = new NoisyArgmax(20);
        for (var i = 0; i < 50; i++)
        {
            var query = "q" + i;
            Assert.Equal(
                mechanism.Answer([10, 9, 8], Seeded.Open(query)), mechanism.Answer([10, 9, 8], Seeded.Open(query)));
        }
    }

    [Fact]
    public void The_winner_of_two_classes_has_the_closed_form_probability()
    {
        // Difference of two Laplace(b): Pr[wrong] = (2+D/b)/4 · e^(−D/b). Tolerance 5.3 σ: false alarm < 2e-7.
        const int draws = 40_000;
        var (b, gap) = (20.0, 15);
        var expected = (2 + gap / b) / 4 * Math.Exp(-gap / b);
        var mechanism = new NoisyArgmax(b);
        var noise = Seeded.Open("probability");
        var wrong = 0;
        for (var i = 0; i < draws; i++) wrong += mechanism.Answer([gap, 0], noise).Label;
        Assert.InRange(
            (double)wrong / draws - expected, -5.3 * Math.Sqrt(expected / draws), 5.3 * Math.Sqrt(expected / draws));
    }

    [Fact]
    public void Repetition_without_memory_averages_the_noise_away()
    {
        // The plurality leads by 4 votes under noise of scale 20: one answer is right little more than 1 time in 3,
        // the majority of 20,000 answers is right always. Hence answers are memoised.
        var mechanism = new NoisyArgmax(20);
        int[] votes = [32, 36, 32];
        var tally = new int[3];
        for (var i = 0; i < 20_000; i++) tally[mechanism.Answer(votes, Seeded.Open("asked again " + i)).Label]++;
        Assert.InRange(tally[1], 0, 10_000);
        Assert.Equal(1, Argmax.Of(tally));
        Assert.True(tally[1] > 1.1 * Math.Max(tally[0], tally[2]));
    }

    [Theory]
    [InlineData(new[] { 1 }, "at least 2")]
    [InlineData(new[] { 3, -1 }, "Class 1 has -1")]
    [InlineData(new[] { 0, 0 }, "sum to 0")]
    public void Votes_that_are_no_histogram_are_refused(int[] votes, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => new NoisyArgmax(20).Answer(votes, Seeded.Open("a")));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_scale_that_is_no_scale_is_refused(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyArgmax(scale));

    [Fact]
    public void Options_take_scale_or_gamma_but_not_both()
    {
        var component = MechanismCatalog.Default["lnmax"];
        Assert.Equal(20, component.With().Instance.NoiseScale);
        Assert.Equal(7, component.With(("scale", 7.0)).Instance.NoiseScale);
        Assert.Equal(20, component.With(("gamma", 0.05)).Instance.NoiseScale);
        var error = Assert.Throws<OptionException>(() => component.With(("scale", 7.0), ("gamma", 0.05)));
        Assert.Equal("gamma", error.Option);
        Assert.Throws<OptionException>(() => component.With(("gamma", 1e-320)));
    }

    [Fact]
    public void Its_event_holds_the_votes_as_private_data()
    {
        var mechanism = new NoisyArgmax(20);
        var cost = Assert.IsType<NoisyArgmaxEvent>(mechanism.Event([7, 3], VoteAnswer.Of(0)));
        Assert.Equal(10, cost.TeacherCount);
        Assert.DoesNotContain("7", cost.ToString(), StringComparison.Ordinal);
        Assert.Equal(mechanism.WorstCaseEvent(2, 10), cost.WithoutPrivateData());
    }
}
