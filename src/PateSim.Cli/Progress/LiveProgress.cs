using PateSim.Cli.Rendering;
using PateSim.Simulation.Runtime;
using Spectre.Console;

namespace PateSim.Cli.Progress;

/// <summary>One bar that is drawn again in place, with the phase and the time left.</summary>
internal sealed class LiveProgress : ProgressDisplay
{
    private readonly CliEnvironment _environment;
    private readonly long _start;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;
    private volatile ProgressTask? _task;

    public LiveProgress(CliEnvironment environment, PhaseClock clock)
        : base(clock)
    {
        (_environment, _start) = (environment, environment.Time.GetTimestamp());
        _drawing = Consoles.For(environment.Error, true, environment).Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                _task = context.AddTask("starting", maxValue: 1);
                await _end.Task.ConfigureAwait(false);
            });
    }

    public override async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _drawing.ConfigureAwait(false);
    }

    protected override void Show(RunProgress progress)
    {
        if (_task is not { } task) return;
        task.Value = progress.Fraction;
        task.Description = ProgressText.Of(progress, _environment.Time.GetElapsedTime(_start)).EscapeMarkup();
    }
}
