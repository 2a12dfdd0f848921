using System.Collections.Immutable;
using PateSim.Core;

namespace PateSim.Theft.Gateways;

/// <summary>
/// How much of an answer leaves the service: a closed family of filters, each of which sees one record's probabilities
/// at a time and knows nothing of the rest of the batch.
/// </summary>
/// <remarks>
/// A new level (the k largest, rounded, perturbed) is one more record here with its parameters and a name of its own;
/// nothing else in the gateway changes. Every level reveals the label.
/// </remarks>
public abstract record Exposure
{
    private protected Exposure(string name) => Name = name;

    /// <summary>The most probable class alone; ties go to the lowest class.</summary>
    public static Exposure Label { get; } = new LabelExposure();

    /// <summary>The probability of every class, in full single precision.</summary>
    public static Exposure Probabilities { get; } = new ProbabilityExposure();

    /// <summary>Every level, from the least revealing.</summary>
    public static ImmutableArray<Exposure> All { get; } = [Label, Probabilities];

    /// <summary>As written in scenarios and results.</summary>
    public string Name { get; }

    /// <summary>Whether a score for each class leaves the service.</summary>
    public abstract bool RevealsProbabilities { get; }

    /// <exception cref="ArgumentException">No level has this name.</exception>
    public static Exposure FromName(string name) =>
        All.FirstOrDefault(level => level.Name == name) ?? throw new ArgumentException(
            $"The exposure '{name}' is unknown. {Suggestion.Describe(name, [.. All.Select(level => level.Name)])}",
            nameof(name));

    public sealed override string ToString() => Name;

    /// <summary>Writes what one record's client may see, shape [c]; called only where scores are revealed.</summary>
    internal abstract void Reveal(ReadOnlySpan<float> probabilities, Span<float> revealed);

    private sealed record LabelExposure() : Exposure("label")
    {
        public override bool RevealsProbabilities => false;

        internal override void Reveal(ReadOnlySpan<float> probabilities, Span<float> revealed) =>
            throw new InvalidOperationException("A label exposure reveals no probabilities.");
    }

    private sealed record ProbabilityExposure() : Exposure("probabilities")
    {
        public override bool RevealsProbabilities => true;

        internal override void Reveal(ReadOnlySpan<float> probabilities, Span<float> revealed) =>
            probabilities.CopyTo(revealed);
    }
}
