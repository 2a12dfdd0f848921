using System.Text;

namespace PateSim.Reporting.Files;

/// <summary>Writes comma-separated text by RFC 4180, with LF line ends.</summary>
internal sealed class CsvText
{
    private static readonly System.Buffers.SearchValues<char> NeedsQuotes =
        System.Buffers.SearchValues.Create(",\"\r\n");

    private readonly StringBuilder _text = new();
    private readonly int _columns;

    public CsvText(params ReadOnlySpan<string> header)
    {
        _columns = header.Length;
        Row(header);
    }

    /// <exception cref="ArgumentException">The row has not as many cells as the header.</exception>
    public void Row(params ReadOnlySpan<string> cells)
    {
        if (cells.Length != _columns)
            throw new ArgumentException($"The row has {cells.Length} cells, the header {_columns}.", nameof(cells));
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) _text.Append(',');
            _text.Append(Quoted(cells[i]));
        }
        _text.Append('\n');
    }

    public RunFile ToFile(string name) => new(name, Encoding.UTF8.GetBytes(_text.ToString()));

    /// <summary>A cell as it is written.</summary>
    public static string Quoted(string cell) => cell.AsSpan().IndexOfAny(NeedsQuotes) < 0
        ? cell
        : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
