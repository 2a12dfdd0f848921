using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PateSim.Privacy.Noise;

/// <summary>Noise from the operating system's cryptographic generator: it cannot be reproduced.</summary>
public sealed class OperatingSystemNoise : INoiseSource
{
    private readonly byte[] _buffer = new byte[256];
    private int _position = 256;

    public NoiseKind Kind => NoiseKind.OperatingSystem;

    public ulong NextUInt64()
    {
        if (_position == _buffer.Length)
        {
            RandomNumberGenerator.Fill(_buffer);
            _position = 0;
        }
        var bytes = _buffer.AsSpan(_position, 8);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        // Used noise does not stay in memory.
        bytes.Clear();
        _position += 8;
        return value;
    }
}

/// <summary>Opens a fresh source for each query.</summary>
public sealed class OperatingSystemNoiseOrigin : INoiseOrigin
{
    public NoiseKind Kind => NoiseKind.OperatingSystem;

    public INoiseSource Open(string query) => new OperatingSystemNoise();
}
