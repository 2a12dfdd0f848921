using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PateSim.Learning.Numerics;

/// <summary>Elementary functions and lane sums whose bits do not depend on the machine, the runtime or its
/// libraries.</summary>
/// <remarks>
/// Everything here is built from IEEE 754 addition, multiplication, division, fused multiply-add and rounding to the
/// nearest whole number, each of which has one permitted result. The run-time's own exp and log come from the
/// platform's
/// C library and differ between systems in the last bit.
/// </remarks>
internal static class FloatMath
{
    /// <summary>The number of lanes on which all reductions are laid out, whatever the machine's vector
    /// width.</summary>
    public const int Lanes = 8;

    /// <summary>Rounds up to a whole number of vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Pad(int length) => (length + Lanes - 1) & ~(Lanes - 1);

    /// <summary>e to the x, relative error below 2·10⁻⁷ on [−87.3, 88.3]; x is clamped to that range, NaN stays
    /// NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        var low = Vector256.Create(-87.33654f);
        var high = Vector256.Create(88.37626f);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, low), low, x);
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, high), high, x);
        var n = Vector256.Round(x * Vector256.Create(1.44269504088896341f));
        // ln 2 in two parts: the first has few bits, so that n times it is exact.
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        // Minimax polynomial for (e^r − 1 − r)/r² on |r| ≤ ln 2 / 2 (Moshier, Cephes, expf).
        var p = Vector256.Create(1.9875691500e-4f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.3981999507e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(8.3334519073e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.1665795894e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.6666665459e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(5.0000001201e-1f));
        p = Vector256.FusedMultiplyAdd(p, r * r, r) + Vector256<float>.One;
        var scale = Vector256.ShiftLeft(Vector256.ConvertToInt32(n) + Vector256.Create(127), 23).AsSingle();
        return p * scale;
    }

    /// <summary>ln(1 + t) for t in [0, 1], relative error below 3·10⁻⁷.</summary>
    /// <remarks>ln(1 + t) = 2 artanh(s), s = t/(2 + t) ≤ 1/3, by its series to s¹⁷.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogOnePlus(Vector256<float> t)
    {
        var s = t / (t + Vector256.Create(2f));
        var q = s * s;
        var p = Vector256.Create(2f / 17);
        p = Vector256.FusedMultiplyAdd(p, q, Vector256.Create(2f / 15));
        p = Vector256.FusedMultiplyAdd(p, q, Vector256.Create(2f / 13));
        p = Vector256.FusedMultiplyAdd(p, q, Vector256.Create(2f / 11));
        p = Vector256.FusedMultiplyAdd(p, q, Vector256.Create(2f / 9));
        p = Vector256.FusedMultiplyAdd(p, q, Vector256.Create(2f / 7));
        p = Vector256.FusedMultiplyAdd(p, q, Vector256.Create(2f / 5));
        p = Vector256.FusedMultiplyAdd(p, q, Vector256.Create(2f / 3));
        p = Vector256.FusedMultiplyAdd(p, q, Vector256.Create(2f));
        return p * s;
    }

    /// <summary>e to the x for one number; the same bits as a lane of the vector function.</summary>
    public static float Exp(float x) => Exp(Vector256.Create(x)).ToScalar();

    /// <summary>Natural logarithm of a positive normal number, relative error below 10⁻¹³ away from 1.</summary>
    /// <remarks>x = m·2ᵏ with m in [1/√2, √2); ln m = 2 artanh((m − 1)/(m + 1)) by its series to s²¹.</remarks>
    public static double Log(double x)
    {
        if (!(x > 0) || !double.IsFinite(x)) return x == 0 ? double.NegativeInfinity : double.NaN;
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }
        var s = (mantissa - 1) / (mantissa + 1);
        var q = s * s;
        var p = 0.0;
        for (var k = 21; k >= 1; k -= 2) p = p * q + 1.0 / k;
        return 2 * s * p + exponent * 0.69314718055994530942;
    }

    /// <summary>The sum of the eight lanes in the fixed order ((0+4)+(2+6)) + ((1+5)+(3+7)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumLanes(Vector256<float> v)
    {
        var h = v.GetLower() + v.GetUpper();
        h += Vector128.Shuffle(h, Vector128.Create(2, 3, 0, 1));
        return h.GetElement(0) + h.GetElement(1);
    }

    /// <summary>The largest of the eight lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLanes(Vector256<float> v)
    {
        var h = Vector128.Max(v.GetLower(), v.GetUpper());
        h = Vector128.Max(h, Vector128.Shuffle(h, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(h.GetElement(0), h.GetElement(1));
    }

    /// <summary>Lane r of the result is the sum of the lanes of the r-th argument, bit for bit as for one
    /// vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SumLanes(
        Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3,
        Vector256<float> a4, Vector256<float> a5, Vector256<float> a6, Vector256<float> a7)
    {
        if (!Avx.IsSupported)
        {
            return Vector256.Create(
                SumLanes(a0), SumLanes(a1), SumLanes(a2), SumLanes(a3),
                SumLanes(a4), SumLanes(a5), SumLanes(a6), SumLanes(a7));
        }
        // The same tree as for one vector, on eight at once: lanes i and i+4, then i and i+2, then 0 and 1.
        var h04 = Avx.Permute2x128(a0, a4, 0x20) + Avx.Permute2x128(a0, a4, 0x31);
        var h15 = Avx.Permute2x128(a1, a5, 0x20) + Avx.Permute2x128(a1, a5, 0x31);
        var h26 = Avx.Permute2x128(a2, a6, 0x20) + Avx.Permute2x128(a2, a6, 0x31);
        var h37 = Avx.Permute2x128(a3, a7, 0x20) + Avx.Permute2x128(a3, a7, 0x31);
        var r01 = Avx.UnpackLow(h04, h15) + Avx.UnpackHigh(h04, h15);
        var r23 = Avx.UnpackLow(h26, h37) + Avx.UnpackHigh(h26, h37);
        return Avx.Shuffle(r01, r23, 0x44) + Avx.Shuffle(r01, r23, 0xEE);
    }
}
