using PateSim.Simulation.Runtime;

namespace PateSim.Cli.Progress;

/// <summary>One line when a phase begins, and one at least five seconds after the last.</summary>
internal sealed class LineProgress(CliEnvironment environment, PhaseClock clock) : ProgressDisplay(clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly long _start = environment.Time.GetTimestamp();
    private string _phase = "";
    private long _last;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Show(RunProgress progress)
    {
        lock (_lock)
        {
            if (progress.Phase == _phase && environment.Time.GetElapsedTime(_last) < Between) return;
            (_phase, _last) = (progress.Phase, environment.Time.GetTimestamp());
            environment.Error.WriteLine(ProgressText.Of(progress, environment.Time.GetElapsedTime(_start)));
        }
    }
}
