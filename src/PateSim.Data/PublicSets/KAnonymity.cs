using System.Collections.Immutable;
using PateSim.Data.Tables;

namespace PateSim.Data.PublicSets;

/// <summary>How far records hide among each other.</summary>
/// <remarks>
/// <para>Two records are alike when all their quasi-identifiers are equal as they are published; a missing value equals
/// a missing value alone. The records are k-anonymous when each is alike with at least k − 1 others: k is the size of
/// the smallest group (Sweeney 2002; Samarati 2001).</para>
/// <para>k-anonymity bounds how surely a record is found by those columns. It does not bound what else is learned of a
/// group whose members share a diagnosis, nor what other columns give away.</para>
/// </remarks>
/// <param name="K">Size of the smallest group, ≥ 1.</param>
/// <param name="Groups">How many groups there are.</param>
/// <param name="UniqueRecords">Records that are alone in their group.</param>
public sealed record KAnonymity(ImmutableArray<string> QuasiIdentifiers, int K, int Groups, int UniqueRecords)
{
    internal static KAnonymity Of(RecordGroups groups, ImmutableArray<string> quasiIdentifiers) => new(
        quasiIdentifiers, groups.Sizes.Min(), groups.Sizes.Length, groups.Sizes.Count(s => s == 1));

    /// <summary>The groups of the rows: column by column, each group is divided by the values in it.</summary>
    internal static RecordGroups Divide(RawTable table, ImmutableArray<int> rows, ImmutableArray<string> names)
    {
        var group = new int[rows.Length];
        var count = 1;
        foreach (var name in names)
        {
            var feature = table.Schema.IndexOfFeature(name);
            var numeric = table.Schema.Features[feature] is NumericColumn;
            var met = new Dictionary<(int Group, int Value), int>();
            for (var i = 0; i < group.Length; i++)
            {
                var value = numeric ? Bits(table.Numeric(feature)[rows[i]]) : table.Codes(feature)[rows[i]];
                if (!met.TryGetValue((group[i], value), out var next)) met.Add((group[i], value), next = met.Count);
                group[i] = next;
            }
            count = met.Count;
        }
        var sizes = new int[count];
        foreach (var g in group) sizes[g]++;
        return new RecordGroups(group, [.. sizes]);
    }

    // Zero has two forms and NaN many.
    private static int Bits(float value) => float.IsNaN(value) ? int.MinValue + 1
        : value == 0 ? 0 : BitConverter.SingleToInt32Bits(value);
}

/// <summary>Which group each of some records is in.</summary>
/// <param name="Of">By position of the record.</param>
/// <param name="Sizes">By group.</param>
internal sealed record RecordGroups(int[] Of, ImmutableArray<int> Sizes)
{
    public int SizeOf(int position) => Sizes[Of[position]];
}
