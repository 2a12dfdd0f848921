using System.Collections.Immutable;
using PateSim.Data.Datasets.Own;
using PateSim.Data.Reading;

namespace PateSim.Data.Inspection;

/// <summary>How a file is written.</summary>
public enum FileKind
{
    Text,

    Arff,

    Idx,
}

/// <summary>What the cells of a column are.</summary>
public enum CellKind
{
    /// <summary>No cell has a value.</summary>
    Empty,

    Number,

    Category,

    /// <summary>More values than a category has, or longer ones.</summary>
    FreeText,

    Date,

    /// <summary>Numbers with a decimal comma or marks of thousands, or numbers among words.</summary>
    Unusable,
}

/// <summary>For what a column is proposed.</summary>
public enum ColumnRole
{
    Feature,

    Label,

    Hospital,

    Patient,

    Part,

    Ignored,
}

/// <summary>What was seen in one column.</summary>
/// <param name="Values">Cells that have a value.</param>
/// <param name="Missing">Cells that have none.</param>
/// <param name="Distinct">Different values; null where there are more than were counted.</param>
/// <param name="Minimum">Of numbers.</param>
/// <param name="Maximum">Of numbers.</param>
/// <param name="IsWhole">Whether all numbers are whole.</param>
/// <param name="Levels">With their counts, in ordinal order; empty where there are more than 100.</param>
/// <param name="Note">What the user should know, or empty.</param>
public sealed record ColumnReport(
    string Name, CellKind Kind, long Values, long Missing, int? Distinct, double Minimum, double Maximum, bool IsWhole,
    ImmutableArray<(string Level, long Count)> Levels, string Note)
{
    public ColumnRole Role { get; init; } = Kind is CellKind.Number or CellKind.Category
        ? ColumnRole.Feature
        : ColumnRole.Ignored;

    /// <summary>The levels as an option writes them.</summary>
    public IEnumerable<string> LevelOptions => Levels.Select(l => LevelText.Write(l.Level));
}

/// <summary>What a file holds, and which role each column is proposed for.</summary>
/// <param name="Delimiter">As the option writes it; empty where there is none.</param>
/// <param name="MissingMarks">Marks of missing values that were seen, the empty cell left out.</param>
/// <param name="Labels">Columns that could be the label, the likeliest first.</param>
/// <param name="Hospitals">Columns that could say the hospital, the likeliest first.</param>
/// <param name="Patients">Columns that could say the patient, the likeliest first.</param>
/// <param name="Companion">For IDX: the file of labels that lies beside it; empty when there is none.</param>
public sealed record FileReport(
    string Path, FileKind Kind, Packing Packing, string Delimiter, bool HasHeader, long Records,
    ImmutableArray<ColumnReport> Columns, ImmutableArray<string> MissingMarks, ImmutableArray<string> Labels,
    ImmutableArray<string> Hospitals, ImmutableArray<string> Patients, string Companion = "")
{
    /// <summary>The dimensions of an IDX file.</summary>
    public ImmutableArray<int> Dimensions { get; init; } = [];

    /// <summary>Which part each value of the column of parts means; empty where there is none.</summary>
    public ImmutableArray<(string Part, string Spelling)> Parts { get; init; } = [];

    public ColumnReport? With(ColumnRole role) => Columns.FirstOrDefault(c => c.Role == role);
}

/// <summary>What the user knows and the file need not show.</summary>
/// <param name="Delimiter">As the option writes it; null to look for it.</param>
/// <param name="HasHeader">Null to look for it.</param>
/// <param name="Label">Null to propose one.</param>
public sealed record InspectionHints(string? Delimiter = null, bool? HasHeader = null, string? Label = null);
