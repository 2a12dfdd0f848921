using System.Collections.Immutable;

namespace PateSim.Data.Tables;

/// <summary>Collects rows, from one file or several, and makes a <see cref="RawTable"/> of them.</summary>
/// <threadsafety>Different rows may be written by different threads once <see cref="AddRows"/> has made
/// room.</threadsafety>
public sealed class RawTableBuilder
{
    private readonly float[]?[] _numeric;
    private readonly short[]?[] _codes;
    private readonly int[]?[] _siteColumn = [null];
    private readonly PublishedPart[]?[] _partColumn = [null];
    private readonly int[]?[] _patientColumn = [null];
    private int[] _labels;
    private int _capacity;

    /// <param name="sites">The hospitals of the records, where the caller sets them; null when there are none or a
    /// column of the schema says which.</param>
    /// <param name="publishedParts">Whether the caller sets the published part of the records.</param>
    /// <param name="patients">Whether the caller sets the patient of the records, where no column of the schema
    /// does.</param>
    public RawTableBuilder(
        TableSchema schema, int capacity = 1024, ImmutableArray<string>? sites = null, bool publishedParts = false,
        bool patients = false)
    {
        Schema = schema;
        SiteNames = sites ?? [.. schema.Hospital?.Hospitals.Select(h => h.Name) ?? []];
        _capacity = Math.Max(1, capacity);
        _numeric = [.. schema.Features.Select(c => c is NumericColumn ? new float[_capacity] : null)];
        _codes = [.. schema.Features.Select(c => c is CategoricalColumn ? new short[_capacity] : null)];
        _labels = new int[_capacity];
        if (sites is not null || schema.Hospital is not null) _siteColumn[0] = new int[_capacity];
        if (patients || schema.Patient is not null) _patientColumn[0] = new int[_capacity];
        if (publishedParts || schema.Part is not null) _partColumn[0] = new PublishedPart[_capacity];
    }

    public TableSchema Schema { get; }

    public ImmutableArray<string> SiteNames { get; private set; }

    public int Rows { get; private set; }

    /// <summary>Makes room for more rows; returns the index of the first of them.</summary>
    public int AddRows(int count)
    {
        var first = Rows;
        Rows = checked(Rows + count);
        if (Rows <= _capacity) return first;
        Resize(Math.Max(Rows, (int)Math.Min(2L * _capacity, Array.MaxLength)));
        return first;
    }

    /// <summary>Makes room for that many rows in all, so that rows which are then added are not moved.</summary>
    public void Reserve(long rows)
    {
        if (rows <= _capacity) return;
        Resize((int)Math.Min(rows, Array.MaxLength));
    }

    public void SetNumeric(int feature, int row, float value) => _numeric[feature]![row] = value;

    public void SetCode(int feature, int row, short code) => _codes[feature]![row] = code;

    public void SetLabel(int row, int label) => _labels[row] = label;

    public void SetSite(int row, int site) => _siteColumn[0]![row] = site;

    /// <param name="patient">A number ≥ 0 that this patient alone has.</param>
    public void SetPatient(int row, int patient) => _patientColumn[0]![row] = patient;

    public void SetPart(int row, PublishedPart part) => _partColumn[0]![row] = part;

    /// <summary>How many records of each class stand from a row on.</summary>
    public ImmutableArray<int> ClassCounts(int firstRow)
    {
        var counts = new int[Schema.Label.Classes.Length];
        for (var row = firstRow; row < Rows; row++) counts[_labels[row]]++;
        return [.. counts];
    }

    /// <summary>How many records are of a published part.</summary>
    internal int CountOf(PublishedPart part) => _partColumn[0].AsSpan(0, Rows).Count(part);

    /// <summary>Hands the rows over; the builder must not be used afterwards.</summary>
    public RawTable Build()
    {
        if (_capacity > 1024 && _capacity > Rows + Rows / 8) Resize(Rows);
        return new RawTable(
            Schema, Rows, _numeric, _codes, _labels, _siteColumn[0], SiteNames, _partColumn[0], _patientColumn[0]);
    }

    /// <summary>Puts hospitals that were numbered as they were met in ordinal order of their names. Those that no
    /// private record names are none.</summary>
    internal void SetDiscoveredSites(IReadOnlyList<string> namesAsMet)
    {
        var sites = _siteColumn[0]!;
        var hasPrivate = new bool[namesAsMet.Count];
        for (var row = 0; row < Rows; row++)
        {
            if (sites[row] != RawTable.NoSite && _partColumn[0]?[row] is null or PublishedPart.Training)
                hasPrivate[sites[row]] = true;
        }
        int[] order =
        [
            .. Enumerable.Range(0, namesAsMet.Count).Where(i => hasPrivate[i])
                .OrderBy(i => namesAsMet[i], StringComparer.Ordinal),
        ];
        var rank = new int[namesAsMet.Count];
        Array.Fill(rank, RawTable.NoSite);
        for (var i = 0; i < order.Length; i++) rank[order[i]] = i;
        for (var row = 0; row < Rows; row++) sites[row] = sites[row] == RawTable.NoSite ? sites[row] : rank[sites[row]];
        SiteNames = [.. order.Select(i => namesAsMet[i])];
    }

    private void Resize(int capacity)
    {
        _capacity = capacity;
        Grow(_numeric);
        Grow(_codes);
        Grow(_siteColumn);
        Grow(_partColumn);
        Grow(_patientColumn);
        Array.Resize(ref _labels, _capacity);
    }

    private void Grow<T>(T[]?[] columns)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is not null) Array.Resize(ref columns[i], _capacity);
        }
    }
}
