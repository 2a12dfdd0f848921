using PateSim.Learning.Optimisers;

namespace PateSim.Learning.Tests.Optimisers;

public sealed class RateScheduleTests
{
    [Fact]
    public void A_constant_rate_stays() => Assert.All(
        Enumerable.Range(0, 20), e => Assert.Equal(1, new RateSchedule(RateKind.Constant, 0, 1, 0.5).Factor(e, 20)));

    [Fact]
    public void A_cosine_falls_from_one_towards_nothing()
    {
        var schedule = new RateSchedule(RateKind.Cosine, 0, 1, 0.5);
        for (var e = 0; e < 20; e++) Assert.Equal((1 + Math.Cos(Math.PI * e / 20)) / 2, schedule.Factor(e, 20), 1e-14);
    }

    [Fact]
    public void Steps_cut_at_their_epochs()
    {
        var schedule = new RateSchedule(RateKind.Step, 0, 3, 0.1);
        Assert.Equal([1, 1, 1, 0.1, 0.1, 0.1, 0.1 * 0.1], Enumerable.Range(0, 7).Select(e => schedule.Factor(e, 7)));
    }

    [Fact]
    public void A_warm_up_rises_evenly_and_the_schedule_begins_after_it()
    {
        var schedule = new RateSchedule(RateKind.Step, 3, 2, 0.5);
        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 0.5], Enumerable.Range(0, 6).Select(e => schedule.Factor(e, 6)));
        Assert.Equal(1, new RateSchedule(RateKind.Cosine, 3, 2, 0.5).Factor(3, 6));
    }
}
