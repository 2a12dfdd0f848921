using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PateSim.Theft.Gateways;

/// <summary>The identity of a query: SHA-256 of the record's features as little-endian single precision.</summary>
/// <remarks>
/// −0 counts as 0, so that records that are equal as numbers have one hash, one memoised answer and one noise.
/// A record with few possible values can be guessed from its hash: the log is for the operator, not for publication.
/// </remarks>
public readonly record struct InputHash
{
    private readonly ulong _a, _b, _c, _d;

    private InputHash(ReadOnlySpan<byte> digest)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>A place in a hash table: the first 64 bits.</summary>
    internal ulong Bits => _a;

    /// <summary>The hash of one record.</summary>
    public static InputHash Of(ReadOnlySpan<float> record)
    {
        var scratch = record.Length <= 256 ? stackalloc byte[record.Length * 4] : new byte[record.Length * 4];
        return Of(record, scratch);
    }

    /// <summary>64 hexadecimal digits.</summary>
    public override string ToString() => $"{_a:x16}{_b:x16}{_c:x16}{_d:x16}";

    /// <param name="scratch">4·d bytes that are overwritten.</param>
    internal static InputHash Of(ReadOnlySpan<float> record, Span<byte> scratch)
    {
        for (var j = 0; j < record.Length; j++)
            BinaryPrimitives.WriteSingleLittleEndian(scratch[(4 * j)..], WithoutNegativeZero(record[j]));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(scratch[..(4 * record.Length)], digest);
        return new InputHash(digest);
    }

    /// <summary>The value itself, but 0 for −0 (IEEE 754: −0 + 0 = 0).</summary>
    internal static float WithoutNegativeZero(float value) => value + 0f;
}
