using PateSim.Simulation.Runtime;

namespace PateSim.Cli.Progress;

/// <summary>Shows on stderr how far a run is. Reports may come from any thread.</summary>
internal abstract class ProgressDisplay(PhaseClock clock) : IProgress<RunProgress>, IAsyncDisposable
{
    /// <summary>A live bar for a person, plain lines for everything else.</summary>
    public static ProgressDisplay Start(CliEnvironment environment, PhaseClock clock) =>
        environment.ErrorIsTerminal && environment.WantsColour
            ? new LiveProgress(environment, clock)
            : new LineProgress(environment, clock);

    public void Report(RunProgress value)
    {
        clock.Enter(value.Phase);
        Show(value);
    }

    /// <summary>Ends the display; what is printed afterwards stands below it.</summary>
    public abstract ValueTask DisposeAsync();

    protected abstract void Show(RunProgress progress);
}
