using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>What a scenario says about a file of its own.</summary>
/// <param name="Classes">Empty: the file says which there are.</param>
/// <param name="Hospital">Null: the file does not say.</param>
/// <param name="Patient">Null: the file does not say.</param>
/// <param name="Numeric">Columns that are numbers, whatever they look like.</param>
/// <param name="Categorical">Columns that are categories, whatever they look like.</param>
internal sealed record CsvOptions(
    string File, CsvFormat Format, string Label, ImmutableArray<Level> Classes, string? Hospital, string? Patient,
    ImmutableArray<string> Missing, ImmutableArray<string> Numeric, ImmutableArray<string> Categorical,
    ImmutableArray<string> Ignored)
{
    public static ImmutableArray<OptionSpec> Specs { get; } =
    [
        OptionSpec.Text(
            "file", "The file: a path, or a path below a data folder. Plain or gzipped. It must be written.", null),
        OptionSpec.Choice(
            "delimiter", "What stands between cells.", "comma", "comma", "semicolon", "tab", "bar"),
        OptionSpec.Flag(
            "header", "Whether the first line names the columns; without one they are column-1, column-2, ….", true),
        OptionSpec.Text("label", "The column to predict. It must be written.", null),
        OptionSpec.Text(
            "classes",
            "The classes as name=spelling|spelling, separated by commas, such as \"well=0, ill=1|2\"; unset means that "
            + "the file says which there are, in ordinal order.", null),
        OptionSpec.Text("hospital", "The column that says which hospital holds a record.", null),
        OptionSpec.Text(
            "patient", "The column that says whose record it is; a patient's records are kept together.", null),
        OptionSpec.Text("missing", "Cells that stand for a missing value, separated by commas.", "?, NA"),
        OptionSpec.Flag("empty-is-missing", "Whether an empty cell is a missing value.", true),
        OptionSpec.Text("numeric", "Columns that are numbers, separated by commas; others are looked at.", ""),
        OptionSpec.Text(
            "categorical", "Columns that are categories though they look like numbers, separated by commas.", ""),
        OptionSpec.Text("ignore", "Columns that are not used, separated by commas.", ""),
    ];

    /// <exception cref="OptionException">File or label is not written, or a column is named twice.</exception>
    public static CsvOptions From(OptionValues values)
    {
        string? Optional(string option) => values.Has(option) ? values.Text(option).Trim() : null;
        string Written(string option, string example) => Optional(option) is { Length: > 0 } text
            ? text
            : throw new OptionException(option, $"The dataset 'csv' needs it; write for example {option} = {example}.");
        var delimiter = values.Text("delimiter") switch { "semicolon" => ';', "tab" => '\t', "bar" => '|', _ => ',' };
        var missing = List(values.Text("missing"));
        var options = new CsvOptions(
            Written("file", "\"patients.csv\""),
            new CsvFormat(delimiter, values.Flag("header"), TrimSpaces: delimiter != '\t'),
            Written("label", "outcome"),
            values.Has("classes") ? Levels(values.Text("classes")) : [],
            Optional("hospital"), Optional("patient"),
            values.Flag("empty-is-missing") ? missing.Add("") : missing,
            List(values.Text("numeric")), List(values.Text("categorical")), List(values.Text("ignore")));
        options.RefuseDoubleUse();
        return options;
    }

    private void RefuseDoubleUse()
    {
        (string Option, string? Column)[] uses =
        [
            ("label", Label), ("hospital", Hospital), ("patient", Patient),
            .. Numeric.Select(c => ("numeric", (string?)c)), .. Categorical.Select(c => ("categorical", (string?)c)),
            .. Ignored.Select(c => ("ignore", (string?)c)),
        ];
        var twice = uses.Where(u => u.Column is not null).GroupBy(u => u.Column).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new OptionException(
                twice.Last().Option,
                $"The column '{twice.Key}' is named twice: by {string.Join(" and ", twice.Select(u => u.Option))}.");
    }

    private static ImmutableArray<string> List(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    private static ImmutableArray<Level> Levels(string text)
    {
        var levels = List(text).Select(item =>
        {
            var at = item.IndexOf('=', StringComparison.Ordinal);
            return at < 0
                ? new Level(item)
                : new Level(item[..at].Trim(), [.. item[(at + 1)..].Split('|', StringSplitOptions.TrimEntries)]);
        }).ToImmutableArray();
        if (levels.Length < 2)
            throw new OptionException("classes", "Two classes or more are due, such as \"well=0, ill=1|2\".");
        var twice = levels.SelectMany(l => l.Written).GroupBy(w => w).FirstOrDefault(g => g.Count() > 1)?.Key
            ?? levels.GroupBy(l => l.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null) throw new OptionException("classes", $"'{twice}' stands twice.");
        return levels;
    }
}
