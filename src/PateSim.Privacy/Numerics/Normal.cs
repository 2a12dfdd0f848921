using MathNet.Numerics;

namespace PateSim.Privacy.Numerics;

/// <summary>Tails of the normal law in log space: usable far beyond where the probabilities underflow.</summary>
public static class Normal
{
    private const double Sqrt2 = 1.4142135623730951;

    // ln √π.
    private const double HalfLnPi = 0.572364942924700087071713675677;

    /// <summary>ln erfc(x), x any finite number.</summary>
    /// <returns>Relative error about 10⁻¹⁴; beyond x = 20 the asymptotic series, whose terms there fall below 10⁻¹⁷.
    /// </returns>
    public static double LogErfc(double x)
    {
        if (x < 20) return Math.Log(SpecialFunctions.Erfc(x));
        // erfc(x) = e^(−x²)/(x√π) · (1 − 1/(2x²) + 1·3/(2x²)² − …)
        var (term, sum) = (1.0, 1.0);
        var square = 2 * x * x;
        for (var k = 1; k <= 10; k++)
        {
            term *= -(2 * k - 1) / square;
            sum += term;
        }
        return -x * x - Math.Log(x) - HalfLnPi + Math.Log(sum);
    }

    /// <summary>x with ln erfc(x) = y, for y &lt; ln 2.</summary>
    /// <remarks>ln erfc is concave and falls, so Newton's steps come to the root from the right and stay
    /// there.</remarks>
    public static double InverseLogErfc(double y)
    {
        if (!(y < LogSpace.Ln2)) throw new ArgumentOutOfRangeException(nameof(y), y, "erfc lies below 2.");
        var x = y < 0 ? Math.Sqrt(-y) : 0;
        for (var i = 0; i < 200; i++)
        {
            var value = LogErfc(x);
            var slope = -2 * Math.Exp(-x * x - value - HalfLnPi);
            var step = (value - y) / slope;
            x -= step;
            if (Math.Abs(step) <= 1e-15 * Math.Abs(x)) break;
        }
        return x;
    }

    /// <summary>ln Pr[Z &gt; z] of a standard normal Z.</summary>
    public static double LogSurvival(double z) => z > -1
        ? LogErfc(z / Sqrt2) - LogSpace.Ln2
        : LogSpace.Log1P(-0.5 * SpecialFunctions.Erfc(-z / Sqrt2));

    /// <summary>ln Pr[Z ≤ z] of a standard normal Z.</summary>
    public static double LogCdf(double z) => LogSurvival(-z);
}
