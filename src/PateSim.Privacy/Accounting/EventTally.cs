using System.Runtime.InteropServices;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Accounting;

/// <summary>What matters of an event for data-independent accounting.</summary>
internal readonly record struct ReleaseKind(bool IsThreshold, NoiseLaw Law, double Scale) : IComparable<ReleaseKind>
{
    public static ReleaseKind? Of(PrivacyEvent privacyEvent) => privacyEvent switch
    {
        NoisyArgmaxEvent argmax => new ReleaseKind(false, argmax.Law, argmax.NoiseScale),
        NoisyThresholdEvent threshold => new ReleaseKind(true, threshold.Law, threshold.NoiseScale),
        _ => null,
    };

    public bool IsGaussian => Law is NoiseLaw.Gaussian or NoiseLaw.DiscreteGaussian;

    public int CompareTo(ReleaseKind other) =>
        (IsThreshold, Law, Scale).CompareTo((other.IsThreshold, other.Law, other.Scale));
}

/// <summary>Events counted by kind, in a fixed order: the order of composition cannot matter, and memory does not grow
/// with the number of answers.</summary>
internal static class EventTally
{
    /// <exception cref="UnsupportedPrivacyEventException">An event that <paramref name="supports"/>
    /// refuses.</exception>
    public static SortedDictionary<ReleaseKind, long> Of(
        string accountant, IEnumerable<PrivacyEvent> events, Func<ReleaseKind, bool> supports, string reason)
    {
        var tally = new Dictionary<ReleaseKind, long>();
        foreach (var privacyEvent in events.Flatten())
        {
            if (ReleaseKind.Of(privacyEvent) is not { } kind || !supports(kind))
                throw new UnsupportedPrivacyEventException(accountant, privacyEvent, reason);
            CollectionsMarshal.GetValueRefOrAddDefault(tally, kind, out _)++;
        }
        return new SortedDictionary<ReleaseKind, long>(tally);
    }

    public static bool Supports(PrivacyEvent privacyEvent, Func<ReleaseKind, bool> supports) => privacyEvent switch
    {
        ComposedEvent composed => composed.Events.All(part => Supports(part, supports)),
        _ => ReleaseKind.Of(privacyEvent) is { } kind && supports(kind),
    };
}

/// <summary>Sentences that several accountants put beside their figures.</summary>
internal static class AccountingNotes
{
    public const string NoNoise = "Without noise there is no privacy.";

    public const string Nothing = "Nothing was released.";

    public const string FixedNumber =
        "Holds for numbers of checks and answers capped beforehand at these; with numbers reached adaptively it is an "
        + "odometer reading.";

    public const string Private =
        "Computed from the votes: private itself, not to be published.";

    public const string OneSided =
        "Bounds one direction of the comparison between neighbouring ensembles.";

    public static string Join(params string[] sentences) => string.Join(' ', sentences.Where(s => s.Length > 0));

    /// <summary>Warns where the best order lies at an end of the list.</summary>
    public static string OrderEnds(double order, ReadOnlySpan<double> orders) =>
        orders.Length < 2 ? ""
        : order == orders[0] ? "The best order is the first of the list: a smaller one would give less."
        : order == orders[^1] ? "The best order is the last of the list: a larger one would give less."
        : "";
}
