using System.Globalization;
using System.Text;
using System.Text.Unicode;
using PateSim.Core;

namespace PateSim.Data.Reading;

/// <summary>UTF-8 text in a moving window: what is read is checked to be text, what was used is let go.</summary>
internal sealed class TextBlocks : IDisposable
{
    /// <summary>The longest record, in bytes.</summary>
    public const int Longest = 16 << 20;

    private const int FirstSize = 1 << 18, SmallestSize = 1 << 12;

    private readonly DataFile _file;
    private readonly Stream _stream;
    // The first bytes of a character whose rest is still to come; they are not in the window.
    private readonly byte[] _begun = new byte[3];
    private byte[] _buffer;
    private int _begunCount;

    /// <exception cref="InvalidInputException">The file cannot be read, or is no UTF-8 text.</exception>
    public TextBlocks(DataFile file)
    {
        (_file, _stream) = (file, file.Open());
        _buffer = new byte[Math.Clamp((file.Length ?? FirstSize) + 2, SmallestSize, FirstSize)];
        try
        {
            while (End < 3 && More())
            {
                // The byte order mark has three bytes.
            }
            if (_buffer.AsSpan(0, End).StartsWith("\uFEFF"u8)) Start = 3;
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The window; behind <see cref="End"/> stands a line feed, so that a search for one ends.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>The first byte that is still needed.</summary>
    public int Start { get; set; }

    public int End { get; private set; }

    /// <summary>Whether the file ends at <see cref="End"/>.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>The line on which <see cref="Start"/> lies, from 1.</summary>
    public int Line { get; set; } = 1;

    /// <summary>Bytes of the file that lie before <see cref="Start"/>.</summary>
    public long Used { get; private set; }

    public string Place => _file.Place;

    /// <summary>Reads on behind <see cref="End"/>; the window then begins at <see cref="Start"/>, which becomes 0.
    /// </summary>
    /// <returns>False when nothing follows.</returns>
    /// <exception cref="InvalidInputException">What follows is no UTF-8 text, or what is needed is too long.</exception>
    public bool More()
    {
        if (IsFinal) return false;
        var needed = End - Start;
        if (Start > 0)
        {
            _buffer.AsSpan(Start, needed).CopyTo(_buffer);
            Used += Start;
            (Start, End) = (0, needed);
        }
        // One byte stays free for the line feed behind the end.
        if (End + _begunCount >= _buffer.Length - 1)
        {
            if (_buffer.Length > Longest) throw TooLong();
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
        _begun.AsSpan(0, _begunCount).CopyTo(_buffer.AsSpan(End));
        var filled = End + _begunCount;
        var read = _stream.Read(_buffer.AsSpan(filled, _buffer.Length - 1 - filled));
        IsFinal = read == 0;
        Check(_buffer.AsSpan(End, filled + read - End));
        _buffer[End] = (byte)'\n';
        return !IsFinal;
    }

    /// <summary>Goes behind the next line feed from a position on.</summary>
    public void SkipLine(int from)
    {
        while (true)
        {
            var at = _buffer.AsSpan(from, End - from).IndexOf((byte)'\n');
            Start = at >= 0 ? from + at + 1 : End;
            if (at >= 0 || !More()) break;
            from = Start;
        }
        Line++;
    }

    /// <summary>One line without its end; null at the end of the file.</summary>
    public string? ReadLine()
    {
        int at;
        while ((at = _buffer.AsSpan(Start, End - Start).IndexOf((byte)'\n')) < 0 && More())
        {
            // Until the line is whole.
        }
        if (at < 0 && Start == End) return null;
        var length = at < 0 ? End - Start : at;
        var line = Encoding.UTF8.GetString(_buffer, Start, length);
        Start = Math.Min(End, Start + length + 1);
        Line++;
        return line;
    }

    public void Dispose() => _stream.Dispose();

    private InvalidInputException TooLong() => ProblemList.Single(
        DataProblems.RecordTooLong, At(Line),
        $"The record that begins here is longer than {Longest >> 20} MiB; often a quote that opens a cell is never "
        + "closed. Close it, or see whether this is a text file of records at all.");

    private string At(int line) => string.Create(CultureInfo.InvariantCulture, $"{_file.Place}({line})");

    // Moves the end behind what is text.
    private void Check(ReadOnlySpan<byte> fresh)
    {
        _begunCount = IsFinal ? 0 : Unfinished(fresh);
        fresh[^_begunCount..].CopyTo(_begun);
        fresh = fresh[..^_begunCount];
        if (Used == 0 && End == 0 && fresh is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw NotText(0, "The file begins as UTF-16 text does; save it as UTF-8.");
        var nul = fresh.IndexOf((byte)0);
        if (nul >= 0)
            throw NotText(nul, "A NUL byte stands here: this is not a text file (UTF-16 is not read; save it as "
                + "UTF-8).");
        if (!Utf8.IsValid(fresh))
        {
            var at = 0;
            while (Rune.DecodeFromUtf8(fresh[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
                at += used;
            var value = fresh[at];
            var latin = value >= 0xA0 ? $"; in Latin-1 and Windows-1252 it is '{(char)value}'" : "";
            throw NotText(at, $"The byte 0x{value:X2} here is not UTF-8 text{latin}. Save the file as UTF-8.");
        }
        End += fresh.Length;
    }

    private InvalidInputException NotText(int at, string message)
    {
        var before = _buffer.AsSpan(Start, End + at - Start);
        return ProblemList.Single(DataProblems.NotText, At(Line + before.Count((byte)'\n')), message);
    }

    // How many bytes at the end begin a character that is not whole yet.
    private static int Unfinished(ReadOnlySpan<byte> text)
    {
        for (var back = 1; back <= Math.Min(3, text.Length); back++)
        {
            var b = text[^back];
            if (b < 0x80) return 0;
            if (b < 0xC0) continue;
            var length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
            return length > back ? back : 0;
        }
        return 0;
    }
}
