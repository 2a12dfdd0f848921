using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Renyi;

/// <summary>Rényi divergence of GNMax (Papernot et al. 2018, arXiv 1802.08908), in log space throughout.</summary>
public static class GaussianRenyi
{
    private const double Sqrt2 = 1.4142135623730951;

    // erfc(20) is about 10⁻¹⁷⁶.
    private const double LargestPlainErfc = 20;

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
        // What does not underflow is added as it is, which spares a logarithm per class.
        var (sum, logSum) = (0.0, double.NegativeInfinity);
        for (var j = 0; j < counts.Length; j++)
        {
            if (j == winner) continue;
            var x = ((double)counts[winner] - counts[j]) / (2 * sigma);
            if (x < LargestPlainErfc) sum += SpecialFunctions.Erfc(x);
            else logSum = LogSpace.Add(logSum, Normal.LogErfc(x));
        }
        if (sum > 0) logSum = LogSpace.Add(Math.Log(sum), logSum);
        return Math.Min(logSum - LogSpace.Ln2, LogSpace.Log1P(-1.0 / counts.Length));
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

    /// <summary>Adds <see cref="DataDependent"/> at each order to the totals, eight orders at a time.</summary>
    /// <param name="orders">a &gt; 1, shape [r].</param>
    /// <param name="totals">Shape [r]; what is added differs from <see cref="DataDependent"/> by less than 10⁻¹³ of
    /// itself, or by less than the smallest normal number.</param>
    public static void AddDataDependent(
        double logQ, double sigma, ReadOnlySpan<double> orders, Span<double> totals)
    {
        if (totals.Length != orders.Length)
            throw new ArgumentException($"{totals.Length} totals for {orders.Length} orders.", nameof(totals));
        var bound = new Bound(logQ, sigma);
        var whole = orders.Length - orders.Length % Vector512<double>.Count;
        var these = MemoryMarshal.Cast<double, Vector512<double>>(orders[..whole]);
        var sums = MemoryMarshal.Cast<double, Vector512<double>>(totals[..whole]);
        for (var i = 0; i < these.Length; i++) sums[i] += bound.At(these[i]);
        if (whole == orders.Length) return;
        // The rest takes the same road, filled up with its first order.
        Span<double> rest = stackalloc double[Vector512<double>.Count];
        rest.Fill(orders[whole]);
        orders[whole..].CopyTo(rest);
        bound.At(Vector512.Create<double>(rest)).CopyTo(rest);
        for (var i = whole; i < orders.Length; i++) totals[i] += rest[i - whole];
    }

    private static void CheckSigma(double sigma)
    {
        if (!(sigma > 0) || double.IsInfinity(sigma))
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "Sigma is a finite number above 0.");
    }

    /// <summary>What does not depend on the order is computed once per query.</summary>
    private readonly struct Bound
    {
        private readonly double _logQ, _log1Q, _logA, _logB, _perOrder;

        // Theorem 6 can help only for orders strictly between these two.
        private readonly double _above, _below;

        public Bound(double logQ, double sigma)
        {
            CheckSigma(sigma);
            if (!(logQ <= 0))
                throw new ArgumentOutOfRangeException(
                    nameof(logQ), logQ, "The logarithm of a probability is at most 0.");
            _logQ = logQ;
            var variance = sigma * sigma;
            _perOrder = double.IsNegativeInfinity(logQ) ? 0 : 1 / variance;
            var mu2 = sigma * Math.Sqrt(-logQ);
            var mu1 = mu2 + 1;
            if (!(mu2 > 1) || double.IsInfinity(mu2)) return;
            var (epsilon1, epsilon2) = (mu1 / variance, mu2 / variance);
            var applies = -logQ > epsilon2 && logQ <= (mu2 - 1) * epsilon2
                - mu2 * (LogSpace.Log1P(1 / mu2) + LogSpace.Log1P(1 / (mu2 - 1)));
            if (!applies) return;
            _log1Q = LogSpace.Log1MExp(logQ);
            _logA = _log1Q - LogSpace.Log1MExp((logQ + epsilon2) * (1 - 1 / mu2));
            _logB = epsilon1 - logQ / mu2;
            // ln[(1−q)A^x + qB^x] is convex in x and 0 at 0, so that divided by x it is at least its slope there: no
            // gain where a/σ² is not larger than that.
            _above = variance * (Math.Exp(_log1Q) * _logA + Math.Exp(logQ) * _logB);
            _below = mu1;
        }

        public double At(double order)
        {
            var independent = order * _perOrder;
            if (!(order > _above && order < _below)) return independent;
            var bound = LogSpace.AddNearOne(_log1Q + (order - 1) * _logA, _logQ + (order - 1) * _logB) / (order - 1);
            return Math.Clamp(bound, 0, independent);
        }

        /// <summary>The same for eight orders.</summary>
        public Vector512<double> At(Vector512<double> orders)
        {
            var independent = orders * _perOrder;
            var helps = Vector512.GreaterThan(orders, Vector512.Create(_above))
                & Vector512.LessThan(orders, Vector512.Create(_below));
            if (helps == Vector512<double>.Zero) return independent;
            // Where the bound does not help it is computed for order 2, so that nothing overflows, and not used.
            var less = Vector512.ConditionalSelect(helps, orders, Vector512.Create(2.0)) - Vector512<double>.One;
            var bound = VectorLogSpace.Add(
                Vector512.FusedMultiplyAdd(less, Vector512.Create(_logA), Vector512.Create(_log1Q)),
                Vector512.FusedMultiplyAdd(less, Vector512.Create(_logB), Vector512.Create(_logQ))) / less;
            return Vector512.ConditionalSelect(
                helps, Vector512.Min(Vector512.Max(bound, Vector512<double>.Zero), independent), independent);
        }
    }
}
