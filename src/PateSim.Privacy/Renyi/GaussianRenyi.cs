using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Renyi;

/// <summary>Rényi divergence of GNMax (Papernot et al. 2018, arXiv 1802.08908), in log space throughout.</summary>
public static class GaussianRenyi
{
    private const double Sqrt2 = 1.4142135623730951;

    /// <summary>
    /// ln q, where q bounds the probability that the answer is not the plurality j*:
    /// q = min(1−1/m, Σ_{j≠j*} erfc(D_j/(2σ))/2), D_j = n_{j*} − n_j (Proposition 7).
    /// </summary>
    /// <param name="counts">n, shape [m], m ≥ 2, counts ≥ 0.</param>
    /// <param name="sigma">σ &gt; 0 of the noise on each count, in votes.</param>
    public static double LogQ(ReadOnlySpan<int> counts, double sigma)
    {
        CheckSigma(sigma);
        var winner = Mechanisms.Argmax.Of(counts);
        var sum = double.NegativeInfinity;
        for (var j = 0; j < counts.Length; j++)
        {
            if (j == winner) continue;
            var gap = (double)counts[winner] - counts[j];
            sum = LogSpace.Add(sum, Normal.LogErfc(gap / (2 * sigma)) - LogSpace.Ln2);
        }
        return Math.Min(sum, LogSpace.Log1P(-1.0 / counts.Length));
    }

    /// <summary>rdp(a) = a Δ₂²/(2σ²) for any votes: a/σ² when one vote moves (Proposition 8).</summary>
    /// <param name="l2">Δ₂, in votes.</param>
    public static double DataIndependent(double sigma, double order, double l2 = Sqrt2)
    {
        CheckSigma(sigma);
        RenyiOrders.Check(order);
        return order * (l2 * l2) / (2 * sigma * sigma);
    }

    /// <summary>
    /// rdp(a) for these votes: the smaller of a/σ² and, where its conditions hold, the bound of Theorem 6 with the
    /// orders of Proposition 10, μ₂ = σ√(ln 1/q), μ₁ = μ₂+1, ε_i = μ_i/σ²:
    /// ln[(1−q)A^{a−1} + q B^{a−1}]/(a−1), A = (1−q)/(1−(q e^{ε₂})^{(μ₂−1)/μ₂}), B = e^{ε₁}/q^{1/(μ₁−1)}.
    /// Conditions: a &lt; μ₁, μ₂ &gt; 1, ln q ≤ (μ₂−1)ε₂ − μ₂ ln[(μ₁/(μ₁−1))(μ₂/(μ₂−1))], −ln q &gt; ε₂.
    /// </summary>
    /// <param name="logQ">ln q ≤ 0; −∞ gives 0.</param>
    /// <param name="sigma">σ &gt; 0 such that a/σ² is the data-independent cost: the noise on each count when one vote
    /// moves, σ√2/Δ₂ for other sensitivities.</param>
    /// <remarks>One-sided: bounds D_a(M(D)‖M(D′)) for the neighbours D′ of the ensemble D at hand. The other direction
    /// can exceed it and is covered by the cost of D′.</remarks>
    public static double DataDependent(double logQ, double sigma, double order)
    {
        RenyiOrders.Check(order);
        return new Bound(logQ, sigma).At(order);
    }

    /// <summary>Adds <see cref="DataDependent"/> at each order to the totals.</summary>
    public static void AddDataDependent(
        double logQ, double sigma, ReadOnlySpan<double> orders, Span<double> totals)
    {
        var bound = new Bound(logQ, sigma);
        for (var i = 0; i < orders.Length; i++) totals[i] += bound.At(orders[i]);
    }

    private static void CheckSigma(double sigma)
    {
        if (!(sigma > 0) || double.IsInfinity(sigma))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "Sigma is a finite number above 0.");
    }

    /// <summary>What does not depend on the order is computed once per query.</summary>
    private readonly struct Bound
    {
        private readonly double _logQ, _log1Q, _logA, _logB, _mu1, _variance;
        private readonly bool _applies;

        public Bound(double logQ, double sigma)
        {
            CheckSigma(sigma);
            if (!(logQ <= 0))
                throw new ArgumentOutOfRangeException(
                    nameof(logQ), logQ, "The logarithm of a probability is at most 0.");
            _logQ = logQ;
            _variance = sigma * sigma;
            var mu2 = sigma * Math.Sqrt(-logQ);
            _mu1 = mu2 + 1;
            if (!(mu2 > 1) || double.IsInfinity(mu2)) return;
            var (epsilon1, epsilon2) = (_mu1 / _variance, mu2 / _variance);
            _applies = -logQ > epsilon2 && logQ <= (mu2 - 1) * epsilon2
                - mu2 * (LogSpace.Log1P(1 / mu2) + LogSpace.Log1P(1 / (mu2 - 1)));
            if (!_applies) return;
            _log1Q = LogSpace.Log1MExp(logQ);
            _logA = _log1Q - LogSpace.Log1MExp((logQ + epsilon2) * (1 - 1 / mu2));
            _logB = epsilon1 - logQ / mu2;
        }

        public double At(double order)
        {
            if (double.IsNegativeInfinity(_logQ)) return 0;
            var independent = order / _variance;
            if (!_applies || !(order < _mu1)) return independent;
            var bound = LogSpace.AddNearOne(_log1Q + (order - 1) * _logA, _logQ + (order - 1) * _logB) / (order - 1);
            return Math.Clamp(bound, 0, independent);
        }
    }
}
