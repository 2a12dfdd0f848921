using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>Activations and their derivatives, on padded buffers (lengths are multiples of eight).</summary>
internal static class Elementwise
{
    /// <summary>√(2/π)</summary>
    internal const float GeluScale = 0.7978845608f;

    internal const float GeluCubic = 0.044715f;

    /// <summary>values ← f(values).</summary>
    public static void Activate(Activation activation, Span<float> values)
    {
        if (activation == Activation.Relu) Relu(values);
        else if (activation == Activation.Gelu) Gelu(values);
        else Tanh(values);
    }

    /// <summary>errors ← errors ⊙ f′, f′ expressed by the activations; for GELU by its inputs.</summary>
    public static void Deactivate(Activation activation, ReadOnlySpan<float> activations, Span<float> errors)
    {
        if (activation == Activation.Relu) ReluErrors(activations, errors);
        else if (activation == Activation.Gelu) GeluErrors(activations, errors);
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Tanh(Vector256<float> x)
    {
        var one = Vector256<float>.One;
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
        return Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(0.25f)), small, large);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tanh(Span<float> values)
    {
        ref var v = ref MemoryMarshal.GetReference(values);
        for (nuint i = 0; i < (nuint)values.Length; i += 8)
            Tanh(Vector256.LoadUnsafe(ref v, i)).StoreUnsafe(ref v, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gelu(Span<float> values)
    {
        ref var v = ref MemoryMarshal.GetReference(values);
        for (nuint i = 0; i < (nuint)values.Length; i += 8)
        {
            var z = Vector256.LoadUnsafe(ref v, i);
            var half = z * Vector256.Create(0.5f);
            Vector256.FusedMultiplyAdd(half, Tanh(GeluArgument(z)), half).StoreUnsafe(ref v, i);
        }
    }

    /// <remarks>f′ = ½(1 + t) + ½ z (1 − t²) u′, t = tanh u.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GeluErrors(ReadOnlySpan<float> inputs, Span<float> errors)
    {
        ref var x = ref MemoryMarshal.GetReference(inputs);
        ref var e = ref MemoryMarshal.GetReference(errors);
        var half = Vector256.Create(0.5f);
        for (nuint i = 0; i < (nuint)errors.Length; i += 8)
        {
            var z = Vector256.LoadUnsafe(ref x, i);
            var t = Tanh(GeluArgument(z));
            var inner = Vector256.FusedMultiplyAdd(
                z * z, Vector256.Create(3 * GeluCubic * GeluScale), Vector256.Create(GeluScale));
            var slope = Vector256.FusedMultiplyAdd(half, t, half);
            slope = Vector256.FusedMultiplyAdd(
                half * z * inner, Vector256.FusedMultiplyAdd(-t, t, Vector256<float>.One), slope);
            (Vector256.LoadUnsafe(ref e, i) * slope).StoreUnsafe(ref e, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> GeluArgument(Vector256<float> z) => Vector256.FusedMultiplyAdd(
        z * z * z, Vector256.Create(GeluCubic * GeluScale), z * Vector256.Create(GeluScale));

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
