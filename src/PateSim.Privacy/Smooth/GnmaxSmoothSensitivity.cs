using PateSim.Privacy.Numerics;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Smooth;

/// <summary>
/// Smooth sensitivity of the data-dependent cost of GNMax at one order (Papernot et al. 2018, appendix B), in log
/// space: the cost function β(q), its switch points q₀ and q₁, and the bounds LS(q) and LS at distance d.
/// </summary>
/// <remarks>Valid only where <see cref="CheckConditions"/> finds C5 and C6 to hold: they fail for m = 10, σ = 20,
/// a = 25.</remarks>
public sealed class GnmaxSmoothSensitivity
{
    private readonly double _independent;

    /// <param name="sigma">σ &gt; 0, in votes.</param>
    /// <param name="order">a &gt; 1.</param>
    /// <param name="classCount">m ≥ 2.</param>
    public GnmaxSmoothSensitivity(double sigma, double order, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        _independent = GaussianRenyi.DataIndependent(sigma, order, Math.Sqrt(2));
        (Sigma, Order, ClassCount) = (sigma, order, classCount);
        LogQ0 = FindLogQ0();
        LogQ1 = LogLower(LogQ0);
        Plateau = LocalSensitivityAt(LogQ1);
    }

    public double Sigma { get; }

    public double Order { get; }

    public int ClassCount { get; }

    /// <summary>ln q₀: above it the data-independent cost is the smaller or the only one.</summary>
    public double LogQ0 { get; }

    /// <summary>ln q₁ = ln B_L(q₀).</summary>
    public double LogQ1 { get; }

    /// <summary>LS(q₁), which holds on [q₁, q₀].</summary>
    public double Plateau { get; }

    /// <summary>β(q): the bound of Theorem 6 below q₀, a/σ² above.</summary>
    public double Cost(double logQ) => logQ >= LogQ0 ? _independent : Bound(logQ);

    /// <summary>ln B_U(q): ln q of the neighbour with the largest q, B_U = min(1, (m−1)/2 · erfc(erfcinv(2q/(m−1)) −
    /// 1/σ)).
    /// </summary>
    public double LogUpper(double logQ) => Math.Min(0, Shifted(logQ, -1 / Sigma));

    /// <summary>ln B_L(q), with +1/σ.</summary>
    public double LogLower(double logQ) => Shifted(logQ, 1 / Sigma);

    /// <summary>LS(q) = max(β(B_U)−β(q), β(q)−β(B_L)), with q := q₁ on [q₁, q₀] (Algorithm 3).</summary>
    public double LocalSensitivity(double logQ) =>
        logQ >= LogQ1 && logQ <= LogQ0 ? Plateau : LocalSensitivityAt(logQ);

    /// <summary>
    /// Bound on the local sensitivity of all ensembles d votes away, shape [M] for d = 0, …, M−1 (Algorithms 4 and 5):
    /// votes move between the two leading classes towards q₁, beyond which the plateau holds.
    /// </summary>
    public double[] AtDistances(ReadOnlySpan<int> counts)
    {
        if (counts.Length != ClassCount)
            throw new ArgumentException($"{counts.Length} counts for {ClassCount} classes.", nameof(counts));
        var total = Events.PrivateVotes.Check(counts);
        var result = new double[total];
        Array.Fill(result, Plateau);
        var votes = counts.ToArray();
        Array.Sort(votes, (a, b) => b.CompareTo(a));
        var logQ = GaussianRenyi.LogQ(votes, Sigma);
        if (logQ >= LogQ1 && logQ <= LogQ0) return result;
        var widen = logQ > LogQ0;
        for (var d = 0; d < total; d++)
        {
            if (d > 0)
            {
                Move(votes, widen ? 1 : -1);
                logQ = GaussianRenyi.LogQ(votes, Sigma);
            }
            result[d] = LocalSensitivity(logQ);
            if (widen ? !(logQ > LogQ0 && votes[1] > 0) : !(logQ < LogQ1)) break;
        }
        return result;
    }

    /// <summary>SS = max_d e^{−βd} LS_d.</summary>
    public static double Smooth(ReadOnlySpan<double> atDistances, double beta)
    {
        var largest = 0.0;
        for (var d = 0; d < atDistances.Length; d++)
            largest = Math.Max(largest, Math.Exp(-beta * d) * atDistances[d]);
        return largest;
    }

    /// <summary>
    /// C5: β(q) does not fall on (0, q₀]. C6: β(B_U(q)) − β(q) does not fall on (0, q₁]. Both by the sign of slopes
    /// on a grid of 4,000 points in ln q, from where the cost underflows: numeric evidence as in the source, not a
    /// proof.
    /// </summary>
    /// <returns>C6 is false wherever C5 is.</returns>
    public (bool C5, bool C6) CheckConditions()
    {
        var c5 = NeverFalls(Bound, LogQ0);
        return (c5, c5 && NeverFalls(logQ => Bound(Shifted(logQ, -1 / Sigma)) - Bound(logQ), LogQ1));
    }

    private static bool NeverFalls(Func<double, double> function, double logUpperEnd)
    {
        const int points = 4000;
        var logLowerEnd = Math.Min(2 * logUpperEnd, -700);
        var previous = function(logLowerEnd);
        for (var i = 1; i <= points; i++)
        {
            // Squared, so that points lie densely at the upper end, where functions of q live.
            var t = 1 - (double)i / points;
            var value = function(logUpperEnd + (logLowerEnd - logUpperEnd) * t * t);
            if (value < previous - 1e-12 * Math.Abs(previous) - 1e-300) return false;
            previous = value;
        }
        return true;
    }

    private double LocalSensitivityAt(double logQ)
    {
        var here = Cost(logQ);
        return Math.Max(Cost(LogUpper(logQ)) - here, here - Cost(LogLower(logQ)));
    }

    // Invariant: sorted from the largest down.
    private static void Move(int[] votes, int towardsFirst)
    {
        votes[0] += towardsFirst;
        votes[1] -= towardsFirst;
        for (var i = 1; i < votes.Length - 1 && votes[i] < votes[i + 1]; i++)
            (votes[i], votes[i + 1]) = (votes[i + 1], votes[i]);
        if (votes[0] < votes[1]) (votes[0], votes[1]) = (votes[1], votes[0]);
    }

    private double Shifted(double logQ, double shift)
    {
        var logHalfRivals = Math.Log((ClassCount - 1) / 2.0);
        return logHalfRivals + Normal.LogErfc(Normal.InverseLogErfc(logQ - logHalfRivals) + shift);
    }

    // Theorem 6 without its conditions, which hold below q₀ by its choice.
    private double Bound(double logQ)
    {
        var mu2 = Sigma * Math.Sqrt(-logQ);
        var (epsilon1, epsilon2) = ((mu2 + 1) / (Sigma * Sigma), mu2 / (Sigma * Sigma));
        var log1Q = LogSpace.Log1MExp(logQ);
        var logA = log1Q - LogSpace.Log1MExp((logQ + epsilon2) * (1 - 1 / mu2));
        var logB = epsilon1 - logQ / mu2;
        return LogSpace.AddNearOne(log1Q + (Order - 1) * logA, logQ + (Order - 1) * logB) / (Order - 1);
    }

    private double FindLogQ0()
    {
        // Above this the conditions of Theorem 6 fail.
        var inverse = 1 / Sigma;
        var high = -Math.Max(
            (1 + inverse) * (1 + inverse),
            Math.Max((Order - 0.99) * inverse * ((Order - 0.99) * inverse), inverse * inverse));
        if (Bound(high) < _independent) return high;
        var low = 2 * high;
        while (Bound(low) > _independent)
        {
            low *= 1.5;
            if (low < -1e12)
                throw new ArgumentException(
                    $"No q gives a data-dependent cost below the data-independent one at sigma {Sigma:R}, "
                    + $"order {Order:R}.");
        }
        return RootFinding.FirstTrue(high, low, logQ => Bound(logQ) <= _independent);
    }
}
