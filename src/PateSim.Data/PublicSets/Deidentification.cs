using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core;
using PateSim.Data.Federation;
using PateSim.Data.Tables;

namespace PateSim.Data.PublicSets;

/// <summary>The rules by which public records are de-identified.</summary>
/// <param name="Drop">Feature columns that public records do not have; no model uses them.</param>
/// <param name="Generalise">Numeric columns and the width w &gt; 0 of the intervals that replace their values.</param>
/// <param name="QuasiIdentifiers">Columns by which someone who knows a patient might find the record.</param>
/// <param name="MinimumK">k ≥ 1 that the public set must have.</param>
/// <param name="Withhold">Whether records in smaller groups are withheld; otherwise they are an error.</param>
public sealed record DeidentificationRules(
    ImmutableArray<string> Drop, ImmutableSortedDictionary<string, double> Generalise,
    ImmutableArray<string> QuasiIdentifiers, int MinimumK, bool Withhold)
{
    public static DeidentificationRules None { get; } =
        new([], ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal), [], 1, false);
}

/// <summary>What de-identification did.</summary>
/// <param name="Withheld">Records that were taken out of the public set and are nowhere else.</param>
/// <param name="Anonymity">Of the records that are published; null when no quasi-identifier is named.</param>
public sealed record DeidentificationRecord(DeidentificationRules Rules, int Withheld, KAnonymity? Anonymity);

/// <summary>Applies rules of de-identification.</summary>
internal static class Deidentification
{
    private const string Path = "data.public.deidentify";

    /// <summary>The table without the columns that public records do not have.</summary>
    /// <exception cref="FederationException">A rule names a column that is not there or not of its type.</exception>
    public static RawTable Drop(RawTable table, DeidentificationRules rules)
    {
        var names = table.Schema.Features.Select(c => c.Name).ToImmutableArray();
        foreach (var name in rules.Drop) Require(name, names, "drop");
        ImmutableArray<string> left = [.. names.Where(n => !rules.Drop.Contains(n))];
        if (left.IsEmpty) throw Wrong("drop", "All feature columns would be dropped; keep at least one.");
        foreach (var (name, width) in rules.Generalise)
        {
            Require(name, left, "generalise");
            if (table.Schema.Features.First(c => c.Name == name) is not NumericColumn)
                throw Wrong("generalise", $"'{name}' is a category; only numbers have intervals. Drop it instead.");
        }
        foreach (var name in rules.QuasiIdentifiers) Require(name, left, "quasi-identifiers");
        if (rules.MinimumK > 1 && rules.QuasiIdentifiers.IsEmpty)
            throw Wrong("minimum-k", "No quasi-identifiers are named, so that there is nothing to measure k of.");
        return rules.Drop.IsEmpty ? table : table.WithoutFeatures(rules.Drop);
    }

    /// <summary>The table with generalised columns, the rows that may be published, and what was done.</summary>
    /// <exception cref="FederationException">The records are less anonymous than asked for.</exception>
    public static (RawTable Table, ImmutableArray<int> Rows, DeidentificationRecord Record) Apply(
        RawTable table, ImmutableArray<int> rows, DeidentificationRules rules)
    {
        foreach (var (name, width) in rules.Generalise)
        {
            var feature = table.Schema.IndexOfFeature(name);
            table = table.WithNumeric(feature, Generalised(table.Numeric(feature), width));
        }
        if (rules.QuasiIdentifiers.IsEmpty) return (table, rows, new DeidentificationRecord(rules, 0, null));
        var groups = KAnonymity.Divide(table, rows, rules.QuasiIdentifiers);
        var before = KAnonymity.Of(groups, rules.QuasiIdentifiers);
        if (before.K >= rules.MinimumK) return (table, rows, new DeidentificationRecord(rules, 0, before));
        ImmutableArray<int> kept =
            [.. rows.Where((_, i) => groups.SizeOf(i) >= rules.MinimumK)];
        if (!rules.Withhold || kept.IsEmpty)
            throw new FederationException(
                Path + ".minimum-k", FederationException.NotAnonymous, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The public set is {before.K}-anonymous in {string.Join(", ", rules.QuasiIdentifiers)}, and ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rules.MinimumK} is asked for: {rows.Length - kept.Length} of {rows.Length} records are in smaller ")
                + "groups. Generalise more, drop columns, or write below-minimum = withhold.");
        var after = KAnonymity.Of(
            KAnonymity.Divide(table, kept, rules.QuasiIdentifiers), rules.QuasiIdentifiers);
        return (table, kept, new DeidentificationRecord(rules, rows.Length - kept.Length, after));
    }

    /// <summary>⌊x/w⌋·w + w/2: the middle of the interval of width w that holds x.</summary>
    private static float[] Generalised(ReadOnlySpan<float> values, double width)
    {
        var middles = new float[values.Length];
        for (var i = 0; i < middles.Length; i++)
            middles[i] = float.IsNaN(values[i]) ? float.NaN : (float)((Math.Floor(values[i] / width) + .5) * width);
        return middles;
    }

    private static void Require(string name, ImmutableArray<string> known, string rule)
    {
        if (!known.Contains(name))
            throw Wrong(rule, $"'{name}' is no feature column of the public records. "
                + Suggestion.Describe(name, known.Length <= 60 ? known : [.. known.Take(60)]));
    }

    private static FederationException Wrong(string rule, string message) =>
        new($"{Path}.{rule}", FederationException.Deidentification, message);
}
