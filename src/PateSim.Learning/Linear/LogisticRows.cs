using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Linear;

/// <summary>
/// The inner loop of two-class regression: for eight rows at a time, margins, losses, errors and the gradient, with the
/// rows read twice while they are in the first-level cache.
/// </summary>
internal static class LogisticRows
{
    /// <summary>Adds the loss and the gradient of some groups of eight rows.</summary>
    /// <param name="groups">Number of groups.</param>
    /// <param name="rows">First value of the first row.</param>
    /// <param name="stride">Distance between rows.</param>
    /// <param name="whole">Features that fill whole vectors; a multiple of eight.</param>
    /// <param name="tails">Shape [groups, 8 rows, 8]: the remaining features, 1 for the intercept, zeros.</param>
    /// <param name="targets">Shape [groups, 8]: probability of the second class.</param>
    /// <param name="masks">Shape [groups, 8]: 1 or its weight for a record, 0 for padding.</param>
    /// <param name="weights">Shape [whole + 8]: weights, intercept, padding.</param>
    /// <param name="gradient">Shape [whole + 8], added to.</param>
    /// <returns>The sum of the losses, in nats.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Accumulate(
        int groups, ref float rows, int stride, int whole, ReadOnlySpan<float> tails,
        ReadOnlySpan<float> targets, ReadOnlySpan<float> masks, ReadOnlySpan<float> weights, Span<float> gradient)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var g = ref MemoryMarshal.GetReference(gradient);
        ref var x = ref rows;
        ref var tail = ref MemoryMarshal.GetReference(tails);
        var one = Vector256<float>.One;
        Vector256<double> lossLow = default, lossHigh = default;
        for (var group = 0; group < groups; group++)
        {
            ref var x1 = ref Unsafe.Add(ref x, stride);
            ref var x2 = ref Unsafe.Add(ref x, 2 * (nint)stride);
            ref var x3 = ref Unsafe.Add(ref x, 3 * (nint)stride);
            ref var x4 = ref Unsafe.Add(ref x, 4 * (nint)stride);
            ref var x5 = ref Unsafe.Add(ref x, 5 * (nint)stride);
            ref var x6 = ref Unsafe.Add(ref x, 6 * (nint)stride);
            ref var x7 = ref Unsafe.Add(ref x, 7 * (nint)stride);

            var v = Vector256.LoadUnsafe(ref w, (nuint)whole);
            var z0 = v * Vector256.LoadUnsafe(ref tail);
            var z1 = v * Vector256.LoadUnsafe(ref tail, 8);
            var z2 = v * Vector256.LoadUnsafe(ref tail, 16);
            var z3 = v * Vector256.LoadUnsafe(ref tail, 24);
            var z4 = v * Vector256.LoadUnsafe(ref tail, 32);
            var z5 = v * Vector256.LoadUnsafe(ref tail, 40);
            var z6 = v * Vector256.LoadUnsafe(ref tail, 48);
            var z7 = v * Vector256.LoadUnsafe(ref tail, 56);
            for (nuint j = 0; j < (nuint)whole; j += 8)
            {
                v = Vector256.LoadUnsafe(ref w, j);
                z0 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref x, j), z0);
                z1 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref x1, j), z1);
                z2 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref x2, j), z2);
                z3 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref x3, j), z3);
                z4 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref x4, j), z4);
                z5 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref x5, j), z5);
                z6 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref x6, j), z6);
                z7 = Vector256.FusedMultiplyAdd(v, Vector256.LoadUnsafe(ref x7, j), z7);
            }
            var z = FloatMath.SumLanes(z0, z1, z2, z3, z4, z5, z6, z7);

            // loss = ln(1 + eᶻ) − t z = max(z, 0) + ln(1 + e^−|z|) − t z; error = p − t.
            var target = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(targets), (nuint)(group * 8));
            var mask = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(masks), (nuint)(group * 8));
            var t = FloatMath.Exp(-Vector256.Abs(z));
            var positive = Vector256.GreaterThan(z, Vector256<float>.Zero);
            var loss = FloatMath.LogOnePlus(t)
                + Vector256.ConditionalSelect(positive, z, Vector256<float>.Zero) - target * z;
            var p = Vector256.ConditionalSelect(positive, one, t) / (one + t);
            var error = (p - target) * mask;
            loss *= mask;
            lossLow += Vector256.WidenLower(loss);
            lossHigh += Vector256.WidenUpper(loss);

            var e0 = Vector256.Create(error.GetElement(0));
            var e1 = Vector256.Create(error.GetElement(1));
            var e2 = Vector256.Create(error.GetElement(2));
            var e3 = Vector256.Create(error.GetElement(3));
            var e4 = Vector256.Create(error.GetElement(4));
            var e5 = Vector256.Create(error.GetElement(5));
            var e6 = Vector256.Create(error.GetElement(6));
            var e7 = Vector256.Create(error.GetElement(7));
            for (nuint j = 0; j < (nuint)whole; j += 8)
            {
                // Two short chains instead of one long one; their order is part of the definition.
                var a = Vector256.FusedMultiplyAdd(
                    e0, Vector256.LoadUnsafe(ref x, j), Vector256.LoadUnsafe(ref g, j));
                var b = e1 * Vector256.LoadUnsafe(ref x1, j);
                a = Vector256.FusedMultiplyAdd(e2, Vector256.LoadUnsafe(ref x2, j), a);
                b = Vector256.FusedMultiplyAdd(e3, Vector256.LoadUnsafe(ref x3, j), b);
                a = Vector256.FusedMultiplyAdd(e4, Vector256.LoadUnsafe(ref x4, j), a);
                b = Vector256.FusedMultiplyAdd(e5, Vector256.LoadUnsafe(ref x5, j), b);
                a = Vector256.FusedMultiplyAdd(e6, Vector256.LoadUnsafe(ref x6, j), a);
                b = Vector256.FusedMultiplyAdd(e7, Vector256.LoadUnsafe(ref x7, j), b);
                (a + b).StoreUnsafe(ref g, j);
            }
            var c = Vector256.FusedMultiplyAdd(
                e0, Vector256.LoadUnsafe(ref tail), Vector256.LoadUnsafe(ref g, (nuint)whole));
            var d = e1 * Vector256.LoadUnsafe(ref tail, 8);
            c = Vector256.FusedMultiplyAdd(e2, Vector256.LoadUnsafe(ref tail, 16), c);
            d = Vector256.FusedMultiplyAdd(e3, Vector256.LoadUnsafe(ref tail, 24), d);
            c = Vector256.FusedMultiplyAdd(e4, Vector256.LoadUnsafe(ref tail, 32), c);
            d = Vector256.FusedMultiplyAdd(e5, Vector256.LoadUnsafe(ref tail, 40), d);
            c = Vector256.FusedMultiplyAdd(e6, Vector256.LoadUnsafe(ref tail, 48), c);
            d = Vector256.FusedMultiplyAdd(e7, Vector256.LoadUnsafe(ref tail, 56), d);
            (c + d).StoreUnsafe(ref g, (nuint)whole);

            x = ref Unsafe.Add(ref x, 8 * (nint)stride);
            tail = ref Unsafe.Add(ref tail, 64);
        }
        var sum = lossLow + lossHigh;
        return (sum.GetElement(0) + sum.GetElement(2)) + (sum.GetElement(1) + sum.GetElement(3));
    }
}
