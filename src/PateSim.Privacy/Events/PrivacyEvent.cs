using System.Collections.Immutable;

namespace PateSim.Privacy.Events;

/// <summary>
/// What a mechanism did, necessary and sufficient for accounting. Mechanisms emit events; only accountants turn events
/// into ε.
/// </summary>
/// <remarks>Contract: a parameter is never removed and never changes its meaning. An accountant that does not know an
/// event refuses it (<see cref="Accounting.UnsupportedPrivacyEventException"/>); it never gives a silent number.
/// </remarks>
public abstract record PrivacyEvent
{
    /// <summary>The same event without private data, for what may be shown or decided before an answer.</summary>
    public virtual PrivacyEvent WithoutPrivateData() => this;
}

/// <summary>The law of the noise.</summary>
public enum NoiseLaw
{
    Laplace,
    Gaussian,
    DiscreteLaplace,
    DiscreteGaussian,
}

/// <summary>One release of argmax_j { n_j + noise_j } with independent noise on every count.</summary>
/// <param name="Law">Law of the noise.</param>
/// <param name="NoiseScale">b of Laplace, σ of Gaussian noise, in votes; 0 for none, which gives no privacy.</param>
/// <param name="ClassCount">m ≥ 2.</param>
/// <param name="TeacherCount">M ≥ 1.</param>
/// <param name="Votes">The histogram; null when only data-independent accounting is wanted.</param>
public sealed record NoisyArgmaxEvent(
    NoiseLaw Law, double NoiseScale, int ClassCount, int TeacherCount, PrivateVotes? Votes = null) : PrivacyEvent
{
    public double NoiseScale { get; } = NoiseScale is >= 0 and < double.PositiveInfinity
        ? NoiseScale
        : throw new ArgumentOutOfRangeException(
            nameof(NoiseScale), NoiseScale, "The noise scale is a finite number, at least 0.");

    public int ClassCount { get; } = ClassCount >= 2
        ? ClassCount
        : throw new ArgumentOutOfRangeException(nameof(ClassCount), ClassCount, "There are at least 2 classes.");

    public int TeacherCount { get; } = TeacherCount >= 1
        ? TeacherCount
        : throw new ArgumentOutOfRangeException(nameof(TeacherCount), TeacherCount, "There is at least 1 teacher.");

    public PrivateVotes? Votes { get; init; } =
        Votes is null || (Votes.ClassCount == ClassCount && Votes.TeacherCount == TeacherCount)
            ? Votes
            : throw new ArgumentException(
                $"The histogram has {Votes.ClassCount} classes and {Votes.TeacherCount} votes, but the event has "
                + $"{ClassCount} classes and {TeacherCount} teachers.", nameof(Votes));

    public override PrivacyEvent WithoutPrivateData() => Votes is null ? this : this with { Votes = null };
}

/// <summary>Several events one after the other.</summary>
public sealed record ComposedEvent(ImmutableArray<PrivacyEvent> Events) : PrivacyEvent
{
    public override PrivacyEvent WithoutPrivateData() =>
        new ComposedEvent([.. Events.Select(e => e.WithoutPrivateData())]);

    public bool Equals(ComposedEvent? other) =>
        other is not null && Events.AsSpan().SequenceEqual(other.Events.AsSpan());

    public override int GetHashCode() => Events.Aggregate(0, HashCode.Combine);
}

/// <summary>Reading of events in order, with composed ones opened.</summary>
public static class PrivacyEvents
{
    /// <summary>The events with every <see cref="ComposedEvent"/> replaced by its parts.</summary>
    public static IEnumerable<PrivacyEvent> Flatten(this IEnumerable<PrivacyEvent> events)
    {
        // Not by SelectMany, which would make a list of each single event.
        foreach (var privacyEvent in events)
        {
            if (privacyEvent is not ComposedEvent composed)
            {
                yield return privacyEvent;
                continue;
            }
            foreach (var part in composed.Events.Flatten()) yield return part;
        }
    }
}
