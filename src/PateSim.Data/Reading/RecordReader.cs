using PateSim.Core;

namespace PateSim.Data.Reading;

/// <summary>
/// Cuts UTF-8 text into records and cells, strictly, in blocks and without allocation per record.
/// </summary>
/// <remarks>
/// <para>Own code instead of CsvHelper, which the tests use as an oracle; figures in docs/datasets/README.md. It is also
/// stricter: a bare carriage return, a quote inside an unquoted cell and text after a closing quote are problems, never
/// guesses.</para>
/// <para>Blank lines may stand at the end of the file only. Lines end with LF or CRLF.</para>
/// </remarks>
internal sealed class RecordReader : IDisposable
{
    private const byte Quote = (byte)'"', Apostrophe = (byte)'\'', LineFeed = (byte)'\n', Return = (byte)'\r';

    private readonly TextBlocks _text;
    private readonly byte _delimiter;
    private readonly bool _trim;
    private readonly bool _backslashes;
    private readonly int _comment;
    private readonly bool[] _ends = new bool[256];
    private readonly CsvCell[] _cells;
    private byte[] _plain = [];
    private bool _again;

    /// <param name="cells">How many cells of a record are kept; those beyond are counted.</param>
    /// <exception cref="InvalidInputException">The file cannot be read, or is no UTF-8 text.</exception>
    public RecordReader(DataFile file, CsvFormat format, int cells)
        : this(new TextBlocks(file), format, cells)
    {
    }

    /// <summary>The same from a position on.</summary>
    public RecordReader(TextBlocks text, CsvFormat format, int cells)
    {
        (_text, _cells) = (text, new CsvCell[cells]);
        (_delimiter, _trim, _comment) = ((byte)format.Delimiter, format.TrimSpaces, format.CommentMark ?? -1);
        _backslashes = format.Backslashes;
        _ends[_delimiter] = _ends[LineFeed] = _ends[Return] = _ends[Quote] = true;
        if (_backslashes) _ends[Apostrophe] = true;
    }

    private enum Outcome
    {
        Whole,

        /// <summary>The window ends within the record.</summary>
        Unfinished,

        Faulty,
    }

    public string Place => _text.Place;

    /// <summary>The line on which the current record begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>How many cells the record has.</summary>
    public int Count { get; private set; }

    /// <summary>What is wrong with the quoting of the current record, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Bytes of the file before the next record.</summary>
    public long Used => _text.Used + _text.Start;

    /// <summary>The bytes of a cell; doubled quotes are made single. Valid until the next cell or record.</summary>
    public ReadOnlySpan<byte> this[int cell]
    {
        get
        {
            var (start, length, escaped) = _cells[cell];
            var raw = _text.Buffer.AsSpan(start, length);
            return escaped ? Plain(raw) : raw;
        }
    }

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InvalidInputException">The file cannot be read, is no UTF-8 text, or a record is too long.
    /// </exception>
    public bool Read()
    {
        if (_again)
        {
            _again = false;
            return true;
        }
        Fault = null;
        if (!Begin()) return false;
        Line = _text.Line;
        while (true)
        {
            var outcome = Scan(out var position, out var lines);
            if (outcome == Outcome.Unfinished)
            {
                _text.More();
                continue;
            }
            _text.Line += lines;
            if (outcome == Outcome.Faulty) _text.SkipLine(position);
            else _text.Start = position;
            return true;
        }
    }

    /// <summary>Gives the current record once more at the next <see cref="Read"/>.</summary>
    public void Unread() => _again = true;

    public void Dispose() => _text.Dispose();

    // Skips comments; false when nothing but blanks follow.
    private bool Begin()
    {
        while (true)
        {
            while (_text.Start == _text.End)
            {
                if (!_text.More() && _text.Start == _text.End) return false;
            }
            var first = _text.Buffer[_text.Start];
            if (first == _comment)
            {
                _text.SkipLine(_text.Start);
                continue;
            }
            if (!IsBlank(first)) return true;
            foreach (var b in _text.Buffer.AsSpan(_text.Start, _text.End - _text.Start))
            {
                if (!IsBlank(b)) return true;
            }
            if (!_text.More()) return false;
        }
    }

    // A tab that delimits is a cell's end: a line of tabs alone is a record of empty cells.
    private bool IsBlank(byte b) => b is LineFeed or Return or (byte)' ' || b == (byte)'\t' && _delimiter != b;

    /// <param name="position">Behind the record, or where its fault is.</param>
    /// <param name="lines">How many lines end within it.</param>
    private Outcome Scan(out int position, out int lines)
    {
        ReadOnlySpan<byte> text = _text.Buffer;
        var (end, final) = (_text.End, _text.IsFinal);
        position = _text.Start;
        (lines, Count) = (0, 0);
        while (true)
        {
            var start = position;
            if (_trim) SkipSpaces(text, ref position);
            if (position < end && IsQuote(text[position]))
            {
                var outcome = ScanQuoted(text[..end], final, ref position, ref lines);
                if (outcome != Outcome.Whole) return outcome;
            }
            else
            {
                if (_trim) start = position;
                while (!_ends[text[position]]) position++;
                if (position < end && IsQuote(text[position]))
                {
                    Fault = position == start + 1 && text[start] == (byte)'='
                        ? "Excel's form =\"…\" stands in a cell; write the cell's value alone, or with quotes around "
                            + "the whole cell"
                        : "a quote stands inside a cell that does not begin with one";
                    return Outcome.Faulty;
                }
                var length = position - start;
                while (_trim && length > 0 && text[start + length - 1] is (byte)' ' or (byte)'\t') length--;
                Keep(new CsvCell(start, length, false));
            }
            if (position >= end) return final ? Outcome.Whole : Outcome.Unfinished;
            if (text[position] == _delimiter)
            {
                position++;
                continue;
            }
            if (text[position] == Return)
            {
                if (position + 1 >= end && !final) return Outcome.Unfinished;
                if (position + 1 >= end || text[position + 1] != LineFeed)
                {
                    Fault = "a carriage return stands without a line feed";
                    return Outcome.Faulty;
                }
                position++;
            }
            position++;
            lines++;
            return Outcome.Whole;
        }
    }

    // From an opening quote to behind the closing one.
    private Outcome ScanQuoted(ReadOnlySpan<byte> text, bool final, ref int position, ref int lines)
    {
        var quote = text[position];
        var start = ++position;
        var escaped = false;
        while (true)
        {
            var rest = text[position..];
            var at = _backslashes ? rest.IndexOfAny(quote, (byte)'\\') : rest.IndexOf(quote);
            if (at < 0 || at + 1 >= rest.Length && !final)
            {
                if (!final) return Outcome.Unfinished;
                lines += rest.Count(LineFeed);
                position = text.Length;
                Fault = "a quoted cell is not closed before the end of the file";
                return Outcome.Faulty;
            }
            lines += rest[..at].Count(LineFeed);
            position += at + 1;
            if (_backslashes ? rest[at] != (byte)'\\' : at + 1 >= rest.Length || rest[at + 1] != quote) break;
            escaped = true;
            if (position < text.Length && text[position] == LineFeed) lines++;
            position = Math.Min(text.Length, position + 1);
        }
        Keep(new CsvCell(start, position - 1 - start, escaped));
        if (_trim)
        {
            while (position < text.Length && text[position] != _delimiter && text[position] is (byte)' ' or (byte)'\t')
                position++;
        }
        if (position >= text.Length || text[position] == _delimiter || text[position] is LineFeed) return Outcome.Whole;
        // A carriage return is looked at by the caller, who knows what to do where the window ends behind it.
        if (text[position] == Return && (position + 1 >= text.Length || text[position + 1] == LineFeed))
            return Outcome.Whole;
        Fault = "text stands behind a closing quote";
        return Outcome.Faulty;
    }

    private void Keep(CsvCell cell)
    {
        if (Count < _cells.Length) _cells[Count] = cell;
        Count++;
    }

    private bool IsQuote(byte b) => b == Quote || b == Apostrophe && _backslashes;

    // The line feed behind the window ends the loop.
    private void SkipSpaces(ReadOnlySpan<byte> text, ref int position)
    {
        while (text[position] != _delimiter && text[position] is (byte)' ' or (byte)'\t') position++;
    }

    private ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> raw)
    {
        if (_plain.Length < raw.Length) _plain = new byte[2 * raw.Length];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var b = raw[i];
            if (_backslashes && b == (byte)'\\' && i + 1 < raw.Length)
            {
                b = raw[++i] switch { (byte)'n' => LineFeed, (byte)'r' => Return, (byte)'t' => (byte)'\t', var c => c };
            }
            else if (!_backslashes && b == Quote) i++;
            _plain[length++] = b;
        }
        return _plain.AsSpan(0, length);
    }
}

/// <summary>Where a cell's content lies in the window.</summary>
internal readonly record struct CsvCell(int Start, int Length, bool IsEscaped);
