using CsCheck;
using PateSim.Theft.Measures;

namespace PateSim.Theft.Tests.Measures;

public sealed class ProportionTests
{
    private static readonly Gen<Proportion> Proportions =
        Gen.Int[1, 100_000].SelectMany(n => Gen.Int[0, n].Select(s => new Proportion(s, n)));

    // Values of the closed form, computed independently with 50 digits.
    [Theory]
    [InlineData(0, 10, 0.0, 0.2775327998628892)]
    [InlineData(10, 10, 0.7224672001371108, 1.0)]
    [InlineData(5, 10, 0.2365930905125640, 0.7634069094874360)]
    [InlineData(912, 1000, 0.8928277489502234, 0.9280190020576791)]
    [InlineData(1, 1, 0.2065493143772374, 1.0)]
    public void The_interval_is_Wilson_s(long successes, long trials, double lower, double upper)
    {
        var proportion = new Proportion(successes, trials);
        Assert.Equal(lower, proportion.Lower, 1e-12);
        Assert.Equal(upper, proportion.Upper, 1e-12);
    }

    [Fact]
    public void The_interval_holds_the_rate_and_stays_between_0_and_1() => Proportions.Sample(p =>
    {
        Assert.InRange(p.Lower, 0, p.Rate);
        Assert.InRange(p.Upper, p.Rate, 1);
    });

    [Fact]
    public void Successes_and_failures_mirror_each_other() => Proportions.Sample(p =>
    {
        var mirror = new Proportion(p.Trials - p.Successes, p.Trials);
        Assert.Equal(1 - p.Upper, mirror.Lower, 1e-12);
        Assert.Equal(1 - p.Lower, mirror.Upper, 1e-12);
    });

    [Fact]
    public void More_records_narrow_the_interval() => Proportions.Sample(p =>
    {
        var more = new Proportion(4 * p.Successes, 4 * p.Trials);
        Assert.True(more.Upper - more.Lower < p.Upper - p.Lower);
    });

    [Fact]
    public void A_share_of_nothing_or_more_than_all_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion(-1, 2));
    }
}
