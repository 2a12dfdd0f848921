using System.Collections.Immutable;

namespace PateSim.Theft.Gateways;

/// <summary>What a client was told about n records: a label each and, where the exposure reveals them,
/// scores.</summary>
/// <threadsafety>Immutable: the arrays handed over at construction must not be written afterwards.</threadsafety>
public sealed class Answers
{
    /// <param name="labels">Shape [n], in 0, …, c−1.</param>
    /// <param name="probabilities">Shape [n, c], row-major, where the exposure reveals them; otherwise empty.</param>
    /// <param name="classCount">c ≥ 2.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a label is outside its range.</exception>
    public Answers(
        Exposure exposure, ImmutableArray<int> labels, ReadOnlyMemory<float> probabilities, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        var expected = exposure.RevealsProbabilities ? (long)labels.Length * classCount : 0;
        if (probabilities.Length != expected)
            throw new ArgumentException(
                $"{probabilities.Length} probabilities for {labels.Length} records of {classCount} classes; the "
                + $"exposure '{exposure}' has {expected}.", nameof(probabilities));
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classCount)
                throw new ArgumentException(
                    $"The label of answer {i} is {labels[i]}; labels are 0 to {classCount - 1}.", nameof(labels));
        }
        (Exposure, Labels, Probabilities, ClassCount) = (exposure, labels, probabilities, classCount);
    }

    public Exposure Exposure { get; }

    /// <summary>n, the number of records answered.</summary>
    public int Count => Labels.Length;

    /// <summary>c, the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>Shape [n].</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>Shape [n, c], row-major; empty where the exposure reveals only labels.</summary>
    public ReadOnlyMemory<float> Probabilities { get; }

    /// <summary>The answers to the first records, in the order asked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 0 or more than n.</exception>
    public Answers First(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return new Answers(
            Exposure, Labels[..count], Probabilities[..(Exposure.RevealsProbabilities ? count * ClassCount : 0)],
            ClassCount);
    }

    /// <summary>These answers followed by others of the same exposure and classes.</summary>
    /// <exception cref="ArgumentException">The exposure or the number of classes differs.</exception>
    public Answers Append(Answers next)
    {
        if (next.Exposure != Exposure || next.ClassCount != ClassCount)
            throw new ArgumentException(
                $"Answers of exposure '{next.Exposure}' and {next.ClassCount} classes do not continue answers of "
                + $"exposure '{Exposure}' and {ClassCount} classes.", nameof(next));
        float[] probabilities = [.. Probabilities.Span, .. next.Probabilities.Span];
        return new Answers(Exposure, Labels.AddRange(next.Labels), probabilities, ClassCount);
    }
}
