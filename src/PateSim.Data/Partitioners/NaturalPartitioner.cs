using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>The hospitals that the dataset itself names.</summary>
public sealed class NaturalPartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "natural", "The hospitals that the dataset itself names, by column or by file.",
            [
                OptionSpec.Integer(
                    "min-size", "Fewest private records each hospital must have; a smaller one is an error.", 1, 1),
            ],
            [
                "Hospital j holds the private records whose site is j, in a random order drawn from the key. Hospitals "
                + "are in the dataset's order. None is dropped silently: one that has fewer than min-size private "
                + "records stops the run. A patient with records in several hospitals stops it, too, unless "
                + "privacy.hospitals-per-patient states in how many; every epsilon then counts that.",
            ]),
        options => new NaturalPartitioner(options.Integer("min-size")));

    private readonly long _minSize;

    private NaturalPartitioner(long minSize) => _minSize = minSize;

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        if (!table.HasSites)
            throw new OptionException(
                "partitioner",
                "The partitioner 'natural' needs a dataset that says which hospital holds a record; this one "
                + "does not. Use 'iid'.");
        var order = privateRows.ToArray();
        key.Open().Shuffle(order.AsSpan());
        var bySite = new List<int>[table.SiteNames.Length];
        for (var site = 0; site < bySite.Length; site++) bySite[site] = [];
        foreach (var row in order) bySite[table.Sites[row]].Add(row);
        var hospitals = ImmutableArray.CreateBuilder<HospitalRows>(bySite.Length);
        for (var site = 0; site < bySite.Length; site++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (bySite[site].Count == 0) throw Empty(table, site);
            if (bySite[site].Count < _minSize)
                throw new OptionException(
                    "min-size",
                    $"The hospital '{table.SiteNames[site]}' has {bySite[site].Count} private records; at least "
                    + $"{_minSize} are asked for. Lower min-size or the public and test shares.");
            hospitals.Add(new HospitalRows(table.SiteNames[site], [.. bySite[site]]));
        }
        return hospitals.MoveToImmutable();
    }

    private static OptionException Empty(RawTable table, int site)
    {
        var all = table.Sites.Count(site);
        var why = all == 0
            ? "the dataset has no record of it. Leave it out of the list of hospitals"
            : $"all of its {all} went to the public set and the test. Lower their shares";
        return new OptionException(
            "partitioner",
            $"The hospital '{table.SiteNames[site]}' has no private record: {why}, or join hospitals by "
            + "'grouped-natural'.");
    }
}
