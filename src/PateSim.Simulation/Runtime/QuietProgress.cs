namespace PateSim.Simulation.Runtime;

/// <summary>Hands progress on and keeps the display's faults from the run: what cannot be shown is not shown any more.
/// </summary>
/// <threadsafety>As safe as the progress inside.</threadsafety>
public sealed class QuietProgress(IProgress<RunProgress>? inner) : IProgress<RunProgress>
{
    private volatile IProgress<RunProgress>? _inner = inner;

    public void Report(RunProgress value)
    {
        try
        {
            _inner?.Report(value);
        }
#pragma warning disable CA1031 // Whatever a display throws, it is not the run's affair.
        catch (Exception)
#pragma warning restore CA1031
        {
            _inner = null;
        }
    }
}
