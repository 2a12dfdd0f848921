using System.Collections.Immutable;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Protocol;

/// <summary>Coordinator to the owner of a served model, and back.</summary>
public static class ModelProtocol
{
    /// <summary>Command: train the student on these answers and serve it.</summary>
    /// <param name="Records">Positions in the public set, shape [n].</param>
    /// <param name="Labels">The aggregator's answers, shape [n].</param>
    public sealed record TrainStudent(RunId Run, ImmutableArray<int> Records, ImmutableArray<int> Labels) : IMessage;

    /// <summary>Command: train a student on the answers so far, and say what it makes of the next round's records. It is
    /// kept by no one and served to no one.</summary>
    /// <param name="Round">The round that is asked next, from 1.</param>
    /// <param name="Records">Positions in the public set that have labels, shape [n].</param>
    /// <param name="Labels">Their answers, shape [n].</param>
    /// <param name="Queries">Positions in the public set of the round's queries, shape [q].</param>
    public sealed record PredictRound(
        RunId Run, int Round, ImmutableArray<int> Records, ImmutableArray<int> Labels, ImmutableArray<int> Queries)
        : IMessage;

    /// <summary>Event: the predictions of the student so far.</summary>
    /// <param name="Probabilities">Shape [q, c] row-major, each row summing to 1.</param>
    public sealed record RoundPredicted(RunId Run, int Round, ImmutableArray<double> Probabilities) : IRunMessage;

    /// <summary>Command: train the pooled model on all private records (simulation only) and serve it.</summary>
    public sealed record TrainPooled(RunId Run) : IMessage;

    /// <summary>Event: the model stands and its prediction services are open.</summary>
    /// <param name="TestPredictions">Its labels for the test set, shape [t]: what fidelity is measured against.</param>
    /// <param name="Files">The model to be published; null when it is not.</param>
    public sealed record ModelTrained(
        RunId Run, ModelKind Model, AccuracyEntry Accuracy, ImmutableArray<int> TestPredictions,
        ModelFiles? Files = null) : IMessage;

    /// <summary>Event: there is no model, and why.</summary>
    public sealed record ModelFailed(RunId Run, ModelKind Model, string Reason) : IMessage;
}
