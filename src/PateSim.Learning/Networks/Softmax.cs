using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>Softmax and its cross-entropy on rows of padded logits.</summary>
/// <remarks>ℓ = ln Σ e^zₖ − Σ tₖ zₖ; ∂ℓ/∂zₖ = pₖ − tₖ for targets t that sum to 1, hard or soft; a
/// weight multiplies both.</remarks>
internal static class Softmax
{
    /// <summary>Writes scale · (w p − t) for each row, t the targets times the weight w, and the losses, in nats.
    /// </summary>
    /// <param name="logits">Shape [rows, padded], padding ignored.</param>
    /// <param name="targets">Shape [rows, padded], zeros in the padding; each row sums to its weight.</param>
    /// <param name="weights">Shape [rows]; empty for 1 each.</param>
    /// <param name="errors">Shape [rows, padded], overwritten, zeros in the padding.</param>
    /// <param name="losses">Shape [rows], overwritten: w ln Σ e^zₖ − Σ tₖ zₖ.</param>
    public static void LossAndErrors(
        int rows, int classes, ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights,
        float scale, Span<float> errors, Span<double> losses)
    {
        var width = FloatMath.Pad(classes);
        for (var row = 0; row < rows; row++)
        {
            losses[row] = Row(
                classes, logits.Slice(row * width, width), targets.Slice(row * width, width),
                weights.IsEmpty ? 1 : weights[row], scale, errors.Slice(row * width, width));
        }
    }

    /// <summary>Writes the class probabilities of rows of logits.</summary>
    /// <param name="logits">Shape [rows, padded]; overwritten.</param>
    /// <param name="probabilities">Shape [rows, classes], row-major without padding.</param>
    public static void Probabilities(int rows, int classes, Span<float> logits, Span<float> probabilities)
    {
        var width = FloatMath.Pad(classes);
        for (var row = 0; row < rows; row++)
        {
            var values = logits.Slice(row * width, width);
            Exponentials(classes, values, values, out var sum);
            for (var k = 0; k < classes; k++) probabilities[row * classes + k] = values[k] / sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Row(
        int classes, ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, float weight, float scale,
        Span<float> errors)
    {
        var max = Exponentials(classes, logits, errors, out var sum);
        ref var z = ref MemoryMarshal.GetReference(logits);
        ref var t = ref MemoryMarshal.GetReference(targets);
        ref var e = ref MemoryMarshal.GetReference(errors);
        var factor = Vector256.Create(scale * weight / sum);
        var minus = Vector256.Create(-scale);
        var agreement = Vector256<float>.Zero;
        for (nuint k = 0; k < (nuint)errors.Length; k += 8)
        {
            var target = Vector256.LoadUnsafe(ref t, k);
            agreement = Vector256.FusedMultiplyAdd(
                target, Vector256.LoadUnsafe(ref z, k) - Vector256.Create(max), agreement);
            Vector256.FusedMultiplyAdd(minus, target, Vector256.LoadUnsafe(ref e, k) * factor).StoreUnsafe(ref e, k);
        }
        return weight * FloatMath.Log(sum) - FloatMath.SumLanes(agreement);
    }

    /// <summary>exp(z − max) in the lanes of classes, 0 in the padding; their sum; returns max.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Exponentials(int classes, ReadOnlySpan<float> logits, Span<float> result, out float sum)
    {
        ref var z = ref MemoryMarshal.GetReference(logits);
        ref var r = ref MemoryMarshal.GetReference(result);
        var max = float.NegativeInfinity;
        for (var k = 0; k < classes; k++)
        {
            // NaN must pass: a comparison that NaN fails keeps it.
            var value = Unsafe.Add(ref z, k);
            if (!(value <= max)) max = value;
        }
        var total = Vector256<float>.Zero;
        var lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
        for (nuint k = 0; k < (nuint)logits.Length; k += 8)
        {
            var real = Vector256.LessThan(lanes + Vector256.Create((int)k), Vector256.Create(classes)).AsSingle();
            var value = FloatMath.Exp(Vector256.LoadUnsafe(ref z, k) - Vector256.Create(max));
            value = Vector256.ConditionalSelect(real, value, Vector256<float>.Zero);
            value.StoreUnsafe(ref r, k);
            total += value;
        }
        sum = FloatMath.SumLanes(total);
        return max;
    }
}
