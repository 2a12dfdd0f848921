using System.Collections.Immutable;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Protocol;

/// <summary>Coordinator and aggregator to hospital, and back.</summary>
public static class HospitalProtocol
{
    /// <summary>Command: train the teacher on the hospital's own records. Asking again gives the same reply.</summary>
    public sealed record TrainTeacher(RunId Run) : IWireMessage;

    /// <summary>Event: the teacher stands.</summary>
    /// <param name="Alone">What it reaches alone on the common test set, which only a simulation has; null elsewhere.
    /// </param>
    public sealed record TeacherTrained(RunId Run, int Hospital, Measurement? Alone) : IWireMessage
    {
        /// <summary>What was special about the fit, in a sentence, which only a simulation tells; empty elsewhere.
        /// </summary>
        public string Note { get; init; } = "";
    }

    /// <summary>Event: the hospital has no teacher, and why.</summary>
    public sealed record TeacherFailed(RunId Run, int Hospital, string Reason) : IWireMessage;

    /// <summary>Command: cast one vote on each named record of the public set.</summary>
    /// <param name="Records">Positions in the public set, shape [q].</param>
    public sealed record CastVotes(RunId Run, int Batch, ImmutableArray<int> Records) : IWireMessage;

    /// <summary>Event, to the aggregator: the hospital's votes, a class for each record of the batch, shape [q].
    /// </summary>
    public sealed record VotesCast(RunId Run, int Batch, int Hospital, ImmutableArray<byte> Votes) : IWireMessage;

    /// <summary>Event, to the aggregator: the hospital casts no votes in this batch, and why.</summary>
    public sealed record VotesRefused(RunId Run, int Batch, int Hospital, string Reason) : IWireMessage;
}
