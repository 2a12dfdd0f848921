using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Planning;

/// <summary>
/// The expected data-dependent cost of Confident- or Interactive-GNMax over given votes: a planning figure, computed
/// from private votes, and no guarantee for any realised run.
/// </summary>
/// <param name="LogAnswered">ln Pr[answered] of each query, shape [n].</param>
/// <param name="Rdp">Σ (threshold + Pr[answered] · GNMax) at each order, shape [r].</param>
public sealed record ExpectedConfidentCost(double[] LogAnswered, double[] Rdp)
{
    /// <summary>Σ Pr[answered].</summary>
    public double Answered => LogAnswered.Sum(Math.Exp);

    /// <param name="votes">One histogram per query.</param>
    /// <param name="largest">The largest score of each query after rounding: max n_j, or max n_j − M p_j.</param>
    /// <param name="orders">a &gt; 1, shape [r].</param>
    public static ExpectedConfidentCost Of(
        IReadOnlyList<int[]> votes, IReadOnlyList<double> largest, double threshold, double sigma1, double sigma2,
        ReadOnlySpan<double> orders)
    {
        RenyiOrders.Check(orders);
        if (votes.Count != largest.Count)
            throw new ArgumentException($"{largest.Count} scores for {votes.Count} queries.", nameof(largest));
        var logAnswered = new double[votes.Count];
        var rdp = new double[orders.Length];
        for (var i = 0; i < votes.Count; i++)
        {
            logAnswered[i] = ThresholdRenyi.LogAnswered(threshold, sigma1, largest[i]);
            var answered = Math.Exp(logAnswered[i]);
            var logQ = GaussianRenyi.LogQ(votes[i], sigma2);
            for (var a = 0; a < orders.Length; a++)
                rdp[a] += ThresholdRenyi.Bound(threshold, sigma1, largest[i], orders[a])
                    + answered * GaussianRenyi.DataDependent(logQ, sigma2, orders[a]);
        }
        return new ExpectedConfidentCost(logAnswered, rdp);
    }
}
