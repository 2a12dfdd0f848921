namespace PateSim.Data.Reading;

/// <summary>
/// Cuts UTF-8 text into records and cells, strictly, in one pass over the bytes and without allocation per record.
/// </summary>
/// <remarks>
/// <para>Own code instead of CsvHelper, which the tests use as an oracle: measured on the 48,842 records of adult,
/// see docs/datasets/README.md. It is also stricter: a bare carriage return, a quote inside an unquoted cell and text
/// after a closing quote are problems, never guesses.</para>
/// <para>Blank lines may stand at the end of the file only. Lines end with LF or CRLF.</para>
/// </remarks>
internal ref struct CsvScanner
{
    private const byte Quote = (byte)'"', LineFeed = (byte)'\n', Return = (byte)'\r';

    private readonly ReadOnlySpan<byte> _text;
    private readonly byte _delimiter;
    private readonly bool _trim;
    private readonly int _comment;
    private int _position;
    private int _nextLine;

    /// <param name="start">Where the first record begins.</param>
    /// <param name="line">The number of that line.</param>
    public CsvScanner(ReadOnlySpan<byte> text, CsvFormat format, int start = 0, int line = 1)
    {
        _text = text;
        (_position, _nextLine) = (start, line);
        (_delimiter, _trim, _comment) = ((byte)format.Delimiter, format.TrimSpaces, format.CommentMark ?? -1);
        if (start == 0 && text.StartsWith("\uFEFF"u8)) _position = 3;
    }

    /// <summary>The line on which the current record begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>What is wrong with the quoting of the current record, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Goes to the next record.</summary>
    /// <param name="cells">Receives the cells; those beyond its length are counted but not kept.</param>
    /// <param name="count">How many cells the record has.</param>
    /// <returns>False at the end of the file.</returns>
    public bool Read(Span<CsvCell> cells, out int count)
    {
        count = 0;
        Fault = null;
        while (_comment >= 0 && _position < _text.Length && _text[_position] == _comment)
        {
            SkipLine();
            _nextLine++;
        }
        Line = _nextLine;
        if (_text[_position..].IndexOfAnyExcept(" \t\r\n"u8) < 0) return false;
        while (true)
        {
            var cell = ReadCell();
            if (Fault is not null)
            {
                SkipLine();
                _nextLine++;
                return true;
            }
            if (count < cells.Length) cells[count] = cell;
            count++;
            if (_position >= _text.Length) return true;
            var end = _text[_position++];
            if (end == _delimiter) continue;
            if (end == Return) _position++;
            _nextLine++;
            return true;
        }
    }

    /// <summary>The bytes of a cell; doubled quotes are made single.</summary>
    public readonly ReadOnlySpan<byte> Content(CsvCell cell)
    {
        var raw = _text.Slice(cell.Start, cell.Length);
        if (!cell.HasDoubledQuotes) return raw;
        var plain = new byte[raw.Length];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            plain[length++] = raw[i];
            if (raw[i] == Quote) i++;
        }
        return plain.AsSpan(0, length);
    }

    // Leaves the position on the delimiter or line end behind the cell, or at the end of the text.
    private CsvCell ReadCell()
    {
        var start = _position;
        if (_trim) SkipSpaces();
        if (_position < _text.Length && _text[_position] == Quote) return ReadQuoted();
        if (_trim) start = _position;
        for (; _position < _text.Length; _position++)
        {
            var b = _text[_position];
            if (b == _delimiter || b == LineFeed) break;
            if (b == Return)
            {
                if (_position + 1 < _text.Length && _text[_position + 1] == LineFeed) break;
                Fault = "a carriage return stands without a line feed";
                return default;
            }
            if (b == Quote)
            {
                Fault = "a quote stands inside a cell that does not begin with one";
                return default;
            }
        }
        var length = _position - start;
        while (_trim && length > 0 && _text[start + length - 1] is (byte)' ' or (byte)'\t') length--;
        return new CsvCell(start, length, false);
    }

    private CsvCell ReadQuoted()
    {
        var start = ++_position;
        var doubled = false;
        for (; _position < _text.Length; _position++)
        {
            if (_text[_position] == LineFeed) _nextLine++;
            if (_text[_position] != Quote) continue;
            if (_position + 1 >= _text.Length || _text[_position + 1] != Quote) break;
            doubled = true;
            _position++;
        }
        if (_position >= _text.Length)
        {
            Fault = "a quoted cell is not closed before the end of the file";
            return default;
        }
        var cell = new CsvCell(start, _position - start, doubled);
        _position++;
        if (_trim) SkipSpaces();
        var rest = _text[_position..];
        if (rest.IsEmpty || rest[0] == _delimiter || rest[0] == LineFeed || rest.StartsWith("\r\n"u8)) return cell;
        Fault = "text stands behind a closing quote";
        return default;
    }

    private void SkipSpaces()
    {
        for (; _position < _text.Length && _text[_position] != _delimiter; _position++)
        {
            if (_text[_position] is not ((byte)' ' or (byte)'\t')) break;
        }
    }

    private void SkipLine()
    {
        var length = _text[_position..].IndexOf(LineFeed);
        _position = length < 0 ? _text.Length : _position + length + 1;
    }
}

/// <summary>Where a cell's content lies in the text.</summary>
internal readonly record struct CsvCell(int Start, int Length, bool HasDoubledQuotes);
