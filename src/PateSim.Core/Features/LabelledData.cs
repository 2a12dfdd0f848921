using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace PateSim.Core.Features;

/// <summary>Records with a class each: features of shape [n, d] and labels of shape [n] in 0, …, classCount−1.
/// </summary>
public sealed class LabelledData
{
    /// <exception cref="ArgumentException">No labels, the lengths differ, or a label is outside its range.</exception>
    public LabelledData(FeatureMatrix features, ImmutableArray<int> labels, int classCount)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (labels.IsDefault) throw new ArgumentException("There are no labels.", nameof(labels));
        if (labels.Length != features.Rows)
            throw new ArgumentException($"{labels.Length} labels for {features.Rows} records.", nameof(labels));
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classCount)
                throw new ArgumentException(
                    $"The label of record {i} is {labels[i]}; labels are 0 to {classCount - 1}.", nameof(labels));
        }
        (Features, Labels, ClassCount) = (features, labels, classCount);
    }

    public FeatureMatrix Features { get; }

    public ImmutableArray<int> Labels { get; }

    public int ClassCount { get; }

    public int Count => Features.Rows;

    /// <summary>The named records, in the order given; a record may be named several times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such record.</exception>
    public LabelledData Select(ReadOnlySpan<int> rows)
    {
        var features = Features.Select(rows);
        var labels = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) labels[i] = Labels[rows[i]];
        return new LabelledData(features, ImmutableCollectionsMarshal.AsImmutableArray(labels), ClassCount);
    }
}
