using PateSim.Core;
using PateSim.Data.Tables;

namespace PateSim.Data.Reading;

/// <summary>Reads ARFF, the format of Weka: a header of <c>@attribute</c> lines, then records as delimited
/// text.</summary>
/// <remarks>The attributes' names must be the schema's columns, in order; levels and missing marks are the schema's.
/// Sparse records are not read: they end in located problems.</remarks>
public static class ArffTableReader
{
    internal static CsvFormat Format { get; } = new(TrimSpaces: true, CommentMark: '%') { Backslashes = true };

    /// <exception cref="InvalidInputException">The file is not ARFF or does not fit the schema.</exception>
    public static void Append(SourceFile file, RawTableBuilder table, CancellationToken cancellation = default)
    {
        using var text = new TextBlocks(DataFile.Of(file));
        var attributes = ArffHeader.Read(text);
        var columns = table.Schema.Columns;
        for (var i = 0; i < attributes.Length; i++)
        {
            if (i < columns.Length && attributes[i].Name == columns[i].Name) continue;
            throw ArffHeader.Refuse(
                text, attributes[i].Line, $"The attribute '{ArffHeader.Shorten(attributes[i].Name)}' stands where "
                + (i == columns.Length ? "@data is due." : $"'{columns[i].Name}' is declared."));
        }
        if (attributes.Length < columns.Length)
            throw ArffHeader.Refuse(
                text, text.Line - 1,
                $"{attributes.Length} attributes stand before @data; {columns.Length} columns are declared.");
        using var reader = new RecordReader(text, Format, columns.Length);
        var loader = new RecordLoader(table);
        loader.Append(
            reader, [.. Enumerable.Range(0, columns.Length)], null, file.Content.Length, cancellation);
        loader.Finish(mustBeSeen: false);
    }
}
