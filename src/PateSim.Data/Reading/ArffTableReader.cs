using System.Globalization;
using System.Text;
using PateSim.Core;
using PateSim.Data.Tables;

namespace PateSim.Data.Reading;

/// <summary>Reads ARFF, the format of Weka: a header of <c>@attribute</c> lines, then records as delimited
/// text.</summary>
/// <remarks>The attributes' names must be the schema's columns, in order; levels and missing marks are the schema's.
/// Sparse records and cells in single quotes are not read: they end in located problems.</remarks>
public static class ArffTableReader
{
    private static readonly CsvFormat Format = new(TrimSpaces: true, CommentMark: '%');

    /// <exception cref="InvalidInputException">The file is not ARFF or does not fit the schema.</exception>
    public static void Append(SourceFile file, RawTableBuilder table, CancellationToken cancellation = default)
    {
        CsvTableReader.CheckText(file.Place, file.Content.Span);
        var (position, line) = ReadHeader(file, table.Schema);
        CsvTableReader.AppendFrom(file, Format, table, null, position, line, cancellation);
    }

    // Where the records begin: position, and the number of that line.
    private static (int Position, int Line) ReadHeader(SourceFile file, TableSchema schema)
    {
        var text = file.Content.Span;
        var column = 0;
        for (int position = 0, line = 1; position < text.Length; line++)
        {
            var end = text[position..].IndexOf((byte)'\n');
            var length = end < 0 ? text.Length - position : end;
            var content = Encoding.UTF8.GetString(text.Slice(position, length)).Trim();
            position = Math.Min(text.Length, position + length + 1);
            if (content.Length == 0 || content[0] == '%' || StartsWith(content, "@relation")) continue;
            if (StartsWith(content, "@data"))
            {
                if (column < schema.Columns.Length)
                    throw Refuse(
                        line, $"{column} attributes stand before @data; {schema.Columns.Length} columns are declared.");
                return (position, line + 1);
            }
            if (!StartsWith(content, "@attribute"))
                throw Refuse(line, $"'{Shorten(content)}' stands where @attribute or @data is due.");
            var name = AttributeName(content["@attribute".Length..].TrimStart());
            if (column == schema.Columns.Length || name != schema.Columns[column].Name)
                throw Refuse(
                    line, $"The attribute '{Shorten(name)}' stands where "
                    + (column == schema.Columns.Length
                        ? "@data is due."
                        : $"'{schema.Columns[column].Name}' is declared."));
            column++;
        }
        throw ProblemList.Single(DataProblems.BadArff, file.Place, "The file has no line @data: this is no ARFF file.");

        InvalidInputException Refuse(int line, string message) => ProblemList.Single(
            DataProblems.BadArff, string.Create(CultureInfo.InvariantCulture, $"{file.Place}({line})"), message);
    }

    private static bool StartsWith(string line, string word) =>
        line.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static string AttributeName(string rest)
    {
        if (rest.Length == 0) return "";
        var quoted = rest[0] is '\'' or '"';
        var end = quoted ? rest.IndexOf(rest[0], 1) : rest.IndexOfAny([' ', '\t', '{']);
        return end < 0 ? rest : rest[(quoted ? 1 : 0)..end];
    }

    private static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
