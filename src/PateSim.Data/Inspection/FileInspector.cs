using System.Collections.Immutable;
using System.Text;
using PateSim.Core;
using PateSim.Data.Datasets.Own;
using PateSim.Data.Reading;

namespace PateSim.Data.Inspection;

/// <summary>Looks through a file of one's own and says what a scenario should say of it.</summary>
public static class FileInspector
{
    private const int Sample = 1000;

    /// <exception cref="InvalidInputException">The file cannot be read, or is not what its beginning promises.
    /// </exception>
    public static FileReport Inspect(
        string path, DataAccess access, InspectionHints hints, CancellationToken cancellation)
    {
        var file = access.OpenOwn(path);
        return KindOf(file) switch
        {
            FileKind.Idx => IdxInspector.Inspect(path, file, cancellation),
            FileKind.Arff => Text(path, file, new OwnArff(), FileKind.Arff, "", hints, cancellation),
            _ => Delimited(path, file, hints, cancellation),
        };
    }

    private static FileReport Delimited(
        string path, DataFile file, InspectionHints hints, CancellationToken cancellation)
    {
        var delimiter = hints.Delimiter is { } named
            ? OwnText.Delimiters.First(d => d.Name == named)
            : Delimiter(file);
        var csv = new CsvFormat(delimiter.Mark, Header: false, TrimSpaces: delimiter.Mark != '\t');
        var hasHeader = hints.HasHeader ?? HasHeader(file, csv);
        return Text(
            path, file, new OwnText(csv with { Header = hasHeader }), FileKind.Text, delimiter.Name, hints, cancellation)
            with
        {
            HasHeader = hasHeader,
        };
    }

    private static FileReport Text(
        string path, DataFile file, OwnFormat format, FileKind kind, string delimiter, InspectionHints hints,
        CancellationToken cancellation)
    {
        using var opened = format.Open(file);
        CheckNames(opened, hints);
        ColumnProfile[] profiles = [.. opened.Names.Select(n => new ColumnProfile(n))];
        var records = Read(opened, profiles, file, cancellation);
        ImmutableArray<ColumnReport> columns = [.. profiles.Select(p => p.Report())];
        if (kind == FileKind.Arff)
            columns = [.. columns.Select((c, i) => WithHeader(c, opened.Declared[i]))];
        ImmutableArray<string> marks =
            [.. profiles.SelectMany(p => p.MarksSeen).Distinct().Order(StringComparer.Ordinal)];
        return RoleProposal.Give(
            new FileReport(path, kind, file.Packing, delimiter, true, records, columns, marks, [], [], []), hints.Label);
    }

    private static long Read(
        OpenedFile opened, ColumnProfile[] profiles, DataFile file, CancellationToken cancellation)
    {
        var reader = opened.Reader;
        var problems = new ProblemList(file.Place);
        long records = 0;
        while (reader.Read())
        {
            if ((++records & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            if (reader.Fault is { } fault)
                problems.Add(DataProblems.Quoting, RecordLoader.At(reader), "", RecordLoader.Sentence(fault));
            else if (reader.Count != profiles.Length)
                problems.Add(
                    DataProblems.CellCount, RecordLoader.At(reader), "",
                    $"The record has {reader.Count} cells where the header or first line has {profiles.Length}.");
            else
            {
                for (var c = 0; c < profiles.Length; c++) profiles[c].Look(reader[c]);
            }
        }
        if (records == 0)
            problems.Add(DataProblems.NoRecords, file.Place, "", "The file has a header and no records.");
        problems.ThrowIfAny();
        return records;
    }

    private static FileKind KindOf(DataFile file)
    {
        using (var stream = file.Open())
        {
            Span<byte> head = stackalloc byte[4];
            var read = stream.ReadAtLeast(head, 4, throwOnEndOfStream: false);
            if (read == 4 && head is [0, 0, >= 8 and <= 14, >= 1 and <= 16]) return FileKind.Idx;
        }
        using var text = new TextBlocks(file);
        for (var line = 0; line < Sample && text.ReadLine() is { } whole; line++)
        {
            var content = whole.Trim();
            if (content.Length == 0 || content[0] == '%') continue;
            return content.StartsWith("@relation", StringComparison.OrdinalIgnoreCase)
                || content.StartsWith("@attribute", StringComparison.OrdinalIgnoreCase) ? FileKind.Arff : FileKind.Text;
        }
        return FileKind.Text;
    }

    // The delimiter that cuts the first records into most cells, the same number each.
    private static (char Mark, string Name) Delimiter(DataFile file)
    {
        using (var text = new TextBlocks(file))
        {
            if (text.ReadLine()?.TrimEnd('\r') is { Length: 5 } first && first.StartsWith("sep=", StringComparison.Ordinal))
            {
                var said = OwnText.Delimiters.FirstOrDefault(d => d.Mark == first[4]);
                if (said.Name is not null) return said;
            }
        }
        return OwnText.Delimiters.MaxBy(d => Cells(file, d.Mark));
    }

    // Cells per record; a tenth of those of the first record where records differ.
    private static double Cells(DataFile file, char mark)
    {
        using var reader = new RecordReader(
            file, new CsvFormat(mark, TrimSpaces: mark != '\t'), CsvHeader.MostColumns);
        var first = 0;
        for (var i = 0; i < Sample && reader.Read(); i++)
        {
            if (i == 0) first = reader.Count;
            else if (reader.Fault is not null || reader.Count != first) return first * .1;
            if (first == 1) return 0;
        }
        return first;
    }

    // A first line of different words, none of which stands below it.
    private static bool HasHeader(DataFile file, CsvFormat csv)
    {
        using var opened = new OwnText(csv with { Header = true }).Open(file);
        var names = opened.Names;
        if (names.Any(n => n.Length is 0 or > ColumnGuess.LongestName)) return false;
        byte[][] cells = [.. names.Select(Encoding.UTF8.GetBytes)];
        if (cells.Any(c => NumberText.Read(c, out _) is null)) return false;
        for (var i = 0; i < Sample && opened.Reader.Read(); i++)
        {
            for (var c = 0; c < Math.Min(opened.Reader.Count, cells.Length) && opened.Reader.Fault is null; c++)
            {
                if (opened.Reader[c].SequenceEqual(cells[c])) return false;
            }
        }
        return true;
    }

    private static void CheckNames(OpenedFile opened, InspectionHints hints)
    {
        var problems = new ProblemList(opened.Reader.Place);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < opened.Names.Length; c++)
        {
            var name = opened.Names[c];
            if (name.Length is 0 or > ColumnGuess.LongestName)
                problems.Add(
                    DataProblems.Header, opened.At, $"column {c + 1}",
                    "the header gives it no name, or one too long to be one.");
            else if (!seen.Add(name))
                problems.Add(DataProblems.Header, opened.At, $"column '{name}'", "the header names it twice.");
        }
        if (hints.Label is { } label && !seen.Contains(label))
            problems.Add(
                DataProblems.Header, opened.At, $"column '{label}'",
                $"the file has no such column. {Suggestion.Describe(label, [.. seen.Take(60)])}");
        problems.ThrowIfAny();
    }

    // What the header of an ARFF file says goes before what its cells look like.
    private static ColumnReport WithHeader(ColumnReport column, ColumnDeclaration? declared)
    {
        var kind = declared switch
        {
            null => CellKind.Date,
            { Kind: ColumnKind.Number } => column.Kind == CellKind.Empty ? CellKind.Empty : CellKind.Number,
            { Levels.IsEmpty: false } => CellKind.Category,
            _ => column.Kind is CellKind.Empty or CellKind.FreeText ? column.Kind : CellKind.Category,
        };
        if (declared is { Levels.IsEmpty: true, Kind: ColumnKind.Category } && column.Levels.IsEmpty)
            kind = CellKind.FreeText;
        return new ColumnReport(
            column.Name, kind, column.Values, column.Missing, column.Distinct, column.Minimum, column.Maximum,
            column.IsWhole, declared is { Levels.IsEmpty: false }
                ? [.. declared.Levels.Select(l => (l.Name, column.Levels.FirstOrDefault(s => s.Level == l.Name).Count))]
                : column.Levels,
            kind == column.Kind ? column.Note : "");
    }
}
