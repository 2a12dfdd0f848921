using System.Collections.Immutable;
using PateSim.Core.Features;

namespace PateSim.Simulation.Preparation;

/// <summary>The de-identified public set, known to all, shape [n, d].</summary>
/// <remarks>Every hospital is asked for the same batches, so the last one is kept instead of being copied out by each.
/// </remarks>
/// <threadsafety>Safe: what is kept is replaced whole.</threadsafety>
public sealed class PublicRecords(FeatureMatrix records)
{
    private volatile Batch? _last;

    public FeatureMatrix All { get; } = records;

    /// <summary>The records at these positions, in the order given.</summary>
    public FeatureMatrix Select(ImmutableArray<int> positions)
    {
        if (_last is { } last && last.Positions == positions) return last.Records;
        var selected = All.Select(positions.AsSpan());
        _last = new Batch(positions, selected);
        return selected;
    }

    private sealed record Batch(ImmutableArray<int> Positions, FeatureMatrix Records);
}
