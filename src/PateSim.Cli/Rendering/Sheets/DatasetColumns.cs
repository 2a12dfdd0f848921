using System.Globalization;
using PateSim.Data.Tables;

namespace PateSim.Cli.Rendering.Sheets;

/// <summary>The columns of a dataset as rows: name, kind, unit, missing marks, meaning.</summary>
internal static class DatasetColumns
{
    // So many numeric columns alike in unit and range are told in one row: the pixels of an image.
    private const int Many = 12;

    private const int MostLevels = 12;

    public static IEnumerable<string[]> Rows(TableSchema schema)
    {
        for (var i = 0; i < schema.Columns.Length;)
        {
            var run = Run(schema, i);
            yield return run > Many
                ? Range((NumericColumn)schema.Columns[i], (NumericColumn)schema.Columns[i + run - 1], run)
                : Row(schema.Columns[i]);
            i += run > Many ? run : 1;
        }
    }

    /// <summary>What a column is, in a word.</summary>
    public static string Kind(Column column) => column switch
    {
        NumericColumn => "number",
        CategoricalColumn => "category",
        LabelColumn => "label",
        HospitalColumn => "hospital",
        PatientColumn => "patient",
        IgnoredColumn => "left out",
        _ => throw new ArgumentException($"A {column.GetType().Name} is no known kind of column.", nameof(column)),
    };

    public static IEnumerable<string> Levels(Column column) => column switch
    {
        CategoricalColumn category => category.Levels.Select(level => level.Name),
        LabelColumn label => label.Classes.Select(level => level.Name),
        HospitalColumn hospital => hospital.Hospitals.Select(level => level.Name),
        _ => [],
    };

    private static string[] Row(Column column) =>
    [
        column.Name, Kind(column), column is NumericColumn number ? number.Unit : "",
        string.Join(" ", column.MissingMarks), Meaning(column),
    ];

    private static string[] Range(NumericColumn first, NumericColumn last, int count) =>
    [
        $"{first.Name} to {last.Name}", "number", first.Unit, string.Join(" ", first.MissingMarks),
        string.Create(CultureInfo.InvariantCulture, $"{count} columns, the first: {Meaning(first)}"),
    ];

    private static string Meaning(Column column)
    {
        if (column is NumericColumn number)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{number.Meaning}, {number.Minimum:R} to {number.Maximum:R}");
        }
        var levels = Levels(column).ToList();
        return levels.Count switch
        {
            0 => column.Meaning,
            <= MostLevels => $"{column.Meaning}: {string.Join(", ", levels)}",
            _ => $"{column.Meaning}: {levels.Count} levels, {string.Join(", ", levels.Take(3))} and others",
        };
    }

    private static int Run(TableSchema schema, int start)
    {
        if (schema.Columns[start] is not NumericColumn first) return 1;
        var length = 1;
        while (start + length < schema.Columns.Length && schema.Columns[start + length] is NumericColumn next
            && (next.Unit, next.Minimum, next.Maximum) == (first.Unit, first.Minimum, first.Maximum))
        {
            length++;
        }
        return length;
    }
}
