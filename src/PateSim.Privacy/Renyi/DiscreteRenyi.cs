using PateSim.Privacy.Exact;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Renyi;

/// <summary>What data-dependent costs need to know of integer noise: how likely it overturns a lead, and a threshold's
/// two outcomes.</summary>
/// <remarks>
/// Theorem 3 of the 2017 paper holds for any ε₀-DP answer and Theorem 6 of the 2018 paper for any answer with the Rényi
/// costs named in it, each with any upper bound q on the probability of not answering the plurality. Discrete Laplace
/// noise keeps ε₀ = 2/b, and discrete Gaussian noise costs at most a Δ₂²/(2σ²) (Canonne, Kamath, Steinke 2020, Theorem
/// 4), so only q has to be that of the integer law.
/// </remarks>
public static class DiscreteRenyi
{
    /// <summary>ln q of argmax_j { n_j + discrete Laplace }: q = min(1−1/m, Σ_{j≠j*} Pr[W ≥ D_j]), W the difference of
    /// two draws. Ties count as overturned, so the bound holds under any tie rule.</summary>
    /// <param name="counts">n, shape [m], m ≥ 2, counts ≥ 0.</param>
    /// <param name="scale">b &gt; 0, in votes.</param>
    /// <returns>In (−∞, 0).</returns>
    public static double LogQLaplace(ReadOnlySpan<int> counts, double scale) =>
        LogQ(counts, gap => LaplaceDifferenceUpper(scale, gap));

    /// <summary>The same for discrete Gaussian noise.</summary>
    /// <param name="logDifference">ln Pr[Z − Z′ ≥ d], as <see cref="DiscreteGaussianTails.LogDifferenceUpper"/> gives it.
    /// </param>
    public static double LogQGaussian(ReadOnlySpan<int> counts, Func<double, double> logDifference) =>
        LogQ(counts, logDifference);

    /// <summary>
    /// ln Pr[Z − Z′ ≥ d], d ≥ 0, of two discrete Laplace draws, with p = e^{−1/b}:
    /// ((1−p)/(1+p))² p^d [(d + 1 + 2p²/(1−p²))/(1−p) + p/(1−p)²].
    /// </summary>
    public static double LaplaceDifferenceUpper(double scale, double gap)
    {
        // (1−p)² (…) = (1−p)(d+1) + 2p²/(1+p) + p, which has no small denominators.
        var (p, oneMinusP) = (Math.Exp(-1 / scale), -LogSpace.ExpM1(-1 / scale));
        var bracket = oneMinusP * (gap + 1) + 2 * p * p / (1 + p) + p;
        return Math.Min(0, Math.Log(bracket) - 2 * LogSpace.Log1P(p) - gap / scale);
    }

    /// <summary>ln Pr[v + Z ≥ T] and ln of the rest, shape [2], for discrete Gaussian noise and a whole v.</summary>
    public static double[] Threshold(DiscreteGaussianTails tails, double threshold, double largest)
    {
        // The ceiling first: a difference would round a threshold away that lies just above a whole number.
        var due = Math.Ceiling(threshold) - largest;
        return [tails.LogUpper(due), tails.LogLower(due - 1)];
    }

    /// <summary>The exact cost of a threshold under discrete Gaussian noise, as <see cref="ThresholdRenyi.Exact"/>.
    /// </summary>
    public static (double Forward, double Reverse) ThresholdExact(
        DiscreteGaussianTails tails, double threshold, double order, double largest, double lowest, double highest)
    {
        RenyiOrders.Check(order);
        return ThresholdRenyi.OfBit(
            (tails, threshold), static (law, score, logs) => Threshold(law.tails, law.threshold, score).CopyTo(logs),
            order, largest, lowest, highest);
    }

    private static double LogQ(ReadOnlySpan<int> counts, Func<double, double> logOverturned)
    {
        var winner = Argmax.Of(counts);
        var sum = double.NegativeInfinity;
        for (var j = 0; j < counts.Length; j++)
        {
            if (j != winner) sum = LogSpace.Add(sum, logOverturned((double)counts[winner] - counts[j]));
        }
        return Math.Min(sum, LogSpace.Log1P(-1.0 / counts.Length));
    }
}
