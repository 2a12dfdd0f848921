using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core;
using PateSim.Data.Reading;

namespace PateSim.Data.Datasets.Own;

/// <summary>A file whose header was read: the next record is its first.</summary>
/// <param name="At">Where the header is.</param>
/// <param name="Declared">What the file itself says of its columns; empty when it does not.</param>
internal sealed record OpenedFile(
    RecordReader Reader, string At, ImmutableArray<string> Names, ImmutableArray<ColumnDeclaration?> Declared)
    : IDisposable
{
    public void Dispose() => Reader.Dispose();
}

/// <summary>How a file of one's own is opened.</summary>
internal abstract record OwnFormat
{
    /// <exception cref="InvalidInputException">The header is none.</exception>
    public abstract OpenedFile Open(DataFile file);

    /// <summary>Column i of a file without a header.</summary>
    protected static string Nameless(int column) =>
        string.Create(CultureInfo.InvariantCulture, $"column-{column + 1}");
}

/// <summary>Delimited text.</summary>
internal sealed record OwnText(CsvFormat Csv) : OwnFormat
{
    public static ImmutableArray<(char Mark, string Name)> Delimiters { get; } =
        [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "bar")];

    public override OpenedFile Open(DataFile file)
    {
        var reader = new RecordReader(file, Csv, CsvHeader.MostColumns);
        try
        {
            if (!reader.Read() || SkipSeparatorLine(reader) && !reader.Read())
                throw ProblemList.Single(DataProblems.NoRecords, file.Place, "The file has no records.");
            var names = CsvHeader.Names(reader);
            var at = RecordLoader.At(reader);
            if (names.Length == 1) RefuseOtherDelimiter(names[0], at);
            if (!Csv.Header)
            {
                names = [.. names.Select((_, i) => Nameless(i))];
                reader.Unread();
            }
            return new OpenedFile(reader, at, [.. names], []);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    // Excel writes a first line such as sep=; which tells the delimiter.
    private static bool SkipSeparatorLine(RecordReader reader)
    {
        if (reader.Fault is not null || reader.Count is 0 or > 2 || !reader[0].StartsWith("sep="u8)) return false;
        if (reader.Count == 2) return reader[0].Length == 4 && reader[1].IsEmpty;
        var mark = reader[0].Length == 5 ? (char)reader[0][4] : '\t';
        if (reader[0].Length > 5) return false;
        throw ProblemList.Single(
            DataProblems.WrongDelimiter, RecordLoader.At(reader), Delimiters.FirstOrDefault(d => d.Mark == mark).Name is
            { } name
                ? $"The file says 'sep={(mark == '\t' ? "\\t" : mark)}'; write delimiter = {name}."
                : $"The file says 'sep={mark}', a delimiter that is not read; save it with commas.");
    }

    private void RefuseOtherDelimiter(string line, string at)
    {
        var other = Delimiters.FirstOrDefault(
            d => d.Mark != Csv.Delimiter && line.Contains(d.Mark, StringComparison.Ordinal));
        if (other.Name is not null)
            throw ProblemList.Single(
                DataProblems.WrongDelimiter, at,
                $"The line is one cell, and holds what may be the delimiter: write delimiter = {other.Name}.");
    }
}

/// <summary>ARFF: the header says names, types and levels.</summary>
internal sealed record OwnArff : OwnFormat
{
    public override OpenedFile Open(DataFile file)
    {
        var text = new TextBlocks(file);
        try
        {
            var attributes = ArffHeader.Read(text);
            var reader = new RecordReader(text, ArffTableReader.Format, CsvHeader.MostColumns);
            return new OpenedFile(
                reader, file.Place, [.. attributes.Select(a => a.Name)],
                [.. attributes.Select(a => Declare(text, a))]);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    private static ColumnDeclaration? Declare(TextBlocks text, ArffAttribute attribute)
    {
        switch (attribute.Type)
        {
            case ArffAttribute.Numeric: return ColumnDeclaration.None with { Kind = ColumnKind.Number };
            case ArffAttribute.Nominal:
                var levels = attribute.Levels.Select(l => new Tables.Level(l)).ToImmutableArray();
                if (LevelText.Repeated(levels) is { } twice)
                    throw ArffHeader.Refuse(
                        text, attribute.Line, $"The attribute '{attribute.Name}' has the level '{twice}' twice.");
                if (attribute.Levels.Contains("?"))
                    throw ArffHeader.Refuse(
                        text, attribute.Line, $"The attribute '{attribute.Name}' lists '?', which means a missing value.");
                return ColumnDeclaration.None with { Kind = ColumnKind.Category, Levels = levels };
            case ArffAttribute.Free: return ColumnDeclaration.None with { Kind = ColumnKind.Category };
            default: return null;
        }
    }
}
