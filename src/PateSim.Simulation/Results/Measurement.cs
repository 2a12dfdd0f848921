using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Learning.Metrics;

namespace PateSim.Simulation.Results;

/// <summary>Accuracy, balanced accuracy and further scores of answers against recorded diagnoses.</summary>
public readonly record struct Measurement(Estimate Accuracy, Estimate BalancedAccuracy)
{
    /// <summary>F1, and where probabilities were measured area under the ROC curve and calibration error.</summary>
    public Scores? Scores { get; init; }

    /// <summary>Measures a classifier, with its probabilities, on records that it was not trained on.</summary>
    /// <param name="key">Address of the bootstrap of the calibration error's interval.</param>
    public static Measurement Of(IClassifier classifier, LabelledData data, RandomKey key) =>
        Of(classifier, data, key, out _);

    /// <inheritdoc cref="Of(IClassifier, LabelledData, RandomKey)"/>
    /// <param name="labels">The classifier's labels, shape [n].</param>
    public static Measurement Of(IClassifier classifier, LabelledData data, RandomKey key, out int[] labels)
    {
        var classes = data.ClassCount;
        var probabilities = new float[data.Count * classes];
        classifier.Probabilities(data.Features, probabilities);
        labels = Labels(classifier, data.Features);
        var measured = Of(labels, data);
        var truth = data.Labels.AsSpan();
        return measured with
        {
            Scores = measured.Scores! with
            {
                Auroc = RankMetrics.Auroc(probabilities, truth, classes),
                CalibrationError = CalibrationMetrics.ExpectedError(probabilities, truth, classes, key),
            },
        };
    }

    /// <summary>Measures labels of shape [n] against the n recorded ones.</summary>
    public static Measurement Of(ReadOnlySpan<int> labels, LabelledData data) =>
        Of(labels, data.Labels.AsSpan(), data.ClassCount);

    /// <inheritdoc cref="Of(ReadOnlySpan{int}, LabelledData)"/>
    public static Measurement Of(ReadOnlySpan<int> labels, ReadOnlySpan<int> truth, int classCount)
    {
        var confusion = new ConfusionMatrix(truth, labels, classCount);
        return new Measurement(
            ClassificationMetrics.Accuracy(confusion), ClassificationMetrics.BalancedAccuracy(confusion))
        {
            Scores = new Scores(FScores.Macro(confusion), Confusion: confusion),
        };
    }

    /// <summary>A classifier's labels, shape [n].</summary>
    public static int[] Labels(IClassifier classifier, FeatureMatrix features)
    {
        var labels = new int[features.Rows];
        classifier.Predict(features, labels);
        return labels;
    }
}
