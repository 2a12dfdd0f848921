using PateSim.Core.Features;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Theft.Attacks;
using PateSim.Theft.Measures;

namespace PateSim.Simulation.Work;

/// <summary>Trains one clone from scratch and measures it against its victim and the truth.</summary>
public sealed record MeasureClone(CloneJob Job, Victim Victim, LabelledData Test) : IWork
{
    public string Description => $"train the clone {Job.Id}";

    public IMessage Run(CancellationToken cancellation)
    {
        var labels = Job.Run(Test.Features, 1, cancellation).EvaluationLabels;
        var measures = CloneMeasures.Of(labels.AsSpan(), Victim.TestPredictions.AsSpan(), Test);
        var measured = Measurement.Of(labels.AsSpan(), Test);
        return new CloneReady(Job.Id, new TheftEntry(
            Job.Id.Victim,
            Job.Id.Attack,
            Job.Id.Exposure.Name,
            Job.Id.Budget,
            measured.Accuracy,
            measured.BalancedAccuracy,
            measures.Fidelity.ToEstimate(),
            measures.Kappa,
            measures.VictimAccuracy.Rate,
            measures.FidelityOnErrors?.Rate,
            null));
    }
}

/// <summary>Result of <see cref="MeasureClone"/>.</summary>
public sealed record CloneReady(CloneId Id, TheftEntry Entry) : IMessage;
