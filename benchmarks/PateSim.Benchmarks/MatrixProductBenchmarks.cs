using BenchmarkDotNet.Attributes;
using PateSim.Learning.Numerics;

namespace PateSim.Benchmarks;

/// <summary>
/// The matrix product beside the most that one core gives: independent fused multiply-adds in registers. Floating-point
/// operations are 2·rows·depth·columns, those of the peak <see cref="FusedPeak.Operations"/>.
/// </summary>
public class MatrixProductBenchmarks
{
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

#pragma warning disable CA1822 // BenchmarkDotNet calls instance methods.
    [Benchmark]
    public void Peak() => FusedPeak.Run();
#pragma warning restore CA1822
}
