using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>Activations and their derivatives, on padded buffers (lengths are multiples of eight).</summary>
internal static class Elementwise
{
    /// <summary>values ← f(values).</summary>
    public static void Activate(Activation activation, Span<float> values)
    {
        if (activation == Activation.Relu) Relu(values);
        else Tanh(values);
    }

    /// <summary>errors ← errors ⊙ f′, f′ expressed by the activations.</summary>
    public static void Deactivate(Activation activation, ReadOnlySpan<float> activations, Span<float> errors)
    {
        if (activation == Activation.Relu) ReluErrors(activations, errors);
        else TanhErrors(activations, errors);
    }

    /// <summary>target ← target + the sum of the rows, shape [width].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRows(Span<float> target, ReadOnlySpan<float> matrix, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(matrix.Length, rows * target.Length);
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var m = ref MemoryMarshal.GetReference(matrix);
        nuint width = (nuint)target.Length;
        for (nuint j = 0; j < width; j += 8)
        {
            var sum = Vector256.LoadUnsafe(ref t, j);
            for (nuint r = 0; r < (nuint)rows; r++) sum += Vector256.LoadUnsafe(ref m, r * width + j);
            sum.StoreUnsafe(ref t, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Relu(Span<float> values)
    {
        ref var v = ref MemoryMarshal.GetReference(values);
        for (nuint i = 0; i < (nuint)values.Length; i += 8)
        {
            // Not a maximum: NaN must pass, so that an exploding fit is seen.
            var x = Vector256.LoadUnsafe(ref v, i);
            Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.Zero, x)
                .StoreUnsafe(ref v, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReluErrors(ReadOnlySpan<float> activations, Span<float> errors)
    {
        ref var a = ref MemoryMarshal.GetReference(activations);
        ref var e = ref MemoryMarshal.GetReference(errors);
        for (nuint i = 0; i < (nuint)errors.Length; i += 8)
        {
            var open = Vector256.GreaterThan(Vector256.LoadUnsafe(ref a, i), Vector256<float>.Zero);
            Vector256.ConditionalSelect(open, Vector256.LoadUnsafe(ref e, i), Vector256<float>.Zero)
                .StoreUnsafe(ref e, i);
        }
    }

    /// <remarks>tanh |z| = (1 − q)/(1 + q), q = e^−2|z|; near zero, where that cancels, its series z − z³/3 +
    /// ….</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tanh(Span<float> values)
    {
        ref var v = ref MemoryMarshal.GetReference(values);
        var one = Vector256<float>.One;
        for (nuint i = 0; i < (nuint)values.Length; i += 8)
        {
            var x = Vector256.LoadUnsafe(ref v, i);
            var magnitude = Vector256.Abs(x);
            var q = FloatMath.Exp(magnitude * Vector256.Create(-2f));
            var large = (one - q) / (one + q);
            large = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), -large, large);
            var square = x * x;
            var p = Vector256.Create(62f / 2835);
            p = Vector256.FusedMultiplyAdd(p, square, Vector256.Create(-17f / 315));
            p = Vector256.FusedMultiplyAdd(p, square, Vector256.Create(2f / 15));
            p = Vector256.FusedMultiplyAdd(p, square, Vector256.Create(-1f / 3));
            var small = Vector256.FusedMultiplyAdd(p * square, x, x);
            Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(0.25f)), small, large)
                .StoreUnsafe(ref v, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TanhErrors(ReadOnlySpan<float> activations, Span<float> errors)
    {
        ref var a = ref MemoryMarshal.GetReference(activations);
        ref var e = ref MemoryMarshal.GetReference(errors);
        for (nuint i = 0; i < (nuint)errors.Length; i += 8)
        {
            var y = Vector256.LoadUnsafe(ref a, i);
            (Vector256.LoadUnsafe(ref e, i) * Vector256.FusedMultiplyAdd(-y, y, Vector256<float>.One))
                .StoreUnsafe(ref e, i);
        }
    }
}
