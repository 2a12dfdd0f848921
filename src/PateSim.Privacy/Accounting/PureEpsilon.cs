using System.Runtime.InteropServices;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Accounting;

/// <summary>Pure ε of single events.</summary>
public static class PureEpsilon
{
    /// <summary>
    /// ε = Δ₁/b for Laplace noise, continuous or discrete (Dwork et al. 2006, Theorem 1; argmax is post-processing).
    /// </summary>
    /// <returns>ε &gt; 0 in nats, ∞ without noise; null where the event has no pure ε, or is unknown.</returns>
    public static double? Of(PrivacyEvent privacyEvent, Adjacency adjacency) => privacyEvent switch
    {
        NoisyArgmaxEvent { NoiseScale: 0 } or NoisyThresholdEvent { NoiseScale: 0 } => double.PositiveInfinity,
        NoisyArgmaxEvent { Law: NoiseLaw.Laplace or NoiseLaw.DiscreteLaplace } argmax =>
            adjacency.L1 / argmax.NoiseScale,
        ComposedEvent composed => composed.Events.Aggregate(
            (double?)0, (sum, part) => sum + Of(part, adjacency)),
        _ => null,
    };

    /// <summary>Distinct values of ε with how often each occurs, from the smallest up: memory does not grow with the
    /// number of answers.</summary>
    /// <exception cref="UnsupportedPrivacyEventException">An event has no pure ε.</exception>
    internal static SortedDictionary<double, long> Tally(
        string accountant, IEnumerable<PrivacyEvent> events, Adjacency adjacency)
    {
        var tally = new Dictionary<double, long>();
        foreach (var privacyEvent in events.Flatten())
        {
            var epsilon = Of(privacyEvent, adjacency) ?? throw new UnsupportedPrivacyEventException(
                accountant, privacyEvent, "it has no pure epsilon.");
            CollectionsMarshal.GetValueRefOrAddDefault(tally, epsilon, out _)++;
        }
        return new SortedDictionary<double, long>(tally);
    }
}
