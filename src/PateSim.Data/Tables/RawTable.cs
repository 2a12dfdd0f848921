using System.Collections.Immutable;

namespace PateSim.Data.Tables;

/// <summary>The part of a dataset in which its publishers put a record.</summary>
public enum PublishedPart : byte
{
    Training,

    HeldOut,

    /// <summary>To be the public set.</summary>
    Public,

    /// <summary>To be the test.</summary>
    Test,
}

/// <summary>
/// Records as read, column by column, before any encoding. A record's stable id is its row: the order over the files.
/// </summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class RawTable
{
    /// <summary>The code of a categorical cell that has no value. A numeric one is NaN.</summary>
    public const short MissingCode = -1;

    /// <summary>The site of a record that names none, which private records do not do.</summary>
    public const int NoSite = -1;

    private readonly float[]?[] _numeric;
    private readonly short[]?[] _codes;
    private readonly int[] _labels;
    private readonly int[]? _sites;
    private readonly PublishedPart[]? _parts;
    private readonly int[]? _patients;

    internal RawTable(
        TableSchema schema, int rows, float[]?[] numeric, short[]?[] codes, int[] labels, int[]? sites,
        ImmutableArray<string> siteNames, PublishedPart[]? parts, int[]? patients)
    {
        (Schema, Rows, SiteNames) = (schema, rows, siteNames);
        (_numeric, _codes, _labels, _sites, _parts, _patients) = (numeric, codes, labels, sites, parts, patients);
        ClassNames = [.. schema.Label.Classes.Select(c => c.Name)];
    }

    public TableSchema Schema { get; }

    public int Rows { get; }

    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The natural hospitals of the dataset; empty when it has none.</summary>
    public ImmutableArray<string> SiteNames { get; }

    public bool HasSites => _sites is not null;

    public bool HasPublishedParts => _parts is not null;

    /// <summary>Whether the dataset says whose record each is. A patient's records are then kept together.</summary>
    public bool HasPatients => _patients is not null;

    /// <summary>The class of each row, shape [n].</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Rows);

    /// <summary>The index into <see cref="SiteNames"/> of each row, shape [n]; empty when there are no sites.
    /// <see cref="NoSite"/> for a record that is not private and names no site, or one that no private record
    /// names.</summary>
    public ReadOnlySpan<int> Sites => _sites is null ? [] : _sites.AsSpan(0, Rows);

    /// <summary>The published part of each row, shape [n]; empty when the dataset was published in one piece.</summary>
    public ReadOnlySpan<PublishedPart> Parts => _parts is null ? [] : _parts.AsSpan(0, Rows);

    /// <summary>The patient of each row as a number ≥ 0, shape [n]; empty when the dataset does not say.</summary>
    public ReadOnlySpan<int> Patients => _patients is null ? [] : _patients.AsSpan(0, Rows);

    /// <summary>The values of a numeric feature, shape [n]; NaN where missing, otherwise finite.</summary>
    /// <exception cref="ArgumentException">The feature is not numeric.</exception>
    public ReadOnlySpan<float> Numeric(int feature) =>
        (_numeric[feature] ?? throw new ArgumentException($"'{Schema.Features[feature].Name}' is not numeric."))
        .AsSpan(0, Rows);

    /// <summary>The level codes of a categorical feature, shape [n]; <see cref="MissingCode"/> where missing.</summary>
    /// <exception cref="ArgumentException">The feature is not categorical.</exception>
    public ReadOnlySpan<short> Codes(int feature) =>
        (_codes[feature] ?? throw new ArgumentException($"'{Schema.Features[feature].Name}' is not categorical."))
        .AsSpan(0, Rows);

    /// <summary>How many records each class has.</summary>
    public ImmutableArray<int> ClassCounts()
    {
        var counts = new int[ClassNames.Length];
        foreach (var label in Labels) counts[label]++;
        return [.. counts];
    }

    /// <summary>Whether a cell of the row has no value.</summary>
    public bool IsIncomplete(int row)
    {
        for (var f = 0; f < _numeric.Length; f++)
        {
            if (_numeric[f] is { } values ? float.IsNaN(values[row]) : _codes[f]![row] == MissingCode) return true;
        }
        return false;
    }

    /// <summary>The records in which no value is missing, and a schema which says so.</summary>
    public RawTable CompleteCases() => Select(Schema.WithoutMissing(), row => !IsIncomplete(row));

    /// <summary>The records that a condition on the row keeps, in their order.</summary>
    public RawTable Where(Func<int, bool> keep) => Select(Schema, keep);

    /// <summary>The given records in the given order.</summary>
    internal RawTable InOrder(int[] rows) => Select(Schema, rows);

    private RawTable Select(TableSchema schema, Func<int, bool> keep) =>
        Select(schema, [.. Enumerable.Range(0, Rows).Where(keep)]);

    /// <summary>The same records without some feature columns.</summary>
    internal RawTable WithoutFeatures(ImmutableArray<string> names)
    {
        int[] kept = [.. Enumerable.Range(0, _numeric.Length).Where(f => !names.Contains(Schema.Features[f].Name))];
        return new RawTable(
            Schema.WithoutFeatures(names), Rows, [.. kept.Select(f => _numeric[f])], [.. kept.Select(f => _codes[f])],
            _labels, _sites, SiteNames, _parts, _patients);
    }

    /// <summary>The same records with other values of a numeric feature.</summary>
    /// <param name="values">Shape [n]; ownership passes to the table.</param>
    internal RawTable WithNumeric(int feature, float[] values) => new(
        Schema, Rows, [.. _numeric.Select((v, f) => f == feature ? values : v)], _codes, _labels, _sites, SiteNames,
        _parts, _patients);

    private RawTable Select(TableSchema schema, int[] rows)
    {
        return new RawTable(
            schema, rows.Length,
            [.. _numeric.Select(values => Pick(values, rows))], [.. _codes.Select(codes => Pick(codes, rows))],
            Pick(_labels, rows)!, Pick(_sites, rows), SiteNames, Pick(_parts, rows), Pick(_patients, rows));
    }

    private static T[]? Pick<T>(T[]? values, int[] rows) =>
        values is null ? null : Array.ConvertAll(rows, r => values[r]);
}
