using PateSim.Cli.Progress;
using PateSim.Reporting.Folders;
using PateSim.Simulation.Runtime;

namespace PateSim.Cli.Tests.Progress;

public class ProgressTests
{
    [Theory]
    [InlineData(0.01, 60, "teachers 1/4, 1 %")]
    [InlineData(0.25, 30, "teachers 1/4, 25 %, about 1 min 30 s left")]
    [InlineData(0.5, 4, "teachers 1/4, 50 %, about 4 s left")]
    [InlineData(0.02, 600, "teachers 1/4, 2 %, about 8 h 10 min left")]
    [InlineData(1, 60, "teachers 1/4, 100 %")]
    public void Progress_tells_phase_share_and_time_left(double fraction, int elapsedSeconds, string expected) =>
        Assert.Equal(
            expected,
            ProgressText.Of(new RunProgress("teachers", 1, 4, fraction), TimeSpan.FromSeconds(elapsedSeconds)));

    [Fact]
    public async Task Plain_lines_come_once_per_phase_and_at_most_every_five_seconds()
    {
        var time = new ManualTime();
        using var error = new StringWriter { NewLine = "\n" };
        var environment = new CliEnvironment(
            TextWriter.Null, error, false, false, 100, _ => null, time, DiskFolderAccess.Instance);
        await using (var display = ProgressDisplay.Start(environment, new PhaseClock(time)))
        {
            for (var second = 0; second < 12; second++)
            {
                display.Report(new RunProgress("teachers", second, 12, second / 24.0));
                time.Advance(1);
            }
            display.Report(new RunProgress("votes", 0, 1, 0.5));
            display.Report(new RunProgress("votes", 1, 1, 0.5));
        }
        Assert.Equal(
            ["teachers 0/12", "teachers 5/12", "teachers 10/12", "votes 0/1"],
            error.ToString().TrimEnd('\n').Split('\n').Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void The_clock_gives_each_phase_the_time_until_the_next()
    {
        var time = new ManualTime();
        var clock = new PhaseClock(time);
        clock.Enter("data");
        time.Advance(2);
        clock.Enter("teachers");
        time.Advance(3);
        clock.Enter("teachers");
        time.Advance(1);
        clock.Enter("theft");
        time.Advance(0.5);
        var phases = clock.Finish().Select(phase => (phase.Phase, phase.Seconds));
        Assert.Equal([("data", 2.0), ("teachers", 4), ("theft", 0.5)], phases);
        Assert.Equal(6.5, clock.TotalSeconds);
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
