using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PateSim.Core.Randomness;

/// <summary>
/// The address of a source of randomness: a path of purposes and indices below a root seed.
/// </summary>
/// <remarks>
/// <para>child = SHA-256(parent ‖ tag ‖ value), tag 1 for a name (UTF-8), tag 2 for an index (little-endian 64 bit).
/// </para>
/// <para>Every draw of a run comes from a stream opened at its own address, such as
/// <c>root / "noise" / query 17</c>, so that the order of messages, the number of threads and the number of nodes
/// cannot change a result. Two equal addresses always give the same stream.</para>
/// <para>A seeded key serves simulation only. Noise that protects real patients never comes from here.</para>
/// </remarks>
public readonly record struct RandomKey
{
    // Strict: a replacement character would give different broken names the same address.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ulong _a, _b, _c, _d;

    private RandomKey(ReadOnlySpan<byte> hash)
    {
        _a = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(hash[8..]);
        _c = BinaryPrimitives.ReadUInt64LittleEndian(hash[16..]);
        _d = BinaryPrimitives.ReadUInt64LittleEndian(hash[24..]);
    }

    /// <summary>The root address of a seed.</summary>
    public static RandomKey FromSeed(long seed) => default(RandomKey).Derive("patesim.v1").Derive(seed);

    /// <summary>The address below this one that belongs to a purpose or a named entity.</summary>
    /// <exception cref="ArgumentException">The name holds half a surrogate pair, which UTF-8 cannot write.</exception>
    public RandomKey Derive(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Hash(1, Utf8.GetBytes(name));
    }

    /// <summary>The address below this one that belongs to the index-th entity.</summary>
    public RandomKey Derive(long index)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, index);
        return Hash(2, bytes);
    }

    /// <summary>Opens the stream of draws at this address. Each call starts it from its beginning.</summary>
    public RandomStream Open() => new(_a, _b, _c, _d);

    private RandomKey Hash(byte tag, ReadOnlySpan<byte> value)
    {
        var input = value.Length <= 256 ? stackalloc byte[33 + value.Length] : new byte[33 + value.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(input, _a);
        BinaryPrimitives.WriteUInt64LittleEndian(input[8..], _b);
        BinaryPrimitives.WriteUInt64LittleEndian(input[16..], _c);
        BinaryPrimitives.WriteUInt64LittleEndian(input[24..], _d);
        input[32] = tag;
        value.CopyTo(input[33..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(input, hash);
        return new RandomKey(hash);
    }
}
