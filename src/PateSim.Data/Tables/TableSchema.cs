using System.Collections.Immutable;

namespace PateSim.Data.Tables;

/// <summary>The declared columns of a table, in the order of the file.</summary>
public sealed record TableSchema
{
    /// <exception cref="ArgumentException">A name, level or spelling stands twice; there is not exactly one label with
    /// two or more classes; there are several hospital or patient columns or no feature; a range is
    /// empty.</exception>
    public TableSchema(params ImmutableArray<Column> columns)
    {
        Columns = columns;
        RequireDistinct("column", columns.Select(c => c.Name));
        Features = [.. columns.Where(c => c is NumericColumn or CategoricalColumn)];
        if (Features.IsEmpty)
            throw new ArgumentException("A schema needs at least one feature column.", nameof(columns));
        Label = columns.OfType<LabelColumn>().Count() == 1
            ? columns.OfType<LabelColumn>().Single()
            : throw new ArgumentException("A schema has exactly one label column.", nameof(columns));
        if (Label.Classes.Length < 2) throw new ArgumentException("A label has two or more classes.", nameof(columns));
        if (columns.OfType<HospitalColumn>().Count() > 1)
            throw new ArgumentException("A schema has at most one hospital column.", nameof(columns));
        Hospital = columns.OfType<HospitalColumn>().SingleOrDefault();
        if (columns.OfType<PatientColumn>().Count() > 1)
            throw new ArgumentException("A schema has at most one patient column.", nameof(columns));
        Patient = columns.OfType<PatientColumn>().SingleOrDefault();
        if (columns.OfType<PartColumn>().Count() > 1)
            throw new ArgumentException("A schema has at most one column of parts.", nameof(columns));
        Part = columns.OfType<PartColumn>().SingleOrDefault();
        foreach (var column in columns) CheckValues(column);
    }

    public ImmutableArray<Column> Columns { get; }

    /// <summary>The numeric and categorical columns in file order; a feature's index is its position here.</summary>
    public ImmutableArray<Column> Features { get; }

    public LabelColumn Label { get; }

    public HospitalColumn? Hospital { get; }

    public PatientColumn? Patient { get; }

    public PartColumn? Part { get; }

    /// <summary>Whether the author of a scenario said which records are private, public or held out, so that a split
    /// which looks away from that is refused.</summary>
    public bool PartsAreBinding { get; init; }

    /// <summary>Whether levels or ranges were taken from the records, so that each hospital's records had a part in the
    /// features of all.</summary>
    public bool FromRecords { get; init; }

    /// <summary>The same schema for records of which none lacks a value.</summary>
    public TableSchema WithoutMissing() => new([.. Columns.Select(c => c with { MissingMarks = [] })])
    {
        FromRecords = FromRecords,
        PartsAreBinding = PartsAreBinding,
    };

    /// <summary>The same schema without some feature columns.</summary>
    internal TableSchema WithoutFeatures(ImmutableArray<string> names) =>
        new([.. Columns.Where(c => c is not (NumericColumn or CategoricalColumn) || !names.Contains(c.Name))])
        {
            FromRecords = FromRecords,
        };

    /// <summary>The features and the label alone: neither hospital nor patient.</summary>
    internal TableSchema WithoutIdentifiers() =>
        new([.. Columns.Where(c => c is NumericColumn or CategoricalColumn or LabelColumn)])
        {
            FromRecords = FromRecords,
        };

    /// <summary>The index of a feature.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    internal int IndexOfFeature(string name)
    {
        for (var f = 0; f < Features.Length; f++)
        {
            if (Features[f].Name == name) return f;
        }
        throw new ArgumentException($"There is no feature '{name}'.", nameof(name));
    }

    private static void CheckValues(Column column)
    {
        var levels = column switch
        {
            CategoricalColumn categorical => categorical.Levels,
            LabelColumn label => label.Classes,
            HospitalColumn hospital => hospital.Hospitals,
            PartColumn part => [.. part.Parts.Select(p => p.Level)],
            _ => [],
        };
        RequireDistinct($"level of '{column.Name}'", levels.Select(l => l.Name));
        RequireDistinct($"spelling in '{column.Name}'", levels.SelectMany(l => l.Written).Concat(column.MissingMarks));
        if (column is CategoricalColumn { Levels.Length: < 1 or > short.MaxValue })
            throw new ArgumentException(
                $"The category '{column.Name}' has {levels.Length} levels; 1 to 32767 are possible.");
        if (column is LabelColumn or HospitalColumn or PatientColumn or PartColumn && column.MayBeMissing)
            throw new ArgumentException($"'{column.Name}' may not have missing marks: every record needs it.");
        if (column is NumericColumn numeric && !(numeric.Minimum < numeric.Maximum))
            throw new ArgumentException(
                $"The range of '{column.Name}' is {numeric.Minimum} to {numeric.Maximum}; its ends must ascend.");
    }

    private static void RequireDistinct(string what, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name)) throw new ArgumentException($"The {what} '{name}' stands twice.");
        }
    }
}
