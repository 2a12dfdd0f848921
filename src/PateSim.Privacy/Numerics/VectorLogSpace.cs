using System.Runtime.Intrinsics;

namespace PateSim.Privacy.Numerics;

/// <summary>The functions of <see cref="LogSpace"/> on eight numbers at once.</summary>
/// <remarks>Each lane is computed by itself, with the same operations whether the processor works on eight, four or two
/// lanes at a time: a number's result depends neither on its place nor on its neighbours.</remarks>
internal static class VectorLogSpace
{
    /// <summary>ln(1+x) for finite x &gt; −1, to a few units in the last place also for tiny x (Kahan's device).
    /// </summary>
    public static Vector512<double> Log1P(Vector512<double> x)
    {
        var u = Vector512<double>.One + x;
        var difference = u - Vector512<double>.One;
        return Vector512.ConditionalSelect(
            Vector512.Equals(difference, Vector512<double>.Zero), x, Vector512.Log(u) * (x / difference));
    }

    /// <summary>ln(eᵃ+eᵇ) for finite a and b. Where the larger is near 0 its own digits are kept, and with them those
    /// of a small result.</summary>
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b)
    {
        var high = Vector512.Max(a, b);
        return high + Log1P(Vector512.Exp(Vector512.Min(a, b) - high));
    }
}
