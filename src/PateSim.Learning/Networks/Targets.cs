using System.Collections.Immutable;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>What a network is trained towards: a probability for each class, shape [n, padded classes].</summary>
internal sealed class Targets
{
    private readonly float[] _values;

    private Targets(int classes, float[] values) =>
        (Classes, Width, _values) = (classes, FloatMath.Pad(classes), values);

    public int Classes { get; }

    /// <summary>Classes with the padding.</summary>
    public int Width { get; }

    public ReadOnlySpan<float> Values => _values;

    public ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * Width, Width);

    /// <summary>Probability 1 for each record's label.</summary>
    public static Targets FromLabels(ImmutableArray<int> labels, int classes)
    {
        var width = FloatMath.Pad(classes);
        var values = new float[labels.Length * width];
        for (var i = 0; i < labels.Length; i++) values[i * width + labels[i]] = 1;
        return new Targets(classes, values);
    }

    /// <summary>Soft targets, shape [n, classes].</summary>
    public static Targets FromProbabilities(ReadOnlySpan<float> probabilities, int classes)
    {
        var width = FloatMath.Pad(classes);
        var rows = probabilities.Length / classes;
        var values = new float[rows * width];
        for (var i = 0; i < rows; i++) probabilities.Slice(i * classes, classes).CopyTo(values.AsSpan(i * width));
        return new Targets(classes, values);
    }
}
