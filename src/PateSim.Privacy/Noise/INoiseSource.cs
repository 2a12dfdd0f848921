namespace PateSim.Privacy.Noise;

/// <summary>Where noise comes from, and so what it is worth.</summary>
public enum NoiseKind
{
    /// <summary>A keyed stream: whoever knows the seed can take the noise off again. "Simulation: no
    /// guarantee".</summary>
    SeededSimulation,

    /// <summary>The operating system's cryptographic generator.</summary>
    OperatingSystem,
}

/// <summary>Uniform random bits with their provenance; all noise is made from them.</summary>
/// <threadsafety>Not safe for several threads: each answer opens its own source.</threadsafety>
public interface INoiseSource
{
    NoiseKind Kind { get; }

    /// <summary>64 uniform bits.</summary>
    ulong NextUInt64();
}

/// <summary>Opens the noise source of each query.</summary>
/// <threadsafety>Immutable; sources may be opened side by side.</threadsafety>
public interface INoiseOrigin
{
    NoiseKind Kind { get; }

    /// <summary>The source for the query of that identity; a keyed origin gives the same source each time.</summary>
    INoiseSource Open(string query);
}

/// <summary>Words for outputs that must say what the noise is worth.</summary>
public static class NoiseKindNames
{
    /// <summary>Marks every output of a simulation: its noise can be computed again from the seed.</summary>
    public static string Describe(this NoiseKind kind) => kind switch
    {
        NoiseKind.SeededSimulation => "simulation: no guarantee",
        NoiseKind.OperatingSystem => "operating system generator",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of noise."),
    };
}
