using System.Collections.Immutable;
using PateSim.Core.Features;

namespace PateSim.Theft.Victims;

/// <summary>Records that a thief wants answered, in the order asked.</summary>
public sealed class Queries
{
    private Queries(FeatureMatrix records, ImmutableArray<int> poolRows) => (Records, PoolRows) = (records, poolRows);

    /// <summary>Shape [n, d].</summary>
    public FeatureMatrix Records { get; }

    /// <summary>Where each record stands in the thief's pool, shape [n]; empty for records made up by the thief, whose
    /// true label nobody knows.</summary>
    public ImmutableArray<int> PoolRows { get; }

    /// <summary>Records of the pool.</summary>
    /// <param name="rows">Rows of the pool, each at most once or repeated as the thief likes.</param>
    public static Queries FromPool(FeatureMatrix pool, ImmutableArray<int> rows) =>
        new(pool.Select(rows.AsSpan()), rows);

    /// <summary>Records that the thief made up.</summary>
    public static Queries Synthetic(FeatureMatrix records) => new(records, []);
}
