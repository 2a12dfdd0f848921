using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Renyi;

/// <summary>
/// The noisy threshold of Confident- and Interactive-GNMax: answer if max + N(0, σ₁²) ≥ T.
/// </summary>
public static class ThresholdRenyi
{
    private const double Sqrt2 = 1.4142135623730951;

    /// <summary>The largest score, rounded half up: an input that changes by 1 then changes the result by at most 1.
    /// (Rounding half to even turns .5 and 1.5 into 0 and 2, and doubles the sensitivity.)</summary>
    public static double RoundHalfUp(double score) => Math.Floor(score + 0.5);

    /// <summary>ln Pr[answered] = ln Φ((max − T)/σ₁).</summary>
    public static double LogAnswered(double threshold, double sigma, double largest) =>
        Normal.LogSurvival((threshold - largest) / sigma);

    /// <summary>a k²/(2σ₁²) for any votes.</summary>
    /// <param name="change">k: by how much the largest score can change, in votes.</param>
    public static double DataIndependent(double sigma, double order, double change = 1) =>
        GaussianRenyi.DataIndependent(sigma, order, change);

    /// <summary>Theorem 6 with q = min(p, 1−p) and σ = √2 σ₁: between 1.3 and 4 times <see cref="Exact"/>.</summary>
    public static double Bound(double threshold, double sigma, double largest, double order) =>
        GaussianRenyi.DataDependent(LogQ(threshold, sigma, largest), Sqrt2 * sigma, order);

    /// <summary>ln min(p, 1−p), from the smaller tail itself: 1−p has no digits where p is nearly 1.</summary>
    public static double LogQ(double threshold, double sigma, double largest) =>
        Normal.LogSurvival(Math.Abs(threshold - largest) / sigma);

    /// <summary>
    /// The exact cost: the outcome is one bit, so it is the larger Bernoulli divergence to the ensembles whose largest
    /// score is one vote lower or higher.
    /// </summary>
    /// <param name="largest">v, the largest score after rounding.</param>
    /// <param name="lowest">Smallest v that an ensemble can have.</param>
    /// <param name="highest">Largest v that an ensemble can have, such as M.</param>
    /// <returns>D_a(v‖v′) maximal over v′ = v±1, and D_a(v′‖v) likewise, in nats.</returns>
    public static (double Forward, double Reverse) Exact(
        double threshold, double sigma, double order, double largest, double lowest, double highest)
    {
        RenyiOrders.Check(order);
        return OfBit((score, logs) => Bernoulli(threshold, sigma, score, logs), order, largest, lowest, highest);
    }

    /// <summary>The same for any law of the bit.</summary>
    /// <param name="bit">Writes ln of both probabilities for a largest score.</param>
    internal static (double Forward, double Reverse) OfBit(
        Action<double, Span<double>> bit, double order, double largest, double lowest, double highest)
    {
        var (forward, reverse) = (0.0, 0.0);
        Span<double> here = stackalloc double[2], there = stackalloc double[2];
        bit(largest, here);
        foreach (var neighbour in (ReadOnlySpan<double>)[largest - 1, largest + 1])
        {
            if (neighbour < lowest || neighbour > highest) continue;
            bit(neighbour, there);
            forward = Math.Max(forward, OutcomeRenyi.Divergence(here, there, order));
            reverse = Math.Max(reverse, OutcomeRenyi.Divergence(there, here, order));
        }
        return (forward, reverse);
    }

    private static void Bernoulli(double threshold, double sigma, double largest, Span<double> logs)
    {
        var z = (threshold - largest) / sigma;
        (logs[0], logs[1]) = (Normal.LogSurvival(z), Normal.LogCdf(z));
    }
}
