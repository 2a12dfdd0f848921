using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace PateSim.Data.Reading;

/// <summary>The content of a data file in memory, unpacked when it was gzipped.</summary>
/// <param name="Place">How messages name the file.</param>
/// <param name="Content">The unpacked bytes.</param>
/// <param name="WasGzipped">By its first two bytes, whatever its name.</param>
public sealed record SourceFile(string Place, ReadOnlyMemory<byte> Content, bool WasGzipped)
{
    // One byte of deflate can stand for at most 1032 bytes, so a trailer that promises more is not to be believed.
    private const long LargestRatio = 1032;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="Core.InvalidInputException">It cannot be read, is a broken gzip file or is too
    /// large.</exception>
    public static SourceFile Read(string path, CancellationToken cancellation = default)
    {
        byte[] bytes;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ProblemList.Single(DataProblems.FileNotFound, path, "There is no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ProblemList.Single(DataProblems.FileUnreadable, path, $"The file cannot be read: {e.Message}");
        }
        return FromBytes(path, bytes, cancellation);
    }

    /// <summary>The same for bytes at hand.</summary>
    public static SourceFile FromBytes(string place, byte[] bytes, CancellationToken cancellation = default)
    {
        var gzipped = bytes is [0x1F, 0x8B, ..];
        return new SourceFile(place, gzipped ? Unpack(place, bytes, cancellation) : bytes, gzipped);
    }

    /// <summary>SHA-256 of the unpacked content, lower-case hex: the same for a packed and a plain copy.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Content.Span));

    private static ReadOnlyMemory<byte> Unpack(string place, byte[] packed, CancellationToken cancellation)
    {
        var promised = packed.Length < 18 ? 0
            : BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(packed.Length - 4));
        var unpacked = GC.AllocateUninitializedArray<byte>(
            (int)Math.Clamp(Math.Min(promised, packed.Length * LargestRatio) + 1, 4096, Array.MaxLength));
        var length = 0;
        try
        {
            using var stream = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
            int read;
            while ((read = stream.Read(unpacked, length, unpacked.Length - length)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                length += read;
                if (length < unpacked.Length) continue;
                if (length == Array.MaxLength)
                    throw ProblemList.Single(DataProblems.TooLarge, place, "The unpacked file exceeds 2 GiB.");
                Array.Resize(ref unpacked, (int)Math.Min(2L * length, Array.MaxLength));
            }
        }
        catch (InvalidDataException)
        {
            throw ProblemList.Single(DataProblems.BadGzip, place, "The gzip data is damaged.");
        }
        if (packed.Length < 18 || promised != length && !EndsWithWholeMember(packed, unpacked.AsSpan(0, length)))
            throw ProblemList.Single(
                DataProblems.BadGzip, place, "The gzip data is cut short or has a tail that is not gzip.");
        return unpacked.AsMemory(0, length);
    }

    // GZipStream ends without complaint where a file is cut short. A file of several members is whole when the last
    // eight bytes, CRC-32 and length, fit the content that they close.
    private static bool EndsWithWholeMember(ReadOnlySpan<byte> packed, ReadOnlySpan<byte> unpacked)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(packed[^4..]);
        return length <= unpacked.Length
            && Crc32.HashToUInt32(unpacked[^(int)length..]) == BinaryPrimitives.ReadUInt32LittleEndian(packed[^8..]);
    }
}
