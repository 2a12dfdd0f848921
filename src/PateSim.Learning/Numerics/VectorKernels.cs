using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PateSim.Learning.Numerics;

/// <summary>Operations on single-precision vectors of any length, in one fixed order of additions.</summary>
internal static class VectorKernels
{
    /// <summary>Σ aᵢ bᵢ: four accumulators of eight lanes, the remainder by single fused steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, a.Length);
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        nuint i = 0, length = (nuint)a.Length;
        for (; i + 32 <= length; i += 32)
        {
            s0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), s0);
            s1 = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref x, i + 8), Vector256.LoadUnsafe(ref y, i + 8), s1);
            s2 = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref x, i + 16), Vector256.LoadUnsafe(ref y, i + 16), s2);
            s3 = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref x, i + 24), Vector256.LoadUnsafe(ref y, i + 24), s3);
        }
        for (; i + 8 <= length; i += 8)
            s0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), s0);
        var sum = FloatMath.SumLanes((s0 + s1) + (s2 + s3));
        for (; i < length; i++) sum = MathF.FusedMultiplyAdd(Unsafe.Add(ref x, i), Unsafe.Add(ref y, i), sum);
        return sum;
    }

    /// <summary>target ← target + scale · source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(Span<float> target, float scale, ReadOnlySpan<float> source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(source.Length, target.Length);
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var s = ref MemoryMarshal.GetReference(source);
        var factor = Vector256.Create(scale);
        nuint i = 0, length = (nuint)target.Length;
        for (; i + 8 <= length; i += 8)
        {
            Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref s, i), Vector256.LoadUnsafe(ref t, i))
                .StoreUnsafe(ref t, i);
        }
        for (; i < length; i++)
            Unsafe.Add(ref t, i) = MathF.FusedMultiplyAdd(scale, Unsafe.Add(ref s, i), Unsafe.Add(ref t, i));
    }

    /// <summary>result ← a + scale · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(Span<float> result, ReadOnlySpan<float> a, float scale, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, result.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, result.Length);
        ref var r = ref MemoryMarshal.GetReference(result);
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        var factor = Vector256.Create(scale);
        nuint i = 0, length = (nuint)result.Length;
        for (; i + 8 <= length; i += 8)
        {
            Vector256.FusedMultiplyAdd(factor, Vector256.LoadUnsafe(ref y, i), Vector256.LoadUnsafe(ref x, i))
                .StoreUnsafe(ref r, i);
        }
        for (; i < length; i++)
            Unsafe.Add(ref r, i) = MathF.FusedMultiplyAdd(scale, Unsafe.Add(ref y, i), Unsafe.Add(ref x, i));
    }

    /// <summary>target ← target ⊙ factors, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Span<float> target, ReadOnlySpan<float> factors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factors.Length, target.Length);
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var f = ref MemoryMarshal.GetReference(factors);
        nuint i = 0, length = (nuint)target.Length;
        for (; i + 8 <= length; i += 8)
            (Vector256.LoadUnsafe(ref t, i) * Vector256.LoadUnsafe(ref f, i)).StoreUnsafe(ref t, i);
        for (; i < length; i++) Unsafe.Add(ref t, i) *= Unsafe.Add(ref f, i);
    }

    /// <summary>target ← scale · target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(Span<float> target, float scale)
    {
        ref var t = ref MemoryMarshal.GetReference(target);
        var factor = Vector256.Create(scale);
        nuint i = 0, length = (nuint)target.Length;
        for (; i + 8 <= length; i += 8) (Vector256.LoadUnsafe(ref t, i) * factor).StoreUnsafe(ref t, i);
        for (; i < length; i++) Unsafe.Add(ref t, i) *= scale;
    }

    /// <summary>Σ aᵢ: eight lanes, the remainder one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(ReadOnlySpan<float> a)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        Vector256<float> lanes = default;
        nuint i = 0, length = (nuint)a.Length;
        for (; i + 8 <= length; i += 8) lanes += Vector256.LoadUnsafe(ref x, i);
        var sum = FloatMath.SumLanes(lanes);
        for (; i < length; i++) sum += Unsafe.Add(ref x, i);
        return sum;
    }

    /// <summary>target ← target + a ⊙ b, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(Span<float> target, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, target.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, target.Length);
        ref var t = ref MemoryMarshal.GetReference(target);
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        nuint i = 0, length = (nuint)target.Length;
        for (; i + 8 <= length; i += 8)
        {
            Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref x, i), Vector256.LoadUnsafe(ref y, i), Vector256.LoadUnsafe(ref t, i))
                .StoreUnsafe(ref t, i);
        }
        for (; i < length; i++)
        {
            Unsafe.Add(ref t, i) = MathF.FusedMultiplyAdd(
                Unsafe.Add(ref x, i), Unsafe.Add(ref y, i), Unsafe.Add(ref t, i));
        }
    }

    /// <summary>max |aᵢ|; NaN when an element is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float MaxMagnitude(ReadOnlySpan<float> a)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        Vector256<float> max = default;
        nuint i = 0, length = (nuint)a.Length;
        for (; i + 8 <= length; i += 8) max = Vector256.Max(max, Vector256.Abs(Vector256.LoadUnsafe(ref x, i)));
        var result = FloatMath.MaxLanes(max);
        for (; i < length; i++) result = Math.Max(result, Math.Abs(Unsafe.Add(ref x, i)));
        return result;
    }
}
