using System.Globalization;
using System.Text;
using PateSim.Data.Inspection;
using PateSim.Scenarios.Hocon;

namespace PateSim.Cli.Rendering;

/// <summary>The scenario that reads a file which was looked through.</summary>
internal static class ScenarioProposal
{
    private const int MostQueries = 500;

    private const double PublicShare = .2;

    private static readonly int[] Budgets = [50, 100, 250, 500, 1000];

    /// <summary>HOCON, LF, ending in a line feed.</summary>
    public static string Of(FileReport report)
    {
        var text = new StringBuilder();
        var kind = report.Kind switch { FileKind.Arff => "arff", FileKind.Idx => "idx", _ => "csv" };
        Line(text, 0, $"name = {Name(report.Path)}");
        Line(text, 0, "data {");
        Line(text, 1, "dataset {");
        Line(text, 2, $"kind = {kind}");
        Line(text, 2, $"{kind} {{");
        if (report.Kind == FileKind.Idx) Idx(text, report);
        else Columns(text, report);
        Line(text, 2, "}");
        Line(text, 1, "}");
        var publicRecords = Split(text, report);
        Line(text, 0, "}");
        Sizes(text, publicRecords);
        return text.ToString();
    }

    private static void Idx(StringBuilder text, FileReport report)
    {
        var isLabels = report.Dimensions.Length == 1;
        if (isLabels) Line(text, 3, "# This file holds one number for each record; name the file of the arrays, too.");
        Line(text, 3, $"file = {(isLabels ? "\"arrays.idx\"" : HoconWriter.Quote(report.Path))}");
        if (!isLabels && report.Companion.Length == 0) Line(text, 3, "# The file of the labels, [records].");
        Line(text, 3, $"labels = {HoconWriter.Quote(isLabels ? report.Path
            : report.Companion.Length > 0 ? report.Companion : "labels.idx")}");
    }

    private static void Columns(StringBuilder text, FileReport report)
    {
        Line(text, 3, $"file = {HoconWriter.Quote(report.Path)}");
        if (report.Kind == FileKind.Text && report.Delimiter != "comma") Line(text, 3, $"delimiter = {report.Delimiter}");
        if (report.Kind == FileKind.Text && !report.HasHeader) Line(text, 3, "header = false");
        if (report.With(ColumnRole.Label) is { } label) Line(text, 3, $"label = {HoconWriter.Quote(label.Name)}");
        else
        {
            Line(text, 3, "# No column looks like a label of 2 to 20 classes; name the column to predict.");
            Line(text, 3, "label = \"\"");
        }
        Role("hospital", ColumnRole.Hospital);
        Role("patient", ColumnRole.Patient);
        Role("part", ColumnRole.Part);
        if (!report.Parts.IsEmpty)
        {
            var spelled = report.Parts.GroupBy(p => p.Part).Select(g => $"{g.Key}={string.Join("|", g.Select(p => p.Spelling))}");
            Line(text, 3, $"parts = {HoconWriter.Quote(string.Join(", ", spelled))}");
        }
        var marks = report.MissingMarks.Where(m => m is not ("?" or "NA")).ToList();
        if (marks.Count > 0) Line(text, 3, $"missing = {HoconWriter.Quote(string.Join(", ", ["?", "NA", .. marks]))}");
        Line(text, 3, "# Levels and ranges as the records of all hospitals show them, ranges rounded outwards. What is declared");
        Line(text, 3, "# counts as known to everyone: put what is known without these records in their place.");
        Line(text, 3, "columns {");
        foreach (var column in report.Columns) Column(text, column, report.Kind);
        Line(text, 3, "}");

        void Role(string option, ColumnRole role)
        {
            if (report.With(role) is { } column) Line(text, 3, $"{option} = {HoconWriter.Quote(column.Name)}");
        }
    }

    private static void Column(StringBuilder text, ColumnReport column, FileKind kind)
    {
        var key = HoconPath.RenderKey(column.Name);
        if (column.Role is ColumnRole.Ignored)
        {
            Line(text, 4, $"{key} {{ type = ignored }}{(column.Note.Length > 0 ? $" # {column.Note}" : "")}");
        }
        else if (column.Role == ColumnRole.Feature && column.Kind == CellKind.Number)
        {
            var (low, high) = RoundOutwards(column.Minimum, column.Maximum);
            Line(text, 4, string.Create(
                CultureInfo.InvariantCulture, $"{key} {{ minimum = {Number(low)}, maximum = {Number(high)} }}"));
        }
        // The header of an ARFF file lists its levels.
        else if (column.Role is ColumnRole.Feature or ColumnRole.Label && !column.Levels.IsEmpty && kind == FileKind.Text)
        {
            var levels = column.LevelOptions.Select(HoconWriter.Quote);
            Line(text, 4, $"{key} {{ levels = [{string.Join(", ", levels)}] }}");
        }
    }

    // How many records the public set will have.
    private static long Split(StringBuilder text, FileReport report)
    {
        var units = report.With(ColumnRole.Patient)?.Distinct ?? report.Records;
        var publicRecords = (long)(PublicShare * units);
        if (report.With(ColumnRole.Part) is { } part)
        {
            long Records(string name) => report.Parts.Where(p => p.Part == name)
                .Sum(p => part.Levels.Single(l => l.Level == p.Spelling).Count);
            var isHeldOut = Records("held-out") > 0;
            Line(text, 1, $"split.kind = {(isHeldOut ? "published" : "declared")}");
            publicRecords = isHeldOut ? Records("held-out") / 2 : Records("public");
        }
        if (report.With(ColumnRole.Hospital) is null)
        {
            Line(text, 1, "# No column was found that says which hospital holds a record: these are made at random.");
            var hospitals = Math.Clamp(units / 100, 2, 100);
            Line(text, 1, string.Create(
                CultureInfo.InvariantCulture, $"partitioner {{ kind = iid, iid.hospitals = {hospitals} }}"));
        }
        return publicRecords;
    }

    // Queries and thefts that so many public records allow.
    private static void Sizes(StringBuilder text, long publicRecords)
    {
        var queries = Math.Min(MostQueries, Math.Max(1, publicRecords / 2));
        var pool = Math.Max(1, publicRecords - queries);
        if (queries < MostQueries)
            Line(text, 0, string.Create(CultureInfo.InvariantCulture, $"aggregation.queries = {queries}"));
        if (Budgets[^1] <= pool) return;
        var budgets = Budgets.Where(b => b <= .9 * pool).ToList();
        if (budgets.Count == 0) budgets.Add((int)Math.Max(1, pool / 2));
        Line(text, 0, $"theft.attacks.natural-pool.budgets = [{string.Join(", ", budgets)}]");
    }

    /// <summary>A range of few digits around the values: ends are multiples of the power of ten below their distance.
    /// </summary>
    internal static (double Low, double High) RoundOutwards(double low, double high)
    {
        var span = Math.Max(high - low, Math.Max(Math.Abs(high), Math.Abs(low)) * 1e-6);
        var step = (decimal)0;
        var exponent = span > 0 ? Math.Floor(Math.Log10(span)) : 0;
        if (Math.Abs(exponent) <= 20 && Math.Max(Math.Abs(low), Math.Abs(high)) < 1e20)
        {
            step = 1;
            for (var i = 0; i < Math.Abs(exponent); i++) step = exponent > 0 ? step * 10 : step / 10;
        }
        if (step == 0) return (low - span, high + span);
        var (from, to) = (Math.Floor((decimal)low / step) * step, Math.Ceiling((decimal)high / step) * step);
        while ((float)from > (float)low) from -= step;
        while ((float)to < (float)high) to += step;
        return from == to ? ((double)from, (double)(to + step)) : ((double)from, (double)to);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Name(string path)
    {
        var file = Path.GetFileName(path[(path.LastIndexOf('!') + 1)..]);
        var words = new StringBuilder();
        foreach (var c in file.Split('.')[0])
        {
            if (char.IsAsciiLetterOrDigit(c)) words.Append(char.ToLowerInvariant(c));
            else if (words.Length > 0 && words[^1] != '-') words.Append('-');
        }
        var name = words.ToString().Trim('-');
        return name.Length == 0 || !char.IsAsciiLetter(name[0]) ? "own-" + name : name;
    }

    private static void Line(StringBuilder text, int depth, string line) =>
        text.Append(' ', 2 * depth).Append(line).Append('\n');
}
