using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Victims;

/// <summary>What a thief aims at.</summary>
/// <threadsafety>Immutable; each oracle belongs to one thread.</threadsafety>
public interface IVictim
{
    /// <summary>As written in results; see <see cref="VictimNames"/>.</summary>
    string Name { get; }

    int ClassCount { get; }

    /// <summary>Which levels of exposure exist for it, from the least revealing.</summary>
    ImmutableArray<Exposure> Exposures { get; }

    /// <summary>What answers the holder of an account: every record counted where it is answered.</summary>
    /// <exception cref="ArgumentException">The account's exposure is not among <see cref="Exposures"/>.</exception>
    IOracle Open(ClientAccount account);

    /// <summary>The victim's own decision for each evaluation record, shape [n]: the reference of fidelity. It is a
    /// measurement, not a query, and is counted nowhere.</summary>
    ImmutableArray<int> Decide(LabelledData evaluation);
}

/// <summary>The names of the victims of the built-in comparisons.</summary>
public static class VictimNames
{
    /// <summary>The student that the method serves.</summary>
    public const string Student = "student";

    /// <summary>The unprotected model trained on all hospitals' records together.</summary>
    public const string Pooled = "pooled";

    /// <summary>No victim: the thief has its records labelled correctly instead, by experts it pays.</summary>
    public const string None = "no-victim";
}
