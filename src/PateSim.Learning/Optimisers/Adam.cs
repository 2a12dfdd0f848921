using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Optimisers;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) on a padded parameter vector, in place; with decoupled decay δ of the
/// weights, w ← (1 − ηδ) w before each step, AdamW (Loshchilov and Hutter 2019).</summary>
internal sealed class Adam : IStepper
{
    private const double FirstDecay = 0.9, SecondDecay = 0.999;
    private const float Epsilon = 1e-8f;

    private readonly float[] _first, _second;
    private readonly double _decay;
    private double _firstPower = 1, _secondPower = 1;
    private float _rate, _rootScale, _shrink;

    /// <param name="dimension">Length of the parameter vector, a multiple of eight.</param>
    /// <param name="decay">δ ≥ 0.</param>
    public Adam(int dimension, double decay = 0)
    {
        _decay = decay;
        ArgumentOutOfRangeException.ThrowIfNotEqual(dimension % Vector256<float>.Count, 0);
        (_first, _second) = (new float[dimension], new float[dimension]);
    }

    public void Begin(double learningRate)
    {
        _firstPower *= FirstDecay;
        _secondPower *= SecondDecay;
        // rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
        _rate = (float)(learningRate / (1 - _firstPower));
        _rootScale = (float)(1 / Math.Sqrt(1 - _secondPower));
        _shrink = (float)(1 - learningRate * _decay);
    }

    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, int first, bool isWeight)
    {
        if (isWeight && _decay > 0) VectorKernels.Scale(parameters, _shrink);
        Update(
            parameters, gradient, _first.AsSpan(first, parameters.Length), _second.AsSpan(first, parameters.Length),
            _rate, _rootScale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update(
        Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate,
        float rootScale)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, first.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, first.Length);
        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        ref var m = ref MemoryMarshal.GetReference(first);
        ref var v = ref MemoryMarshal.GetReference(second);
        for (nuint i = 0; i < (nuint)first.Length; i += 8)
        {
            var slope = Vector256.LoadUnsafe(ref g, i);
            var mean = Vector256.LoadUnsafe(ref m, i);
            var square = Vector256.LoadUnsafe(ref v, i);
            mean = Vector256.FusedMultiplyAdd(Vector256.Create((float)(1 - FirstDecay)), slope - mean, mean);
            square = Vector256.FusedMultiplyAdd(
                Vector256.Create((float)(1 - SecondDecay)), slope * slope - square, square);
            mean.StoreUnsafe(ref m, i);
            square.StoreUnsafe(ref v, i);
            var root = Vector256.FusedMultiplyAdd(
                Vector256.Sqrt(square), Vector256.Create(rootScale), Vector256.Create(Epsilon));
            (Vector256.LoadUnsafe(ref p, i) - Vector256.Create(rate) * mean / root).StoreUnsafe(ref p, i);
        }
    }
}
