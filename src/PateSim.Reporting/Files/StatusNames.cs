using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary>How a run ended, as written in results.</summary>
public static class StatusNames
{
    public static string Name(this RunStatus status) => status switch
    {
        RunStatus.Completed => "completed",
        RunStatus.Cancelled => "cancelled",
        RunStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Unknown status."),
    };
}
