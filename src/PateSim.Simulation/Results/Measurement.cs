using PateSim.Core.Features;
using PateSim.Learning;
using PateSim.Theft.Measures;

namespace PateSim.Simulation.Results;

/// <summary>Accuracy and balanced accuracy of labels against recorded diagnoses.</summary>
public readonly record struct Measurement(Estimate Accuracy, Estimate BalancedAccuracy)
{
    /// <summary>Measures a classifier on records that it was not trained on.</summary>
    public static Measurement Of(IClassifier classifier, LabelledData data) => Of(Labels(classifier, data.Features), data);

    /// <summary>Measures labels of shape [n] against the n recorded ones.</summary>
    public static Measurement Of(ReadOnlySpan<int> labels, LabelledData data) =>
        Of(labels, data.Labels.AsSpan(), data.ClassCount);

    /// <inheritdoc cref="Of(ReadOnlySpan{int}, LabelledData)"/>
    public static Measurement Of(ReadOnlySpan<int> labels, ReadOnlySpan<int> truth, int classCount)
    {
        var right = new int[classCount];
        var records = new int[classCount];
        for (var i = 0; i < labels.Length; i++)
        {
            records[truth[i]]++;
            if (labels[i] == truth[i]) right[truth[i]]++;
        }
        double sum = 0, variance = 0;
        var present = 0;
        for (var j = 0; j < classCount; j++)
        {
            if (records[j] == 0) continue;
            var recall = (double)right[j] / records[j];
            sum += recall;
            variance += recall * (1 - recall) / records[j];
            present++;
        }
        var (balanced, half) = (sum / present, 1.959963984540054 * Math.Sqrt(variance) / present);
        return new Measurement(
            Estimate.Of(new Proportion(right.Sum(), labels.Length)),
            new Estimate(balanced, Math.Max(0, balanced - half), Math.Min(1, balanced + half)));
    }

    /// <summary>A classifier's labels, shape [n].</summary>
    public static int[] Labels(IClassifier classifier, FeatureMatrix features)
    {
        var labels = new int[features.Rows];
        classifier.Predict(features, labels);
        return labels;
    }
}
