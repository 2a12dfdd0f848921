using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PateSim.Core.Randomness;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks.Layers;

/// <summary>Each unit (of an image each channel) over the batch: x̂ = (x − mean)/√(variance + ε), y = γ x̂ + β (S. Ioffe,
/// C. Szegedy, ICML 2015). Parameters: γ, β, and the running mean and variance, shape [width] each.</summary>
/// <remarks>
/// <para>Outside training the running statistics stand for those of the batch. Step t moves them by max(0.1, 1/(t + 1)) of
/// the way, the variance with divisor n − 1 (n for a single value): the plain average of the first ten batches, a moving
/// one after.</para>
/// <para>They lie among the parameters, so that they are kept and saved with them; their gradient is zero.</para>
/// </remarks>
/// <param name="width">Units or channels, padded.</param>
/// <param name="positions">Places of an image; 1 for units.</param>
internal sealed class BatchNormalisationLayer(int units, int width, int positions) : Layer
{
    /// <summary>ε</summary>
    public const float Epsilon = 1e-5f;

    private const double LeastPace = 0.1;

    /// <summary>Units or channels without padding.</summary>
    public int Units { get; } = units;

    public int Width { get; } = width;

    public int Positions { get; } = positions;

    public override int InputStride { get; } = width * positions;

    public override int OutputStride => InputStride;

    public override int ParameterCount => 4 * Width;

    public override bool WholeBatch => true;

    public override int BatchPanels => Width / FloatMath.Lanes;

    /// <summary>1/√(variance + ε) of each unit of the last batch, then x̂.</summary>
    public override int ScratchLength(int capacity) => Width + capacity * OutputStride;

    private int Shift => Parameters + Width;

    private int Means => Parameters + 2 * Width;

    private int Variances => Parameters + 3 * Width;

    public override void Initialise(Span<float> parameters, RandomKey key)
    {
        parameters.Slice(Parameters, Units).Fill(1);
        parameters.Slice(Variances, Units).Fill(1);
    }

    public override void Forward(LayerFlow flow, int first, int rows)
    {
        var p = flow.AllParameters;
        var input = flow.Input.Span;
        for (var unit = 0; unit < Width; unit += FloatMath.Lanes)
        {
            var scale = Vector256.LoadUnsafe(ref p[Parameters + unit])
                / Vector256.Sqrt(Vector256.LoadUnsafe(ref p[Variances + unit]) + Vector256.Create(Epsilon));
            var mean = Vector256.LoadUnsafe(ref p[Means + unit]);
            var shift = Vector256.LoadUnsafe(ref p[Shift + unit]);
            var (start, end) = (first * OutputStride + unit, (first + rows) * OutputStride);
            for (var i = start; i < end; i += Width)
            {
                var x = Vector256.Create<float>(input.Slice(i, FloatMath.Lanes));
                Vector256.FusedMultiplyAdd(x - mean, scale, shift).StoreUnsafe(ref flow.Output[i]);
            }
        }
    }

    /// <summary>The gradient outside training: the statistics are constants.</summary>
    public override void Backward(LayerFlow flow, int first, int rows)
    {
        var p = flow.AllParameters;
        var target = flow.InputError.Span;
        for (var unit = 0; unit < Width; unit += FloatMath.Lanes)
        {
            var scale = Vector256.LoadUnsafe(ref p[Parameters + unit])
                / Vector256.Sqrt(Vector256.LoadUnsafe(ref p[Variances + unit]) + Vector256.Create(Epsilon));
            var (start, end) = (first * OutputStride + unit, (first + rows) * OutputStride);
            for (var i = start; i < end; i += Width)
                (scale * Vector256.LoadUnsafe(ref flow.Error[i])).StoreUnsafe(ref target[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ForwardBatch(LayerFlow flow, int rows, int panel)
    {
        var unit = panel * FloatMath.Lanes;
        var (count, width, p) = (rows * Positions, (nuint)Width, flow.AllParameters);
        ref var x = ref Unsafe.Add(ref MemoryMarshal.GetReference(flow.Input.Span), unit);
        ref var normal = ref flow.Scratch[Width + unit];
        ref var y = ref flow.Output[unit];
        var n = Vector256.Create((float)count);
        var sum = Vector256<float>.Zero;
        for (nuint i = 0; i < (nuint)count; i++) sum += Vector256.LoadUnsafe(ref x, i * width);
        var mean = sum / n;
        var squares = Vector256<float>.Zero;
        for (nuint i = 0; i < (nuint)count; i++)
        {
            var difference = Vector256.LoadUnsafe(ref x, i * width) - mean;
            squares = Vector256.FusedMultiplyAdd(difference, difference, squares);
            difference.StoreUnsafe(ref normal, i * width);
        }
        var scale = Vector256<float>.One / Vector256.Sqrt(squares / n + Vector256.Create(Epsilon));
        scale.StoreUnsafe(ref flow.Scratch[unit]);
        var gain = Vector256.LoadUnsafe(ref p[Parameters + unit]);
        var shift = Vector256.LoadUnsafe(ref p[Shift + unit]);
        for (nuint i = 0; i < (nuint)count; i++)
        {
            var value = Vector256.LoadUnsafe(ref normal, i * width) * scale;
            value.StoreUnsafe(ref normal, i * width);
            Vector256.FusedMultiplyAdd(value, gain, shift).StoreUnsafe(ref y, i * width);
        }
        var pace = Vector256.Create((float)Math.Max(LeastPace, 1.0 / (flow.Step + 1)));
        var runningMean = Vector256.LoadUnsafe(ref p[Means + unit]);
        var running = Vector256.LoadUnsafe(ref p[Variances + unit]);
        var unbiased = squares / Vector256.Create((float)Math.Max(1, count - 1));
        Vector256.FusedMultiplyAdd(pace, mean - runningMean, runningMean).StoreUnsafe(ref p[Means + unit]);
        Vector256.FusedMultiplyAdd(pace, unbiased - running, running).StoreUnsafe(ref p[Variances + unit]);
    }

    /// <remarks>The input's gradient is γ/√(variance + ε) · (e − mean(e) − x̂ · mean(e x̂)), e the error.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BackwardBatch(LayerFlow flow, int rows, int panel)
    {
        var unit = panel * FloatMath.Lanes;
        var (count, width) = (rows * Positions, (nuint)Width);
        ref var normal = ref flow.Scratch[Width + unit];
        ref var error = ref flow.Error[unit];
        Vector256<float> sum = default, product = default;
        for (nuint i = 0; i < (nuint)count; i++)
        {
            var e = Vector256.LoadUnsafe(ref error, i * width);
            sum += e;
            product = Vector256.FusedMultiplyAdd(e, Vector256.LoadUnsafe(ref normal, i * width), product);
        }
        var gradient = flow.AllGradient.Span;
        ref var gain = ref gradient[Parameters + unit];
        ref var shift = ref gradient[Shift + unit];
        (Vector256.LoadUnsafe(ref gain) + product).StoreUnsafe(ref gain);
        (Vector256.LoadUnsafe(ref shift) + sum).StoreUnsafe(ref shift);
        if (flow.InputError.IsEmpty) return;
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(flow.InputError.Span), unit);
        var factor = Vector256.LoadUnsafe(ref flow.AllParameters[Parameters + unit])
            * Vector256.LoadUnsafe(ref flow.Scratch[unit]);
        var n = Vector256.Create((float)count);
        var (meanError, meanProduct) = (sum / n, product / n);
        for (nuint i = 0; i < (nuint)count; i++)
        {
            var e = Vector256.LoadUnsafe(ref error, i * width) - meanError;
            e = Vector256.FusedMultiplyAdd(-meanProduct, Vector256.LoadUnsafe(ref normal, i * width), e);
            (e * factor).StoreUnsafe(ref target, i * width);
        }
    }
}
