using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Renyi;

/// <summary>Rényi divergence between laws known exactly.</summary>
public static class OutcomeRenyi
{
    /// <summary>
    /// D_a(P‖Q) = ln(Σ_j P_j^a Q_j^{1−a})/(a−1) over finitely many outcomes.
    /// </summary>
    /// <remarks>Computed as ln(1 + Σ P_j ((P_j/Q_j)^{a−1} − 1)), which keeps the digits of a result near 0, where that
    /// does not overflow.</remarks>
    /// <param name="logP">ln P_j, shape [m].</param>
    /// <param name="logQ">ln Q_j, shape [m].</param>
    /// <returns>≥ 0, in nats; ∞ where Q lacks an outcome of P.</returns>
    public static double Divergence(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ, double order)
    {
        var (excess, logSum, small) = (0.0, double.NegativeInfinity, true);
        for (var j = 0; j < logP.Length; j++)
        {
            if (double.IsNegativeInfinity(logP[j])) continue;
            if (double.IsNegativeInfinity(logQ[j])) return double.PositiveInfinity;
            var exponent = (order - 1) * (logP[j] - logQ[j]);
            logSum = LogSpace.Add(logSum, logP[j] + exponent);
            if (exponent > 1) small = false;
            else excess += Math.Exp(logP[j]) * LogSpace.ExpM1(exponent);
        }
        return Math.Max(0, (small ? LogSpace.Log1P(Math.Max(-1, excess)) : logSum) / (order - 1));
    }

    /// <summary>
    /// D_a(N(μ₀,s₀²)‖N(μ₁,s₁²)) = a(μ₀−μ₁)²/(2v) + ln(s₁/s₀) + ln(s₁²/v)/(2(a−1)), v = a s₁² + (1−a)s₀²;
    /// ∞ where v ≤ 0.
    /// </summary>
    public static double Gaussians(double mean0, double deviation0, double mean1, double deviation1, double order)
    {
        RenyiOrders.Check(order);
        var (square0, square1) = (deviation0 * deviation0, deviation1 * deviation1);
        var v = order * square1 + (1 - order) * square0;
        if (!(v > 0)) return double.PositiveInfinity;
        var difference = mean0 - mean1;
        return order * difference * difference / (2 * v) + Math.Log(deviation1 / deviation0)
            + Math.Log(square1 / v) / (2 * (order - 1));
    }
}
