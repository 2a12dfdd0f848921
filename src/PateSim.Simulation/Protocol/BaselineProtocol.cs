using System.Collections.Immutable;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Protocol;

/// <summary>Coordinator to the owner of a baseline, and back.</summary>
public static class BaselineProtocol
{
    /// <summary>Command: train the baseline and measure it (simulation only).</summary>
    /// <param name="Rounds">The answers of the run, for a baseline that is trained to their privacy loss; empty for
    /// others.</param>
    public sealed record TrainBaseline(RunId Run, ImmutableArray<AnswersFact> Rounds) : IMessage;

    /// <summary>Event: the baseline was trained and measured, or it could not be, and the report says why.</summary>
    /// <param name="Accuracy">Null where it was not trained.</param>
    public sealed record BaselineEnded(RunId Run, int Baseline, BaselineReport Report, AccuracyEntry? Accuracy)
        : IRunMessage;
}
