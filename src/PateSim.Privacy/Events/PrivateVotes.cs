using System.Collections.Immutable;
using System.Globalization;

namespace PateSim.Privacy.Events;

/// <summary>
/// A vote histogram: private data. It prints as a mark, never as counts, so that a log line cannot leak it.
/// </summary>
public sealed class PrivateVotes : IEquatable<PrivateVotes>
{
    private PrivateVotes(ImmutableArray<int> counts, int total) => (Counts, TeacherCount) = (counts, total);

    /// <summary>n_j: votes for each of m ≥ 2 classes, each ≥ 0.</summary>
    public ImmutableArray<int> Counts { get; }

    /// <summary>M = Σ n_j.</summary>
    public int TeacherCount { get; }

    public int ClassCount => Counts.Length;

    /// <summary>Checks the counts and keeps a copy.</summary>
    /// <param name="teacherCount">The total that is due, or null when any will do.</param>
    /// <exception cref="ArgumentException">Fewer than two classes, a negative count, no votes, or another total.
    /// </exception>
    public static PrivateVotes From(ReadOnlySpan<int> counts, int? teacherCount = null) =>
        new([.. counts], Check(counts, teacherCount));

    /// <summary>The total of a histogram that passes the checks of <see cref="From"/>.</summary>
    public static int Check(ReadOnlySpan<int> counts, int? teacherCount = null)
    {
        if (counts.Length < 2)
            throw new ArgumentException(
                $"A vote histogram has {counts.Length} class(es); at least 2 are needed.", nameof(counts));
        long total = 0;
        for (var j = 0; j < counts.Length; j++)
        {
            if (counts[j] < 0)
                throw new ArgumentException(
                    Text($"Class {j} has {counts[j]} votes; a count is a whole number, at least 0."), nameof(counts));
            total += counts[j];
        }
        if (total is 0 or > int.MaxValue)
            throw new ArgumentException(
                Text($"The votes sum to {total}; from 1 to {int.MaxValue} teachers vote."), nameof(counts));
        if (teacherCount is { } due && due != total)
            throw new ArgumentException(
                Text($"The votes sum to {total}, but there are {due} teachers, and each votes once."), nameof(counts));
        return (int)total;
    }

    public bool Equals(PrivateVotes? other) =>
        other is not null && Counts.AsSpan().SequenceEqual(other.Counts.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as PrivateVotes);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var count in Counts) hash.Add(count);
        return hash.ToHashCode();
    }

    public override string ToString() => "[private votes]";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
