using System.Text;
using PateSim.Core;
using PateSim.Data.Tables;

namespace PateSim.Data.Reading;

/// <summary>Reads delimited text into a table by its declared schema; whatever does not fit is a located
/// problem.</summary>
public static class CsvTableReader
{
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
        CancellationToken cancellation = default)
    {
        var firstRow = table.Rows;
        if (firstRow > 0 && table.Schema.Hospital is { Hospitals.IsEmpty: true })
            throw new ArgumentException("Hospitals of several files must be declared.", nameof(table));
        if (firstRow > 0 && table.Schema.Patient is not null)
            throw new ArgumentException("Patients cannot be told apart over several files.", nameof(table));
        using var reader = new RecordReader(
            DataFile.Of(file), format, Math.Max(CsvHeader.MostColumns, table.Schema.Columns.Length));
        int[] order = [.. Enumerable.Range(0, table.Schema.Columns.Length)];
        if (format.Header) order = CsvHeader.Match(reader, [.. table.Schema.Columns.Select(c => c.Name)]);
        var loader = new RecordLoader(table);
        loader.Append(reader, order, null, file.Content.Length, cancellation);
        loader.Finish(mustBeSeen: false);
        place?.Invoke(firstRow, table.Rows - firstRow);
    }
}

/// <summary>Headers of delimited text.</summary>
internal static class CsvHeader
{
    public const int MostColumns = 4096;

    /// <summary>Reads the header: for each cell of a record, the index of its column.</summary>
    /// <exception cref="InvalidInputException">There is none, or its names are not those of the columns.</exception>
    public static int[] Match(RecordReader reader, IReadOnlyList<string> columns)
    {
        if (!reader.Read())
            throw ProblemList.Single(
                DataProblems.NoRecords, reader.Place, "The file has neither a header nor records.");
        return Match(reader, Names(reader), columns);
    }

    /// <summary>The same for names at hand.</summary>
    public static int[] Match(RecordReader reader, IReadOnlyList<string> names, IReadOnlyList<string> columns)
    {
        var at = RecordLoader.At(reader);
        var problems = new ProblemList(reader.Place);
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++) indices.Add(columns[i], i);
        var order = new List<int>();
        var met = new HashSet<int>();
        foreach (var name in names)
        {
            if (!indices.TryGetValue(name, out var index))
            {
                index = -1;
                problems.Add(
                    DataProblems.Header, at, $"column '{CellParser.Show(Encoding.UTF8.GetBytes(name))}'",
                    $"no such column is declared. {Suggestion.Describe(name, columns)}");
            }
            else if (!met.Add(index))
                problems.Add(DataProblems.Header, at, $"column '{name}'", "the header names it twice.");
            order.Add(index);
        }
        foreach (var absent in columns.Where((_, i) => !met.Contains(i)))
            problems.Add(DataProblems.Header, at, $"column '{absent}'", "the header does not name it.");
        problems.ThrowIfAny();
        return [.. order];
    }

    /// <summary>The cells of the current record as text.</summary>
    /// <exception cref="InvalidInputException">They are badly quoted, or too many.</exception>
    public static string[] Names(RecordReader reader)
    {
        if (reader.Fault is { } fault)
            throw ProblemList.Single(
                DataProblems.Quoting, RecordLoader.At(reader), RecordLoader.Sentence(fault));
        if (reader.Count > MostColumns)
            throw ProblemList.Single(
                DataProblems.TooLarge, RecordLoader.At(reader),
                $"The file has {reader.Count} columns; {MostColumns} are possible.");
        var names = new string[reader.Count];
        for (var c = 0; c < names.Length; c++) names[c] = Encoding.UTF8.GetString(reader[c]);
        return names;
    }
}
