using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using PateSim.Learning.Numerics;

namespace PateSim.Benchmarks;

/// <summary>
/// The matrix product beside the most that one core gives: independent fused multiply-adds in registers. Floating-point
/// operations are 2·rows·depth·columns; divide by the time and by that of <see cref="Peak"/>.
/// </summary>
public class MatrixProductBenchmarks
{
    /// <summary>Operations of one call of <see cref="Peak"/>: 1,000,000 rounds of 12 vectors of 8 lanes.</summary>
    public const double PeakOperations = 2.0 * 1_000_000 * 12 * 8;

    private readonly float _factor = 0.999f;
    private float[] _a = [], _b = [], _c = [];

    /// <summary>Rows × depth × columns.</summary>
    [Params("32x104x64", "128x104x64", "128x784x200", "32x64x32", "512x512x512")]
    public string Shape { get; set; } = "";

    private int Rows { get; set; }

    private int Depth { get; set; }

    private int Panels { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var sizes = Shape.Split('x').Select(int.Parse).ToArray();
        (Rows, Depth, Panels) = (sizes[0], sizes[1], sizes[2] / 8);
        _a = Enumerable.Range(0, Rows * Depth).Select(i => (i % 13 - 6) / 7f).ToArray();
        _b = Enumerable.Range(0, Panels * Depth * 8).Select(i => (i % 11 - 5) / 9f).ToArray();
        _c = new float[Rows * Panels * 8];
    }

    [Benchmark]
    public void Product() => MatrixProduct.Accumulate(
        Rows, Depth, Panels, _a, new Strides(Depth, 1), _b, new Strides(8, Depth * 8), _c, new Strides(Panels * 8, 8));

    [Benchmark]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Peak()
    {
        var (x, y) = (Vector256.Create(_factor), Vector256.Create(1e-3f));
        Vector256<float> s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x, s8 = x, s9 = x, sa = x, sb = x;
        for (var i = 0; i < 1_000_000; i++)
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
        return FloatMath.SumLanes(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + sa + sb);
    }
}
