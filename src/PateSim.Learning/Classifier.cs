using System.Buffers;
using PateSim.Core.Features;

namespace PateSim.Learning;

/// <summary>What all built-in classifiers share: checks of shapes, and a prediction that always agrees with the
/// probabilities.</summary>
public abstract class Classifier(int featureCount, int classCount, FitDiagnostics diagnostics) : IDiagnosedClassifier
{
    private const int Chunk = 256;

    public int FeatureCount { get; } = featureCount;

    public int ClassCount { get; } = classCount;

    public FitDiagnostics Diagnostics { get; } = diagnostics;

    public void Probabilities(FeatureMatrix features, Span<float> probabilities)
    {
        Check(features, probabilities.Length, (long)features.Rows * ClassCount, nameof(probabilities));
        for (var row = 0; row < features.Rows; row += Chunk)
        {
            var rows = Math.Min(Chunk, features.Rows - row);
            Score(features, row, rows, probabilities.Slice(row * ClassCount, rows * ClassCount));
        }
    }

    public void Predict(FeatureMatrix features, Span<int> labels)
    {
        Check(features, labels.Length, features.Rows, nameof(labels));
        var buffer = ArrayPool<float>.Shared.Rent(Chunk * ClassCount);
        for (var row = 0; row < features.Rows; row += Chunk)
        {
            var rows = Math.Min(Chunk, features.Rows - row);
            Score(features, row, rows, buffer.AsSpan(0, rows * ClassCount));
            for (var i = 0; i < rows; i++) labels[row + i] = Largest(buffer.AsSpan(i * ClassCount, ClassCount));
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>Writes the probabilities of at most 256 rows, shape [rows, classes].</summary>
    private protected abstract void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities);

    /// <summary>Index of the largest value; the lowest of equal ones.</summary>
    internal static int Largest(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var k = 1; k < values.Length; k++)
        {
            if (values[k] > values[best]) best = k;
        }
        return best;
    }

    private protected void CheckGradient(
        FeatureMatrix features, ReadOnlySpan<float> targets, ReadOnlySpan<float> gradient)
    {
        Check(features, targets.Length, (long)features.Rows * ClassCount, nameof(targets));
        Check(features, gradient.Length, (long)features.Rows * FeatureCount, nameof(gradient));
    }

    private void Check(FeatureMatrix features, int length, long needed, string name)
    {
        if (features.Columns != FeatureCount)
            throw new ArgumentException(
                $"The records have {features.Columns} features; the classifier was trained on {FeatureCount}.",
                nameof(features));
        if (length != needed) throw new ArgumentException($"The buffer holds {length} values; {needed} are due.", name);
    }
}
