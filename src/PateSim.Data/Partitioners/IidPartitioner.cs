using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Hospitals alike: a random order cut into parts of equal size.</summary>
public sealed class IidPartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "iid",
            "Hospitals alike: private records in random order, cut into parts whose sizes differ by at most one.",
            [Hospitals.CountOption],
            [
                "A uniformly random order of the n private records is drawn from the key; hospital j of N gets "
                + "positions ⌊jn/N⌋ to ⌊(j+1)n/N⌋ − 1. No hospital may be empty: N ≤ n.",
                Hospitals.PatientsNote,
            ],
            "Papernot, Abadi, Erlingsson, Goodfellow and Talwar 2017, section 2"),
        options => new IidPartitioner(options.Int32("hospitals")));

    private readonly int _hospitals;

    private IidPartitioner(int hospitals) => _hospitals = hospitals;

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        var units = PatientUnits.Of(table, privateRows);
        Hospitals.RequireOneEach(_hospitals, units);
        var order = key.Open().Permutation(units.Count);
        return Hospitals.Cut(units, order, Hospitals.EvenSizes(order.Length, _hospitals), cancellation);
    }
}
