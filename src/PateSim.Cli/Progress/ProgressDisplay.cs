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

    /// <summary>Never throws: whoever reports is in the middle of a run.</summary>
    public void Report(RunProgress value)
    {
        clock.Enter(value.Phase);
        // No fault of a display is worth a run, and there is no place left to report it.
#pragma warning disable CA1031
        try
        {
            Show(value);
        }
        catch (Exception)
        {
            // The line is lost; the next one may come through.
        }
#pragma warning restore CA1031
    }

    /// <summary>Ends the display; what is printed afterwards stands below it.</summary>
    public abstract ValueTask DisposeAsync();

    protected abstract void Show(RunProgress progress);
}
