using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Records sorted by label, cut into shards, a few shards for each hospital.</summary>
public sealed class ShardsPartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "shards",
            "Label skew by shards: records sorted by label are cut into shards, and each hospital gets some at random.",
            [
                Hospitals.CountOption,
                OptionSpec.Integer(
                    "shards-per-hospital", "Number of shards of each hospital, S/N.", 2, 1, 1_000_000),
            ],
            [
                "The n records, sorted by class and in random order within each, are cut into S shards: shard i has "
                + "positions ⌊in/S⌋ to ⌊(i+1)n/S⌋ − 1. The shards in random order are dealt to the hospitals, S/N to "
                + "each. S ≤ n.",
                Hospitals.PatientsNote,
            ],
            "McMahan, Moore, Ramage, Hampson and Agüera y Arcas 2017, section 3"),
        options => new ShardsPartitioner(options.Int32("hospitals"), options.Int32("shards-per-hospital")));

    private readonly int _hospitals, _each;

    private ShardsPartitioner(int hospitals, int each) => (_hospitals, _each) = (hospitals, each);

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        var units = PatientUnits.Of(table, privateRows);
        Hospitals.RequireOneEach(_hospitals, units);
        var shards = (long)_hospitals * _each;
        if (shards > units.Count)
            throw new OptionException(
                "shards-per-hospital",
                $"{_hospitals} hospitals with {_each} shards each need {shards} shards; {units.Count} {units.Noun} "
                + "give at most as many.");
        int[] sorted = [.. units.ShuffledByClass(key.Derive("order")).SelectMany(c => c)];
        var sizes = Hospitals.EvenSizes(sorted.Length, (int)shards);
        var starts = new int[sizes.Length];
        for (var s = 1; s < sizes.Length; s++) starts[s] = starts[s - 1] + sizes[s - 1];
        var dealt = key.Derive("deal").Open().Permutation(sizes.Length);
        var held = new List<int>[_hospitals];
        for (var j = 0; j < held.Length; j++)
        {
            held[j] = [];
            foreach (var shard in dealt.AsSpan(j * _each, _each))
                held[j].AddRange(sorted.AsSpan(starts[shard], sizes[shard]));
        }
        return Hospitals.From(units, held, cancellation);
    }
}
