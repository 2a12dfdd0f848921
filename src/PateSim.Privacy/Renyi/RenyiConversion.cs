using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Renyi;

/// <summary>An ε from a Rényi curve, with the order that gave it.</summary>
/// <param name="Epsilon">ε ≥ 0 in nats.</param>
/// <param name="Order">The optimal order; the first of equal ones.</param>
public readonly record struct RenyiEpsilon(double Epsilon, double Order);

/// <summary>From Rényi differential privacy to (ε, δ).</summary>
public static class RenyiConversion
{
    // Below this order the improved formula loses its digits.
    private const double SmallestImprovedOrder = 1.01;

    /// <summary>Classic: ε = min_a rdp(a) + ln(1/δ)/(a−1) (Mironov 2017, Proposition 3).</summary>
    /// <param name="orders">a &gt; 1, shape [r].</param>
    /// <param name="rdp">rdp(a) ≥ 0, shape [r]; ∞ allowed.</param>
    /// <param name="delta">δ in (0, 1).</param>
    public static RenyiEpsilon Classic(ReadOnlySpan<double> orders, ReadOnlySpan<double> rdp, double delta)
    {
        CheckCurve(orders, rdp);
        CheckDelta(delta);
        var best = new RenyiEpsilon(double.PositiveInfinity, orders[0]);
        for (var i = 0; i < orders.Length; i++)
        {
            var epsilon = rdp[i] - Math.Log(delta) / (orders[i] - 1);
            if (epsilon < best.Epsilon) best = new RenyiEpsilon(epsilon, orders[i]);
        }
        return best;
    }

    /// <summary>
    /// Improved: ε = min_a rdp(a) + ln((a−1)/a) − (ln δ + ln a)/(a−1), at least 0; and 0 where δ² + e^(−rdp) − 1 &gt;
    /// 0, since δ ≤ √(1−e^(−KL)) (Canonne, Kamath, Steinke 2020, Proposition 12; Balle et al. 2020, Theorem 21).
    /// </summary>
    /// <inheritdoc cref="Classic" path="/param"/>
    public static RenyiEpsilon Improved(ReadOnlySpan<double> orders, ReadOnlySpan<double> rdp, double delta)
    {
        CheckCurve(orders, rdp);
        CheckDelta(delta);
        var best = new RenyiEpsilon(double.PositiveInfinity, orders[0]);
        for (var i = 0; i < orders.Length; i++)
        {
            var a = orders[i];
            var epsilon = delta * delta + LogSpace.ExpM1(-rdp[i]) > 0 ? 0
                : a > SmallestImprovedOrder ? rdp[i] + LogSpace.Log1P(-1 / a) - Math.Log(delta * a) / (a - 1)
                : double.PositiveInfinity;
            if (epsilon < best.Epsilon) best = new RenyiEpsilon(epsilon, a);
        }
        return best with { Epsilon = Math.Max(0, best.Epsilon) };
    }

    /// <summary>
    /// δ = min_a e^{(a−1)(rdp−ε)} (1−1/a)^{a−1}/a, and at most √(1−e^(−rdp)).
    /// </summary>
    /// <param name="epsilon">ε ≥ 0.</param>
    /// <returns>δ in [0, 1], with its order.</returns>
    public static (double Delta, double Order) ImprovedDelta(
        ReadOnlySpan<double> orders, ReadOnlySpan<double> rdp, double epsilon)
    {
        CheckCurve(orders, rdp);
        if (!(epsilon >= 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is at least 0.");
        var (best, bestOrder) = (double.PositiveInfinity, orders[0]);
        for (var i = 0; i < orders.Length; i++)
        {
            var a = orders[i];
            var logDelta = 0.5 * LogSpace.Log1MExp(-rdp[i]);
            if (a > SmallestImprovedOrder)
                logDelta = Math.Min(
                    logDelta, (a - 1) * (rdp[i] - epsilon + LogSpace.Log1P(-1 / a)) - Math.Log(a));
            if (logDelta < best) (best, bestOrder) = (logDelta, a);
        }
        return (Math.Min(1, Math.Exp(best)), bestOrder);
    }

    private static void CheckCurve(ReadOnlySpan<double> orders, ReadOnlySpan<double> rdp)
    {
        RenyiOrders.Check(orders);
        if (orders.Length != rdp.Length)
            throw new ArgumentException($"{rdp.Length} values for {orders.Length} orders.", nameof(rdp));
        foreach (var value in rdp)
        {
            if (!(value >= 0))
                throw new ArgumentException($"A Rényi divergence is {value:R}; it is at least 0.", nameof(rdp));
        }
    }

    private static void CheckDelta(double delta)
    {
        if (!(delta > 0 && delta < 1))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Delta lies between 0 and 1, ends excluded.");
    }
}
