using PateSim.Core.Features;

namespace PateSim.Learning.Networks;

/// <summary>What all learners of trained networks share: how labels become targets.</summary>
public abstract class NetworkLearner : IWeightedLearner
{
    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        TrainingData.RequireRecords(data.Count);
        return Fit(data.Features, Targets.FromLabels(data.Labels, data.ClassCount), context);
    }

    public IClassifier FitSoft(
        FeatureMatrix features, ReadOnlyMemory<float> targets, int classCount, TrainingContext context)
    {
        TrainingData.RequireRecords(features.Rows);
        _ = TrainingData.Present(features, targets.Span, classCount);
        return Fit(features, Targets.FromProbabilities(targets.Span, classCount), context);
    }

    public IClassifier FitWeighted(
        FeatureMatrix features, ReadOnlyMemory<float> targets, ReadOnlyMemory<float> weights, int classCount,
        TrainingContext context)
    {
        TrainingData.RequireRecords(features.Rows);
        _ = TrainingData.Present(features, targets.Span, classCount);
        TrainingData.RequireWeights(features.Rows, weights.Span);
        return Fit(features, Targets.FromProbabilities(targets.Span, classCount, weights.Span), context);
    }

    private protected abstract NetworkClassifier Fit(FeatureMatrix features, Targets targets, TrainingContext context);
}
