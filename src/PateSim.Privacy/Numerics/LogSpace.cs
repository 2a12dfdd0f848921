namespace PateSim.Privacy.Numerics;

/// <summary>Sums and differences of numbers that are kept as natural logarithms, and accurate ln(1+x) and
/// eˣ−1.</summary>
public static class LogSpace
{
    /// <summary>ln 2.</summary>
    public const double Ln2 = 0.693147180559945309417232121458;

    /// <summary>ln(1+x) for x ≥ −1, to a few units in the last place also for tiny x (Kahan's device).</summary>
    public static double Log1P(double x)
    {
        var u = 1 + x;
        if (u == 1) return x;
        return double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>eˣ−1 to a few units in the last place also for tiny x (Kahan's device).</summary>
    public static double ExpM1(double x)
    {
        var u = Math.Exp(x);
        if (u == 1) return x;
        var difference = u - 1;
        if (difference == -1) return -1;
        return double.IsPositiveInfinity(u) ? u : difference * (x / Math.Log(u));
    }

    /// <summary>ln(1−eˣ) for x ≤ 0; −∞ at 0.</summary>
    public static double Log1MExp(double x) => x > -Ln2 ? Math.Log(-ExpM1(x)) : Log1P(-Math.Exp(x));

    /// <summary>ln(eᵃ+eᵇ); −∞ stands for zero.</summary>
    public static double Add(double a, double b)
    {
        var (high, low) = a >= b ? (a, b) : (b, a);
        if (double.IsNegativeInfinity(high) || double.IsPositiveInfinity(high)) return high;
        return high + Log1P(Math.Exp(low - high));
    }

    /// <summary>ln(eᵃ+eᵇ) where eᵃ is near 1: keeps the relative accuracy of a result near 0.</summary>
    public static double AddNearOne(double a, double b) =>
        Math.Abs(a) < 1 && b < 1 ? Log1P(ExpM1(a) + Math.Exp(b)) : Add(a, b);
}
