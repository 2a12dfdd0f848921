using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Smooth;

/// <summary>
/// What it costs to release F + SS·N(0, s²), where SS is a β-smooth upper bound on the local sensitivity of F.
/// </summary>
/// <remarks>
/// Neighbours have |F−F′| ≤ min(SS, SS′) and SS′/SS in [e^{−β}, e^{β}]; the cost is the largest divergence of the two
/// normal laws over that set:
/// shrinking noise: a e^{−2β}/(2s²x) + (−½ ln x − aβ)/(a−1), x = 1 − a + a e^{−2β};
/// growing noise: a/(2s²y) + (−½ ln y + aβ)/(a−1), y = 1 − a + a e^{2β}; the larger counts.
/// The published bound (Papernot et al. 2018, Theorem 23) puts the shrinking variance into the logarithm only, and can
/// fall short by a factor of three.
/// </remarks>
public static class SmoothReleaseCost
{
    /// <summary>The larger of both cases; ∞ where a is too large for β.</summary>
    /// <param name="beta">β ≥ 0.</param>
    /// <param name="noise">s &gt; 0: the noise in units of the smooth sensitivity.</param>
    /// <param name="order">a &gt; 1.</param>
    public static double WorstCase(double beta, double noise, double order) =>
        Math.Max(NoiseShrinks(beta, noise, order), NoiseGrows(beta, noise, order));

    /// <summary>The neighbour's noise is smaller by e^{−β}; ∞ where x ≤ 0.</summary>
    public static double NoiseShrinks(double beta, double noise, double order) => Case(-beta, noise, order);

    /// <summary>The neighbour's noise is larger by e^{β}.</summary>
    public static double NoiseGrows(double beta, double noise, double order) => Case(beta, noise, order);

    /// <summary>The published formula a e^{2β}/s² + (aβ − ½ ln(1−2aβ))/(a−1), for comparison only.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside (1, 1/(2β)).</exception>
    public static double Published(double beta, double noise, double order)
    {
        Check(beta, noise, order);
        if (2 * order * beta >= 1)
            throw new ArgumentOutOfRangeException(
                nameof(order), order, $"The published bound holds for orders below 1/(2 beta) = {1 / (2 * beta):R}.");
        return order * Math.Exp(2 * beta) / (noise * noise)
            + (order * beta - 0.5 * Math.Log(1 - 2 * order * beta)) / (order - 1);
    }

    // The shift allowed is that of the smaller sensitivity: SS e^{−β} when noise shrinks, SS when it grows.
    private static double Case(double logRatio, double noise, double order)
    {
        Check(Math.Abs(logRatio), noise, order);
        var ratio = Math.Exp(logRatio);
        return OutcomeRenyi.Gaussians(0, noise, Math.Min(1, ratio), noise * ratio, order);
    }

    private static void Check(double beta, double noise, double order)
    {
        RenyiOrders.Check(order);
        if (!(beta >= 0)) throw new ArgumentOutOfRangeException(nameof(beta), beta, "Beta is at least 0.");
        if (!(noise > 0)) throw new ArgumentOutOfRangeException(nameof(noise), noise, "The noise is above 0.");
    }
}
