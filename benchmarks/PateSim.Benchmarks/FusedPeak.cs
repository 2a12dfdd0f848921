using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PateSim.Benchmarks;

/// <summary>The most that one core gives: twelve chains of fused multiply-adds in registers, each from a start of its own,
/// so that the compiler cannot merge them.</summary>
internal static class FusedPeak
{
    private const int Rounds = 100_000;

    /// <summary>Floating-point operations of a run.</summary>
    public const double Operations = 2.0 * Rounds * 12 * 8;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run()
    {
        var s = new float[96];
        for (var i = 0; i < s.Length; i++) s[i] = 1 + i / 128f;
        var (x, y) = (Vector256.Create(s[1] - 0.01f), Vector256.Create(1e-3f));
        var (s0, s1, s2, s3) = (At(s, 0), At(s, 8), At(s, 16), At(s, 24));
        var (s4, s5, s6, s7) = (At(s, 32), At(s, 40), At(s, 48), At(s, 56));
        var (s8, s9, sa, sb) = (At(s, 64), At(s, 72), At(s, 80), At(s, 88));
        for (var i = 0; i < Rounds; i++)
        {
            s0 = Vector256.FusedMultiplyAdd(s0, x, y);
            s1 = Vector256.FusedMultiplyAdd(s1, x, y);
            s2 = Vector256.FusedMultiplyAdd(s2, x, y);
            s3 = Vector256.FusedMultiplyAdd(s3, x, y);
            s4 = Vector256.FusedMultiplyAdd(s4, x, y);
            s5 = Vector256.FusedMultiplyAdd(s5, x, y);
            s6 = Vector256.FusedMultiplyAdd(s6, x, y);
            s7 = Vector256.FusedMultiplyAdd(s7, x, y);
            s8 = Vector256.FusedMultiplyAdd(s8, x, y);
            s9 = Vector256.FusedMultiplyAdd(s9, x, y);
            sa = Vector256.FusedMultiplyAdd(sa, x, y);
            sb = Vector256.FusedMultiplyAdd(sb, x, y);
        }
        GC.KeepAlive((s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + sa + sb).ToString());
    }

    private static Vector256<float> At(float[] values, int index) => Vector256.LoadUnsafe(ref values[index]);
}
