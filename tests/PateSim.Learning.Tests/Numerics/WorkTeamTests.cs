using PateSim.Learning.Numerics;

namespace PateSim.Learning.Tests.Numerics;

public sealed class WorkTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Every_index_is_done_once_in_every_round(int threads)
    {
        using var team = new WorkTeam(threads);
        var counts = new int[100];
        for (var round = 0; round < 2000; round++) team.Run(1 + round % 100, i => Interlocked.Increment(ref counts[i]));
        for (var i = 0; i < 100; i++) Assert.Equal(20 * (100 - i), counts[i]);
    }

    [Fact]
    public void Helpers_that_sleep_are_woken()
    {
        using var team = new WorkTeam(3);
        for (var round = 0; round < 3; round++)
        {
            var done = 0;
            team.Run(16, _ => Interlocked.Increment(ref done));
            Assert.Equal(16, done);
            Thread.Sleep(30);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_the_work_throws_reaches_the_caller_and_the_team_goes_on(int threads)
    {
        using var team = new WorkTeam(threads);
        Assert.Throws<InvalidOperationException>(
            () => team.Run(8, i => _ = i == 5 ? throw new InvalidOperationException("five") : 0));
        var done = 0;
        team.Run(8, _ => Interlocked.Increment(ref done));
        Assert.Equal(8, done);
    }
}
