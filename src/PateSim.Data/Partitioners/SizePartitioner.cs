using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Quantity skew: sizes differ, and each hospital's records are a random sample.</summary>
public abstract class SizePartitioner : IPartitioner
{
    private protected SizePartitioner()
    {
    }

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        var units = PatientUnits.Of(table, privateRows);
        var sizes = Sizes(units, key.Derive("sizes"), cancellation);
        Hospitals.RequireSize(sizes, 1, units);
        var order = key.Derive("order").Open().Permutation(units.Count);
        return Hospitals.Cut(units, order, sizes, cancellation);
    }

    /// <summary>The size of each hospital, of sum <c>units.Count</c>.</summary>
    internal abstract int[] Sizes(PatientUnits units, RandomKey key, CancellationToken cancellation);
}
