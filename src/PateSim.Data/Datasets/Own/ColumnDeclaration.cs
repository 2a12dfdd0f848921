using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets.Own;

/// <summary>What a column of a file of one's own is said to hold.</summary>
internal enum ColumnKind
{
    /// <summary>Nothing is said: the records show it.</summary>
    Inferred,

    Number,

    Category,

    Ignored,
}

/// <summary>What a scenario, or the header of the file, says of one column.</summary>
/// <param name="Range">Null: the smallest and the largest value of the records.</param>
/// <param name="Levels">Empty: those that the records have.</param>
/// <param name="Missing">Marks of missing values in place of the general ones; null for those.</param>
internal sealed record ColumnDeclaration(
    ColumnKind Kind, (double Minimum, double Maximum)? Range, ImmutableArray<Level> Levels,
    ImmutableArray<string>? Missing, string Unit, string Meaning)
{
    public const string Option = "columns";

    public static ColumnDeclaration None { get; } = new(ColumnKind.Inferred, null, [], null, "", "");

    public static ImmutableArray<OptionSpec> Specs { get; } =
    [
        OptionSpec.Choice(
            "type", "What the column holds. With a range it is a number, with levels a category, without them what the "
            + "records show.", "inferred", "inferred", "number", "category", "ignored"),
        OptionSpec.Real("minimum", "Lower end of the range, known to everyone; a value below is refused.", null),
        OptionSpec.Real("maximum", "Upper end of the range, known to everyone; a value above is refused.", null),
        OptionSpec.Text("unit", "Unit of the numbers, for people.", ""),
        OptionSpec.TextList(
            "levels", "The levels of a category, the classes of the label or the hospitals, each as level or as "
            + "level=spelling|spelling; another one is refused.", []),
        OptionSpec.TextList(
            "missing", "Cells that stand for a missing value in this column, in place of the general marks.", null),
        OptionSpec.Text("meaning", "What the column says, for people.", ""),
    ];

    /// <summary>Whether the schema of the column follows from this alone.</summary>
    public bool IsComplete => Kind switch
    {
        ColumnKind.Number => Range is not null,
        ColumnKind.Category => !Levels.IsEmpty,
        ColumnKind.Ignored => true,
        _ => false,
    };

    /// <exception cref="OptionException">What is said of the column does not fit together.</exception>
    public static ColumnDeclaration From(string column, OptionValues values)
    {
        OptionException Refuse(string why) => new(Option, $"The column '{column}': {why}");
        var kind = values.Text("type") switch
        {
            "number" => ColumnKind.Number,
            "category" => ColumnKind.Category,
            "ignored" => ColumnKind.Ignored,
            _ => ColumnKind.Inferred,
        };
        var levels = Parse(values.TextList("levels"));
        (double Minimum, double Maximum)? range = null;
        if (values.Has("minimum") != values.Has("maximum"))
            throw Refuse("a range has a minimum and a maximum; one of them is missing.");
        if (values.Has("minimum"))
        {
            range = (values.Real("minimum"), values.Real("maximum"));
            if (!((float)range.Value.Minimum < (float)range.Value.Maximum))
                throw Refuse(string.Create(
                    CultureInfo.InvariantCulture, $"the range {range.Value.Minimum} to {range.Value.Maximum} is empty."));
        }
        if (range is not null && !levels.IsEmpty) throw Refuse("a number has a range, a category has levels; not both.");
        if (range is not null && kind is ColumnKind.Category or ColumnKind.Ignored)
            throw Refuse("a range is for numbers.");
        if (!levels.IsEmpty && kind is ColumnKind.Number or ColumnKind.Ignored)
            throw Refuse("levels are for a category.");
        if (values.Text("unit").Length > 0 && range is null && kind != ColumnKind.Number)
            throw Refuse("a unit is for numbers; write type = number or a range.");
        if (values.Has("missing") && kind == ColumnKind.Ignored)
            throw Refuse("it is not used, so marks of missing values are without effect.");
        if (range is not null) kind = ColumnKind.Number;
        if (!levels.IsEmpty) kind = ColumnKind.Category;
        return new ColumnDeclaration(
            kind, range, levels, values.Has("missing") ? [.. values.TextList("missing").Distinct()] : null,
            values.Text("unit"), values.Text("meaning"));

        ImmutableArray<Level> Parse(ImmutableArray<string> items)
        {
            var parsed = LevelText.Parse(items);
            return LevelText.Repeated(parsed) is { } twice ? throw Refuse($"the level '{twice}' stands twice.") : parsed;
        }
    }
}

/// <summary>Levels as options write them: name, or name=spelling|spelling.</summary>
internal static class LevelText
{
    public static ImmutableArray<Level> Parse(IEnumerable<string> items) => [.. items.Select(item =>
    {
        var at = item.IndexOf('=', StringComparison.Ordinal);
        return at < 0
            ? new Level(item)
            : new Level(item[..at].Trim(), [.. item[(at + 1)..].Split('|', StringSplitOptions.TrimEntries)]);
    })];

    /// <summary>A name or spelling that stands twice, or null.</summary>
    public static string? Repeated(ImmutableArray<Level> levels) =>
        levels.SelectMany(l => l.Written).GroupBy(w => w).FirstOrDefault(g => g.Count() > 1)?.Key
        ?? levels.GroupBy(l => l.Name).FirstOrDefault(g => g.Count() > 1)?.Key;

    /// <summary>Whether a level of this name can be written as an option.</summary>
    public static bool CanWrite(string level) =>
        !level.Contains('=', StringComparison.Ordinal)
        || !level.Contains('|', StringComparison.Ordinal) && level == level.Trim();

    /// <summary>The level as an option writes it.</summary>
    public static string Write(string level) =>
        level.Contains('=', StringComparison.Ordinal) ? $"{level.Replace('=', '-')}={level}" : level;
}
