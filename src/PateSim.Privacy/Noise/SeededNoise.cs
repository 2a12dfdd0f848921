using PateSim.Core.Randomness;

namespace PateSim.Privacy.Noise;

/// <summary>Noise from a keyed stream, for simulation: reproducible, and therefore no protection.</summary>
public sealed class SeededNoise(RandomStream stream) : INoiseSource
{
    public NoiseKind Kind => NoiseKind.SeededSimulation;

    public ulong NextUInt64() => stream.NextUInt64();
}

/// <summary>Opens for each query the stream at <c>key / query</c>.</summary>
public sealed class SeededNoiseOrigin(RandomKey key) : INoiseOrigin
{
    public NoiseKind Kind => NoiseKind.SeededSimulation;

    public INoiseSource Open(string query) => new SeededNoise(key.Derive(query).Open());
}
