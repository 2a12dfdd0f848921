using MathNet.Numerics;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Noise;

/// <summary>Discrete Laplace: Pr[x] = tanh(1/(2t)) e^{−|x|/t} on the integers.</summary>
public static class DiscreteLaplaceLaw
{
    /// <param name="scale">t &gt; 0, in votes.</param>
    public static double Mass(double scale, long x) => Math.Tanh(0.5 / scale) * Math.Exp(-Math.Abs((double)x) / scale);

    /// <summary>Pr[Z ≤ x].</summary>
    public static double Cdf(double scale, long x) => x < 0
        ? Math.Exp((double)x / scale) / (1 + Math.Exp(-1 / scale))
        : 1 - Math.Exp(-(x + 1.0) / scale) / (1 + Math.Exp(-1 / scale));

    /// <summary>2p/(1−p)², p = e^{−1/t}.</summary>
    public static double Variance(double scale)
    {
        var oneMinusP = -LogSpace.ExpM1(-1 / scale);
        return 2 * Math.Exp(-1 / scale) / (oneMinusP * oneMinusP);
    }
}

/// <summary>Discrete Gaussian: Pr[x] ∝ e^{−x²/(2σ²)} on the integers.</summary>
public static class DiscreteGaussianLaw
{
    /// <param name="variance">σ² &gt; 0: the parameter; the true variance is at most that, and equal to many digits
    /// from σ = 1 on.</param>
    public static double Mass(double variance, long x) =>
        Math.Exp(-(double)x * x / (2 * variance)) / Sum(variance, _ => 1);

    /// <summary>E[Z²].</summary>
    public static double Variance(double variance) => Sum(variance, x => x * x) / Sum(variance, _ => 1);

    private static double Sum(double variance, Func<double, double> value)
    {
        var reach = Math.Ceiling(40 * Math.Sqrt(variance)) + 1;
        var sum = value(0);
        for (var x = 1.0; x <= reach; x++) sum += 2 * value(x) * Math.Exp(-x * x / (2 * variance));
        return sum;
    }
}

/// <summary>
/// Shares of discrete Laplace noise: the sum over n parties of Polya(1/n, p) − Polya(1/n, p), p = e^{−1/t}, is exactly
/// discrete Laplace(t).
/// </summary>
/// <remarks>With h honest parties that do not drop out, shares are made for n = h.</remarks>
public static class PolyaShareLaw
{
    /// <summary>Pr[x] = Γ(x+r)/(x! Γ(r)) p^x (1−p)^r, r = 1/n.</summary>
    public static double Mass(int parties, double scale, int x)
    {
        var r = 1.0 / parties;
        return Math.Exp(
            SpecialFunctions.GammaLn(x + r) - SpecialFunctions.FactorialLn(x) - SpecialFunctions.GammaLn(r)
            - x / scale + r * LogSpace.Log1MExp(-1 / scale));
    }

    /// <summary>r p/(1−p).</summary>
    public static double Mean(int parties, double scale) => 1 / (parties * LogSpace.ExpM1(1 / scale));

    /// <summary>Variance of one share, a difference of two: 2 r p/(1−p)².</summary>
    public static double ShareVariance(int parties, double scale) => DiscreteLaplaceLaw.Variance(scale) / parties;
}
