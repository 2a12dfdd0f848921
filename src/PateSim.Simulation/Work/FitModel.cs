using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PateSim.Core.Features;
using PateSim.Learning;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Roles;

namespace PateSim.Simulation.Work;

/// <summary>Trains a served model and measures it on the test set.</summary>
public sealed record FitModel(ModelSetup Setup, Func<LabelledData> Records) : IWork
{
    public string Description => $"train the {RoleId.Model(Setup.Model)}";

    public IMessage Run(CancellationToken cancellation)
    {
        var context = new TrainingContext(Setup.Key, 1, cancellation);
        var classifier = Setup.Learner.Fit(Records(), context);
        var measured = Measurement.Of(classifier, Setup.Test, Setup.Key.Derive("metrics"), out var labels);
        var name = Setup.Model == ModelKind.Student ? AccuracyModels.Student : AccuracyModels.Pooled;
        return new ModelFitted(
            classifier,
            AccuracyEntry.Of(name, "test", Setup.Test.Count, measured),
            ImmutableCollectionsMarshal.AsImmutableArray(labels));
    }
}

/// <summary>Result of <see cref="FitModel"/>; the model stays with its owner.</summary>
public sealed record ModelFitted(
    IClassifier Classifier, AccuracyEntry Accuracy, ImmutableArray<int> TestPredictions) : IMessage;
