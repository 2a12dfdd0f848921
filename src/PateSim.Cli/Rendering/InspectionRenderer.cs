using System.Globalization;
using PateSim.Data.Inspection;
using PateSim.Reporting.Files;

namespace PateSim.Cli.Rendering;

/// <summary>What was seen in a file, for people and for machines.</summary>
internal static class InspectionRenderer
{
    private const int MostShown = 3, LongestName = 28;

    public static void Print(FileReport report, string proposal, CliEnvironment environment)
    {
        var output = environment.Out;
        output.WriteLine($"{report.Path}: {Describe(report)}, {Count(report.Records)} records");
        output.WriteLine();
        PlainTable.Print(
            environment, ["column", "type", "missing", "values", "what is in it", "proposed as"],
            [.. report.Columns.Select(Row)], 2, 3);
        output.WriteLine();
        Candidates("label", report.Labels);
        Candidates("hospital", report.Hospitals);
        Candidates("patient", report.Patients);
        foreach (var column in report.Columns.Where(
            c => c.Note.Length > 0 && c.Role is ColumnRole.Feature or ColumnRole.Ignored))
            WrappedText.Write(output, $"{column.Name}: {column.Note}.", environment.Width);
        output.WriteLine();
        output.WriteLine("A scenario to paste and correct:");
        output.WriteLine();
        output.Write(proposal);

        void Candidates(string role, IReadOnlyCollection<string> names) => WrappedText.Write(
            output, $"Could be the {role}: {(names.Count == 0 ? "none" : string.Join(", ", names.Take(10)))}.",
            environment.Width);
    }

    public static void PrintJson(FileReport report, string proposal, TextWriter output) => JsonText.Write(output, json =>
    {
        json.WriteString("file", report.Path);
        json.WriteString("format", Format(report));
        json.WriteString("packing", Lower(report.Packing));
        if (report.Delimiter.Length > 0) json.WriteString("delimiter", report.Delimiter);
        json.WriteBoolean("header", report.HasHeader);
        json.WriteNumber("records", report.Records);
        if (!report.Dimensions.IsEmpty)
        {
            json.WriteStartArray("dimensions");
            foreach (var dimension in report.Dimensions) json.WriteNumberValue(dimension);
            json.WriteEndArray();
        }
        json.Objects("columns", report.Columns, (writer, column) =>
        {
            writer.WriteString("name", column.Name);
            writer.WriteString("type", Kind(column.Kind));
            writer.WriteString("role", Lower(column.Role));
            writer.WriteNumber("values", column.Values);
            writer.WriteNumber("missing", column.Missing);
            if (column.Distinct is { } distinct) writer.WriteNumber("distinct", distinct);
            else writer.WriteNull("distinct");
            if (column.Kind == CellKind.Number && column.Values > 0)
            {
                writer.Real("minimum", column.Minimum);
                writer.Real("maximum", column.Maximum);
                writer.WriteBoolean("whole", column.IsWhole);
            }
            writer.Objects("levels", column.Levels, (inner, level) =>
            {
                inner.WriteString("level", level.Level);
                inner.WriteNumber("count", level.Count);
            });
            writer.WriteString("note", column.Note);
        });
        json.Texts("missingMarks", report.MissingMarks);
        json.Texts("labelCandidates", report.Labels);
        json.Texts("hospitalCandidates", report.Hospitals);
        json.Texts("patientCandidates", report.Patients);
        json.WriteString("scenario", proposal);
    });

    public static string Format(FileReport report) => report.Kind switch
    {
        FileKind.Arff => "arff",
        FileKind.Idx => "idx",
        _ => report.Delimiter == "tab" ? "tsv" : "csv",
    };

    private static string Describe(FileReport report)
    {
        var packed = report.Packing == Data.Reading.Packing.None ? "" : Lower(report.Packing) + ", ";
        return packed + report.Kind switch
        {
            FileKind.Arff => "ARFF",
            FileKind.Idx => "IDX of " + string.Join(" × ", report.Dimensions),
            _ => $"text, delimiter {report.Delimiter}, {(report.HasHeader ? "with" : "without")} a header",
        };
    }

    private static string[] Row(ColumnReport column) =>
    [
        Shorten(column.Name), Kind(column.Kind), Count(column.Missing),
        column.Distinct is { } distinct ? Count(distinct) : "many", Content(column), Lower(column.Role),
    ];

    private static string Content(ColumnReport column)
    {
        if (column.Values == 0) return "";
        if (column.Kind == CellKind.Number && column.Role != ColumnRole.Label)
            return string.Create(CultureInfo.InvariantCulture, $"{column.Minimum:R} to {column.Maximum:R}");
        var shown = column.Levels.OrderByDescending(l => l.Count).ThenBy(l => l.Level, StringComparer.Ordinal).Take(MostShown)
            .Select(l => $"{Shorten(l.Level)} {Count(l.Count)}");
        return string.Join(", ", shown) + (column.Levels.Length > MostShown ? ", …" : "");
    }

    private static string Kind(CellKind kind) => kind switch
    {
        CellKind.FreeText => "free text",
        _ => Lower(kind),
    };

    private static string Shorten(string text)
    {
        var plain = text.ReplaceLineEndings(" ");
        return plain.Length <= LongestName ? plain : plain[..(LongestName - 1)] + "…";
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
