using System.Runtime.InteropServices;
using PateSim.Learning;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;

namespace PateSim.Simulation.Work;

/// <summary>Trains a student on the answers so far and has it predict the records of the next round.</summary>
public sealed record PredictRecords(ModelSetup Setup, ModelProtocol.PredictRound Command) : IWork
{
    public string Description => FormattableString.Invariant($"train the student before round {Command.Round + 1}");

    public IMessage Run(CancellationToken cancellation)
    {
        // A stream of its own for each round: the student that is served is the same, however many came before it.
        var context = new TrainingContext(Setup.Key.Derive("round").Derive(Command.Round), 1, cancellation);
        var student = Setup.Learner.Fit(Setup.Labelled(Command.Records, Command.Labels), context);
        var classes = Setup.Test.ClassCount;
        var predicted = new float[Command.Queries.Length * classes];
        student.Probabilities(Setup.PublicRecords.Select(Command.Queries), predicted);
        return new RoundReady(new ModelProtocol.RoundPredicted(
            Setup.Run, Command.Round, ImmutableCollectionsMarshal.AsImmutableArray(Rows(predicted, classes))));
    }

    /// <summary>In double precision each row sums to 1, and none of it is above 1.</summary>
    private static double[] Rows(float[] predicted, int classes)
    {
        var rows = new double[predicted.Length];
        for (var first = 0; first < rows.Length; first += classes)
        {
            var sum = 0.0;
            for (var j = 0; j < classes; j++) sum += predicted[first + j];
            for (var j = 0; j < classes; j++) rows[first + j] = predicted[first + j] / sum;
        }
        return rows;
    }
}

/// <summary>Result of <see cref="PredictRecords"/>.</summary>
public sealed record RoundReady(ModelProtocol.RoundPredicted Predictions) : IMessage;
