using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Tests;

/// <summary>Small data, models and learners whose right answers are plain to see.</summary>
internal static class Small
{
    public const int Classes = 3;
    public const int Features = 4;

    /// <summary>Records around one centre for each class; the spread makes the classes overlap.</summary>
    public static LabelledData Blobs(int count, string purpose, double spread = 0.6)
    {
        var stream = RandomKey.FromSeed(7).Derive(purpose).Open();
        var values = new float[count * Features];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = stream.NextInt(Classes);
            for (var j = 0; j < Features; j++)
                values[i * Features + j] = (float)((j == labels[i] ? 1 : 0) + spread * stream.NextGaussian());
        }
        return new LabelledData(new FeatureMatrix(count, Features, values), [.. labels], Classes);
    }

    public static FeatureMatrix Records(params float[][] rows) =>
        new(rows.Length, rows[0].Length, [.. rows.SelectMany(r => r)]);

    public static Credential Secret(string client) => Credential.Of("secret of " + client);

    public static ClientAccount Account(
        string id, long budget = 1000, Exposure? exposure = null, string? group = null) =>
        new(id, Secret(id), exposure ?? Exposure.Probabilities, budget, group);

    public static PredictionRequest Ask(string client, FeatureMatrix records) =>
        PredictionRequest.For(client, Secret(client), records);
}

/// <summary>p_k ∝ exp(−‖x − m_k‖² / width): a model with a closed form and no ties to speak of.</summary>
internal sealed class CentroidModel(float[][] centroids, double width = 0.5) : IClassifier
{
    private int _asked;

    /// <summary>How many records it was ever asked about.</summary>
    public int Asked => _asked;

    public int FeatureCount => centroids[0].Length;

    public int ClassCount => centroids.Length;

    public static CentroidModel Default { get; } = new([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]);

    public void Probabilities(FeatureMatrix features, Span<float> probabilities)
    {
        Interlocked.Add(ref _asked, features.Rows);
        var scores = new double[ClassCount];
        for (var i = 0; i < features.Rows; i++)
        {
            for (var k = 0; k < ClassCount; k++)
                scores[k] = Math.Exp(-Distances.Squared(features.Row(i), centroids[k]) / width);
            var total = scores.Sum();
            for (var k = 0; k < ClassCount; k++)
                probabilities[i * ClassCount + k] = total > 0 ? (float)(scores[k] / total) : 1f / ClassCount;
        }
    }

    public void Predict(FeatureMatrix features, Span<int> labels)
    {
        var probabilities = new float[features.Rows * ClassCount];
        Probabilities(features, probabilities);
        Argmax.OfRows(probabilities, ClassCount, labels);
    }
}

/// <summary>Answers from a function of one record.</summary>
internal sealed class FunctionModel(int features, int classes, Func<float[], float[]> answer) : IClassifier
{
    public int FeatureCount => features;

    public int ClassCount => classes;

    public void Probabilities(FeatureMatrix records, Span<float> probabilities)
    {
        for (var i = 0; i < records.Rows; i++)
            answer(records.Row(i).ToArray()).CopyTo(probabilities[(i * classes)..]);
    }

    public void Predict(FeatureMatrix records, Span<int> labels)
    {
        var probabilities = new float[records.Rows * classes];
        Probabilities(records, probabilities);
        Argmax.OfRows(probabilities, classes, labels);
    }
}

/// <summary>Weighted class means; takes labels and soft targets. The key jitters the means, so that it shows in
/// results.
/// </summary>
internal sealed class CentroidLearner(double jitter = 0) : ISoftLabelLearner
{
    private int _fits;

    public int Fits => _fits;

    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        var targets = new float[data.Count * data.ClassCount];
        for (var i = 0; i < data.Count; i++) targets[i * data.ClassCount + data.Labels[i]] = 1;
        return FitSoft(data.Features, targets, data.ClassCount, context);
    }

    public IClassifier FitSoft(
        FeatureMatrix features, ReadOnlyMemory<float> targets, int classCount, TrainingContext context)
    {
        Interlocked.Increment(ref _fits);
        var stream = context.Key.Open();
        var centroids = new float[classCount][];
        for (var k = 0; k < classCount; k++)
        {
            var sum = new double[features.Columns];
            var weight = 0.0;
            for (var i = 0; i < features.Rows; i++)
            {
                var target = targets.Span[i * classCount + k];
                weight += target;
                for (var j = 0; j < features.Columns; j++) sum[j] += target * features.Row(i)[j];
            }
            // A class never seen is put out of reach.
            centroids[k] =
            [
                .. sum.Select(s => weight > 0 ? (float)(s / weight + jitter * stream.NextGaussian()) : 1e6f),
            ];
        }
        return new CentroidModel(centroids);
    }
}

/// <summary>The label of the nearest stored record; takes labels only.</summary>
internal sealed class NeighbourLearner : ILearner
{
    public IClassifier Fit(LabelledData data, TrainingContext context) =>
        new FunctionModel(data.Features.Columns, data.ClassCount, record =>
        {
            var nearest = Enumerable.Range(0, data.Count)
                .MinBy(i => Distances.Squared(data.Features.Row(i), record));
            var oneHot = new float[data.ClassCount];
            oneHot[data.Labels[nearest]] = 1;
            return oneHot;
        });
}

internal static class Distances
{
    public static double Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++) sum += ((double)a[j] - b[j]) * ((double)a[j] - b[j]);
        return sum;
    }
}
