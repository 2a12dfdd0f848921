using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Accounting;

/// <summary>Moments of LNMax (Papernot et al. 2017, arXiv 1610.05755), in log space throughout.</summary>
public static class LaplaceMoments
{
    /// <summary>
    /// ln q, where q bounds the probability that the answer is not the plurality j*:
    /// q = min(1−1/m, Σ_{j≠j*} (2+γD_j)/(4 e^{γD_j})), D_j = n_{j*} − n_j (Lemma 4).
    /// </summary>
    /// <param name="counts">n, shape [m], m ≥ 2, counts ≥ 0.</param>
    /// <param name="gamma">γ = 1/b &gt; 0, in 1/votes.</param>
    /// <returns>In (−∞, 0).</returns>
    public static double LogQ(ReadOnlySpan<int> counts, double gamma)
    {
        var winner = Mechanisms.Argmax.Of(counts);
        var sum = double.NegativeInfinity;
        for (var j = 0; j < counts.Length; j++)
        {
            if (j == winner) continue;
            var gap = gamma * ((double)counts[winner] - counts[j]);
            sum = LogSpace.Add(sum, Math.Log(2 + gap) - 2 * LogSpace.Ln2 - gap);
        }
        return Math.Min(sum, LogSpace.Log1P(-1.0 / counts.Length));
    }

    /// <summary>
    /// The moment that holds for any votes: α(l) = min(ε₀² l(l+1)/2, ε₀ l) (Theorem 2 and pure ε).
    /// </summary>
    /// <param name="pureEpsilon">ε₀ of the answer: 2γ when one vote moves.</param>
    /// <param name="moment">l &gt; 0.</param>
    public static double DataIndependent(double pureEpsilon, double moment) =>
        Math.Min(pureEpsilon * pureEpsilon * moment * (moment + 1) / 2, pureEpsilon * moment);

    /// <summary>
    /// The moment for these votes: the smaller of <see cref="DataIndependent"/> and, only where
    /// q ≤ 1/(e^{ε₀}+1), ln[(1−q)((1−q)/(1−e^{ε₀} q))^l + q e^{ε₀ l}] (Theorem 3).
    /// </summary>
    /// <remarks>The condition is often misread as q &lt; 1/2: then the logarithm's argument turns negative or the bound
    /// falls below the true moment.</remarks>
    /// <param name="logQ">ln q from <see cref="LogQ"/>; −∞ gives 0.</param>
    /// <returns>α(l) ≥ 0.</returns>
    public static double DataDependent(double logQ, double pureEpsilon, double moment)
    {
        var independent = DataIndependent(pureEpsilon, moment);
        if (double.IsNegativeInfinity(logQ)) return 0;
        if (logQ > -LogSpace.Add(pureEpsilon, 0)) return independent;
        var logOneMinusQ = LogSpace.Log1MExp(logQ);
        var logRatio = logOneMinusQ - LogSpace.Log1MExp(pureEpsilon + logQ);
        var bound = LogSpace.AddNearOne(logOneMinusQ + moment * logRatio, logQ + moment * pureEpsilon);
        return Math.Clamp(bound, 0, independent);
    }

    /// <summary>The same as a Rényi divergence: rdp(a) = α(a−1)/(a−1), for any order a &gt; 1.</summary>
    public static double Rdp(double logQ, double pureEpsilon, double order) =>
        DataDependent(logQ, pureEpsilon, order - 1) / (order - 1);

    /// <summary>rdp(a) = min(ε₀² a/2, ε₀) for any votes.</summary>
    public static double RdpDataIndependent(double pureEpsilon, double order) =>
        DataIndependent(pureEpsilon, order - 1) / (order - 1);
}
