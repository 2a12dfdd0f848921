using CsCheck;
using PateSim.Theft.Measures;

namespace PateSim.Theft.Tests.Measures;

public sealed class PlainWordsTests
{
    [Fact]
    public void Sentences_read_as_a_person_would_say_them()
    {
        Assert.Equal(
            "of 1,000 patients the thief's copy agrees with the student on 912",
            PlainWords.Agreement("the student", new Proportion(912, 1000)));
        Assert.Equal(
            "of 1,000 patients a model trained on 1,000 true labels is right on 1,000",
            PlainWords.WithoutVictim(1000, new Proportion(40, 40)));
    }

    [Theory]
    [InlineData(1, 2000, 1)]
    [InlineData(1, 2001, 0)]
    [InlineData(3, 2000, 2)]
    [InlineData(1999, 2000, 1000)]
    [InlineData(9994, 10000, 999)]
    [InlineData(2, 3, 667)]
    [InlineData(0, 7, 0)]
    [InlineData(long.MaxValue, long.MaxValue, 1000)]
    public void Numbers_are_rounded_to_the_nearest_patient_and_halves_upwards(
        long successes, long trials, int expected) =>
        Assert.Equal(expected, PlainWords.PerThousand(new Proportion(successes, trials)));

    [Fact]
    public void A_thousandth_part_is_never_off_by_more_than_half() =>
        Gen.Int[1, 100_000].SelectMany(n => Gen.Int[0, n].Select(s => new Proportion(s, n))).Sample(share =>
            Assert.InRange(Math.Abs(PlainWords.PerThousand(share) - 1000m * share.Successes / share.Trials), 0m, 0.5m));

    [Fact]
    public void The_surplus_over_true_labels_is_a_difference_of_accuracies()
    {
        Assert.Equal(-0.25, TheftSurplus.At(new Proportion(5, 8), new Proportion(7, 8)));
        Assert.Throws<ArgumentException>(() => TheftSurplus.At(new Proportion(5, 8), new Proportion(7, 9)));
    }
}
