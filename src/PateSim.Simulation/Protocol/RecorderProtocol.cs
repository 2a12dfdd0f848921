using System.Collections.Immutable;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Protocol;

/// <summary>Coordinator to recorder.</summary>
public static class RecorderProtocol
{
    /// <summary>Command: keep this fact.</summary>
    public sealed record Record(RunFact Fact) : IMessage;

    /// <summary>Command: the run has ended with these facts.</summary>
    public sealed record Seal(RunStatus Status, string? Reason, ImmutableArray<RunFact> Facts) : IMessage;
}
