using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Several natural sites joined into one hospital.</summary>
public sealed class GroupedNaturalPartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "grouped-natural",
            "Natural sites of the dataset, such as wards or practices, joined at random into hospitals of g each.",
            [
                OptionSpec.Integer("sites-per-hospital", "Number of sites g that make a hospital.", 2, 1, 1_000_000),
                OptionSpec.Choice(
                    "remainder",
                    "Where g does not divide the number of sites: allow-smaller makes a last, smaller hospital; "
                    + "allow-bigger adds the rest one by one to the first hospitals; strict is an error.",
                    "allow-smaller", "allow-smaller", "allow-bigger", "strict"),
            ],
            [
                "The sites that have private records are put in random order and cut into groups of g. A site is never "
                + "divided, and no record is left out: dropping the rest, which Flower offers, is not.",
                "A patient with records in two sites of different groups stops the run, unless "
                + "privacy.hospitals-per-patient states in how many hospitals; every epsilon then counts that.",
            ],
            "Flower Datasets, GroupedNaturalIdPartitioner"),
        options => new GroupedNaturalPartitioner(
            options.Int32("sites-per-hospital"), options.Text("remainder")));

    private readonly int _each;
    private readonly string _remainder;

    private GroupedNaturalPartitioner(int each, string remainder) => (_each, _remainder) = (each, remainder);

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        if (!table.HasSites)
            throw new OptionException(
                "partitioner",
                "The partitioner 'grouped-natural' needs a dataset that says which site holds a record; this one does "
                + "not. Use 'iid'.");
        var rows = privateRows.ToArray();
        key.Derive("order").Open().Shuffle(rows.AsSpan());
        var bySite = new List<int>[table.SiteNames.Length];
        for (var site = 0; site < bySite.Length; site++) bySite[site] = [];
        foreach (var row in rows) bySite[table.Sites[row]].Add(row);
        cancellation.ThrowIfCancellationRequested();
        int[] sites = [.. Enumerable.Range(0, bySite.Length).Where(s => bySite[s].Count > 0)];
        key.Derive("sites").Open().Shuffle(sites.AsSpan());
        var groupOf = Groups(sites);
        var grouped = sites.GroupBy(s => groupOf[s]).OrderBy(g => g.Key).Select(g => g.SelectMany(s => bySite[s]));
        return Hospitals.Named([.. grouped.Select(g => g.ToImmutableArray())]);
    }

    // The group of each site, by its place in the random order.
    private Dictionary<int, int> Groups(int[] sites)
    {
        var rest = sites.Length % _each;
        if (rest > 0 && _remainder == "strict")
            throw new OptionException(
                "sites-per-hospital", $"{sites.Length} sites have private records; {_each} does not divide them.");
        var whole = sites.Length / _each;
        if (whole == 0 && _remainder == "allow-bigger")
            throw new OptionException(
                "sites-per-hospital",
                $"{sites.Length} sites have private records; no hospital of {_each} can be made.");
        return Enumerable.Range(0, sites.Length).ToDictionary(
            i => sites[i],
            i => i < whole * _each || _remainder != "allow-bigger" ? i / _each : (i - whole * _each) % whole);
    }
}
