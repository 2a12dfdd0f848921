using System.Collections.Immutable;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>What a network is trained towards: a probability for each class times the record's weight, shape [n, padded
/// classes].</summary>
internal sealed class Targets
{
    private readonly float[] _values;
    private readonly float[] _weights;

    private Targets(int classes, float[] values, float[] weights) =>
        (Classes, Width, _values, _weights) = (classes, FloatMath.Pad(classes), values, weights);

    public int Classes { get; }

    /// <summary>Classes with the padding.</summary>
    public int Width { get; }

    public ReadOnlyMemory<float> Values => _values;

    /// <summary>Shape [n]; empty where every record weighs 1.</summary>
    public ReadOnlyMemory<float> Weights => _weights;

    public ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * Width, Width);

    public float Weight(int row) => _weights.Length == 0 ? 1 : _weights[row];

    /// <summary>Probability 1 for each record's label.</summary>
    public static Targets FromLabels(ImmutableArray<int> labels, int classes)
    {
        var width = FloatMath.Pad(classes);
        var values = new float[labels.Length * width];
        for (var i = 0; i < labels.Length; i++) values[i * width + labels[i]] = 1;
        return new Targets(classes, values, []);
    }

    /// <summary>Soft targets, shape [n, classes].</summary>
    /// <param name="weights">Shape [n], not negative; empty for 1 each.</param>
    public static Targets FromProbabilities(
        ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<float> weights = default)
    {
        var width = FloatMath.Pad(classes);
        var rows = probabilities.Length / classes;
        var values = new float[rows * width];
        for (var i = 0; i < rows; i++)
        {
            var row = values.AsSpan(i * width, classes);
            probabilities.Slice(i * classes, classes).CopyTo(row);
            if (!weights.IsEmpty) VectorKernels.Scale(row, weights[i]);
        }
        return new Targets(classes, values, weights.ToArray());
    }
}
