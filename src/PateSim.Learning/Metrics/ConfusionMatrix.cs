namespace PateSim.Learning.Metrics;

/// <summary>How often each true class was called each class: shape [classes, classes], rows are true classes.</summary>
/// <remarks>For two models that are compared, the rows are the victim's answers and the columns the clone's.</remarks>
public sealed class ConfusionMatrix : IEquatable<ConfusionMatrix>
{
    private readonly long[] _counts;

    /// <param name="truth">Shape [n], classes 0 to classCount − 1.</param>
    /// <param name="predicted">Shape [n], the same range.</param>
    /// <param name="classCount">c ≥ 2.</param>
    /// <exception cref="ArgumentException">The lengths differ, are zero, or a class is outside its range.</exception>
    public ConfusionMatrix(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (truth.Length != predicted.Length)
            throw new ArgumentException($"{truth.Length} true classes and {predicted.Length} predictions.");
        if (truth.IsEmpty) throw new ArgumentException("There is nothing to measure on: no record was given.");
        (ClassCount, Total, _counts) = (classCount, truth.Length, new long[classCount * classCount]);
        for (var i = 0; i < truth.Length; i++)
        {
            if ((uint)truth[i] >= (uint)classCount || (uint)predicted[i] >= (uint)classCount)
                throw new ArgumentException(
                    $"Record {i} has the classes {truth[i]} and {predicted[i]}; classes are 0 to {classCount - 1}.");
            _counts[truth[i] * classCount + predicted[i]]++;
        }
    }

    public int ClassCount { get; }

    /// <summary>n, the number of records.</summary>
    public long Total { get; }

    /// <summary>Records of the true class that were called the other.</summary>
    public long this[int truth, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)ClassCount);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)ClassCount);
            return _counts[truth * ClassCount + predicted];
        }
    }

    /// <summary>Records whose true class this is.</summary>
    public long TruthCount(int truth)
    {
        var sum = 0L;
        for (var k = 0; k < ClassCount; k++) sum += this[truth, k];
        return sum;
    }

    /// <summary>Records that were called this class.</summary>
    public long PredictedCount(int predicted)
    {
        var sum = 0L;
        for (var k = 0; k < ClassCount; k++) sum += this[k, predicted];
        return sum;
    }

    /// <summary>Records that were called what they are.</summary>
    public long Agreements()
    {
        var sum = 0L;
        for (var k = 0; k < ClassCount; k++) sum += this[k, k];
        return sum;
    }

    /// <summary>Whether the counts are the same.</summary>
    public bool Equals(ConfusionMatrix? other) =>
        other is not null && ClassCount == other.ClassCount && _counts.AsSpan().SequenceEqual(other._counts);

    public override bool Equals(object? obj) => Equals(obj as ConfusionMatrix);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var count in _counts) hash.Add(count);
        return hash.ToHashCode();
    }
}
