using PateSim.Core.Features;
using PateSim.Learning;
using PateSim.Learning.Metrics;

namespace PateSim.Simulation.Results;

/// <summary>Accuracy and balanced accuracy of labels against recorded diagnoses.</summary>
public readonly record struct Measurement(Estimate Accuracy, Estimate BalancedAccuracy)
{
    /// <summary>Measures a classifier on records that it was not trained on.</summary>
    public static Measurement Of(IClassifier classifier, LabelledData data) =>
        Of(Labels(classifier, data.Features), data);

    /// <summary>Measures labels of shape [n] against the n recorded ones.</summary>
    public static Measurement Of(ReadOnlySpan<int> labels, LabelledData data) =>
        Of(labels, data.Labels.AsSpan(), data.ClassCount);

    /// <inheritdoc cref="Of(ReadOnlySpan{int}, LabelledData)"/>
    public static Measurement Of(ReadOnlySpan<int> labels, ReadOnlySpan<int> truth, int classCount)
    {
        var confusion = new ConfusionMatrix(truth, labels, classCount);
        return new Measurement(
            ClassificationMetrics.Accuracy(confusion), ClassificationMetrics.BalancedAccuracy(confusion));
    }

    /// <summary>A classifier's labels, shape [n].</summary>
    public static int[] Labels(IClassifier classifier, FeatureMatrix features)
    {
        var labels = new int[features.Rows];
        classifier.Predict(features, labels);
        return labels;
    }
}
