using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace PateSim.Data.Reading;

/// <summary>The content of a file, read once from its beginning; faults of the file are problems.</summary>
internal class UnpackedStream(string place, Stream inner) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    protected string Place { get; } = place;

    /// <summary>The code of a fault in how the file is packed.</summary>
    protected virtual string Damage => DataProblems.FileUnreadable;

    public sealed override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        try
        {
            var read = inner.Read(buffer);
            if (read == 0) AtEnd();
            else Met(buffer[..read]);
            return read;
        }
        catch (InvalidDataException e)
        {
            throw ProblemList.Single(Damage, Place, $"The packed data is damaged: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ProblemList.Single(DataProblems.FileUnreadable, Place, $"The file cannot be read: {e.Message}");
        }
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected virtual void Met(ReadOnlySpan<byte> bytes)
    {
    }

    protected virtual void AtEnd()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>An entry of a zip archive; its length and CRC-32 must be those that the archive states.</summary>
internal sealed class UnpackedZip : UnpackedStream
{
    private readonly ZipArchive _archive;
    private readonly ZipArchiveEntry _entry;
    private readonly Crc32 _crc = new();
    private long _length;

    private UnpackedZip(string place, ZipArchive archive, ZipArchiveEntry entry)
        : base(place, entry.Open()) => (_archive, _entry) = (archive, entry);

    protected override string Damage => DataProblems.BadZip;

    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static UnpackedZip Open(string place, string path, int index)
    {
        var archive = ZipFile.OpenRead(path);
        try
        {
            return new UnpackedZip(place, archive, archive.Entries[index]);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    protected override void Met(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        if (_length > _entry.Length) throw Refuse();
        _crc.Append(bytes);
    }

    protected override void AtEnd()
    {
        if (_length != _entry.Length || _crc.GetCurrentHashAsUInt32() != _entry.Crc32) throw Refuse();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _archive.Dispose();
    }

    private Core.InvalidInputException Refuse() => ProblemList.Single(
        DataProblems.BadZip, Place, "The content is not the one that was packed: length or checksum differ.");
}

/// <summary>A gzip file of one member or several.</summary>
/// <remarks>GZipStream ends without complaint where a file is cut short or followed by something else, so the trailer,
/// which is the file's last eight bytes, is held against what was unpacked.</remarks>
internal sealed class UnpackedGzip : UnpackedStream
{
    private const int ShortestMember = 18;

    private readonly Func<Stream> _open;
    private readonly Crc32 _crc = new();
    private readonly uint _promisedCrc;
    private readonly uint _promisedLength;
    private readonly bool _isWhole;
    private long _length;

    public UnpackedGzip(string place, Func<Stream> open)
        : base(place, new GZipStream(open(), CompressionMode.Decompress))
    {
        _open = open;
        using var packed = open();
        if (packed.Length < ShortestMember) return;
        packed.Seek(-8, SeekOrigin.End);
        Span<byte> trailer = stackalloc byte[8];
        packed.ReadExactly(trailer);
        _isWhole = true;
        _promisedCrc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _promisedLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
    }

    protected override string Damage => DataProblems.BadGzip;

    protected override void Met(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        _crc.Append(bytes);
    }

    protected override void AtEnd()
    {
        if (_isWhole && (IsOneMember || EndsWithWholeMember())) return;
        throw ProblemList.Single(
            DataProblems.BadGzip, Place, "The gzip data is cut short or has a tail that is not gzip.");
    }

    private bool IsOneMember =>
        (uint)_length == _promisedLength && _crc.GetCurrentHashAsUInt32() == _promisedCrc;

    // Of several members the trailer speaks of the last: unpack once more, and take the checksum of the end alone.
    private bool EndsWithWholeMember()
    {
        if (_promisedLength > _length) return false;
        var skip = _length - _promisedLength;
        var crc = new Crc32();
        var block = new byte[1 << 16];
        using var again = new GZipStream(_open(), CompressionMode.Decompress);
        int read;
        while ((read = again.Read(block)) > 0)
        {
            var skipped = (int)Math.Min(skip, read);
            skip -= skipped;
            crc.Append(block.AsSpan(skipped, read - skipped));
        }
        return crc.GetCurrentHashAsUInt32() == _promisedCrc;
    }
}

/// <summary>Memory as a stream, without a copy of it.</summary>
internal sealed class ContentStream(ReadOnlyMemory<byte> content) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, content.Length - _position);
        content.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
