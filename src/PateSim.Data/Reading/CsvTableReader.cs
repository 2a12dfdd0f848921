using System.Globalization;
using System.Text;
using System.Text.Unicode;
using PateSim.Core;
using PateSim.Data.Tables;

namespace PateSim.Data.Reading;

/// <summary>Reads delimited text into a table by its declared schema; whatever does not fit is a located
/// problem.</summary>
public static class CsvTableReader
{
    private const int RowsBetweenCancellationChecks = 4096;

    /// <summary>Reads one file whose schema has no hospital column, or declares or discovers its hospitals
    /// there.</summary>
    /// <exception cref="InvalidInputException">The file does not fit the schema: up to 20 problems are
    /// listed.</exception>
    public static RawTable Read(
        SourceFile file, CsvFormat format, TableSchema schema, CancellationToken cancellation = default)
    {
        var table = new RawTableBuilder(schema);
        Append(file, format, table, null, cancellation);
        return table.Build();
    }

    /// <summary>Appends the records of one file to a table.</summary>
    /// <param name="place">Called with (first row, number of rows) after reading: where a dataset sets site and part by
    /// file.</param>
    /// <exception cref="InvalidInputException">The file does not fit the schema: up to 20 problems are
    /// listed.</exception>
    public static void Append(
        SourceFile file, CsvFormat format, RawTableBuilder table, Action<int, int>? place = null,
        CancellationToken cancellation = default) => AppendFrom(file, format, table, place, 0, 1, cancellation);

    /// <summary>The same from a position on, where a line of the given number begins.</summary>
    internal static void AppendFrom(
        SourceFile file, CsvFormat format, RawTableBuilder table, Action<int, int>? place, int start, int line,
        CancellationToken cancellation)
    {
        var firstRow = table.Rows;
        if (firstRow > 0 && table.Schema.Hospital is { Hospitals.IsEmpty: true })
            throw new ArgumentException("Hospitals of several files must be declared.", nameof(table));
        if (firstRow > 0 && table.Schema.Patient is not null)
            throw new ArgumentException("Patients cannot be told apart over several files.", nameof(table));
        var text = file.Content.Span;
        CheckText(file.Place, text);
        var problems = new ProblemList(file.Place);
        var columns = table.Schema.Columns;
        CellParser?[] parsers = [.. columns.Select(c => CellParser.For(c, table))];
        var scanner = new CsvScanner(text, format, start, line);
        var cells = new CsvCell[columns.Length];
        int[] order = [.. Enumerable.Range(0, columns.Length)];
        if (format.Header) order = ReadHeader(ref scanner, file.Place, table.Schema);
        var faulty = 0;
        while (scanner.Read(cells, out var count))
        {
            if ((table.Rows + faulty) % RowsBetweenCancellationChecks == 0) cancellation.ThrowIfCancellationRequested();
            if (scanner.Fault is { } fault)
            {
                problems.Add(DataProblems.Quoting, At(file.Place, scanner.Line), "", Sentence(fault));
                faulty++;
                continue;
            }
            if (count != columns.Length)
            {
                problems.Add(
                    DataProblems.CellCount, At(file.Place, scanner.Line), "",
                    $"The record has {count} cells where {columns.Length} are declared.");
                faulty++;
                continue;
            }
            var row = table.AddRows(1);
            for (var c = 0; c < cells.Length; c++)
            {
                if (parsers[order[c]] is not { } parser) continue;
                var cell = scanner.Content(cells[c]);
                if (parser.Parse(cell, row) is not { } code) continue;
                if (problems.IsFull) problems.CountOneMore();
                else
                {
                    var subject = $"column '{columns[order[c]].Name}'";
                    problems.Add(code, At(file.Place, scanner.Line), subject, parser.Explain(code, cell));
                }
            }
        }
        if (table.Rows + faulty == firstRow)
            problems.Add(DataProblems.NoRecords, file.Place, "", "The file has no records.");
        problems.ThrowIfAny();
        var hospitals = parsers.OfType<CellParser.HospitalParser>().SingleOrDefault();
        if (hospitals?.Discovered is { } met) table.SetDiscoveredSites(met);
        place?.Invoke(firstRow, table.Rows - firstRow);
    }

    private static string At(string place, int line) => string.Create(CultureInfo.InvariantCulture, $"{place}({line})");

    internal static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";

    internal static void CheckText(string place, ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)0);
        var message = "A NUL byte stands here: this is not a text file (UTF-16 is not read; save it as UTF-8).";
        if (at < 0)
        {
            if (Utf8.IsValid(text)) return;
            message = "The bytes here are not UTF-8 text; save the file as UTF-8.";
            for (at = 0; Rune.DecodeFromUtf8(text[at..], out _, out var used) == System.Buffers.OperationStatus.Done;)
                at += used;
        }
        var line = 1 + text[..at].Count((byte)'\n');
        throw ProblemList.Single(DataProblems.NotText, At(place, line), message);
    }

    // For each cell position of the file, the index of its declared column.
    private static int[] ReadHeader(ref CsvScanner scanner, string place, TableSchema schema)
    {
        var problems = new ProblemList(place);
        var cells = new CsvCell[Math.Max(1024, schema.Columns.Length)];
        if (!scanner.Read(cells, out var count))
            throw ProblemList.Single(DataProblems.NoRecords, place, "The file has neither a header nor records.");
        var at = At(place, scanner.Line);
        if (scanner.Fault is { } fault) throw ProblemList.Single(DataProblems.Quoting, at, Sentence(fault));
        List<string> known = [.. schema.Columns.Select(c => c.Name)];
        var order = new List<int>();
        for (var i = 0; i < Math.Min(count, cells.Length); i++)
        {
            var name = Encoding.UTF8.GetString(scanner.Content(cells[i]));
            var index = known.IndexOf(name);
            if (index < 0)
                problems.Add(
                    DataProblems.Header, at, $"column '{CellParser.Show(Encoding.UTF8.GetBytes(name))}'",
                    $"no such column is declared. {Suggestion.Describe(name, known)}");
            else if (order.Contains(index))
                problems.Add(DataProblems.Header, at, $"column '{name}'", "the header names it twice.");
            order.Add(index);
        }
        foreach (var absent in known.Where((_, i) => !order.Contains(i)))
            problems.Add(DataProblems.Header, at, $"column '{absent}'", "the header does not name it.");
        problems.ThrowIfAny();
        return [.. order];
    }
}
