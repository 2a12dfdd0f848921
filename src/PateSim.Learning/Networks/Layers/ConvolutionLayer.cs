using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PateSim.Core.Randomness;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks.Layers;

/// <summary>
/// Cross-correlation of an image with k × k windows, without border: y(v, u, o) = b(o) + Σ x(v + i, u + j, c) W(i, j, c,
/// o). Images lie as [side, side, channels].
/// </summary>
/// <remarks>
/// <para>Parameters: weights, shape [panels, k, k, channels, 8], then biases.</para>
/// <para>No window is copied: a row of a window is a run of k · channels values, so that a row of the output is a matrix
/// product over k such runs, and so are both gradients.</para>
/// </remarks>
internal sealed class ConvolutionLayer : Layer
{
    private readonly bool _heWeights;

    /// <param name="side">Height and width of the image.</param>
    /// <param name="channels">1, or a multiple of eight.</param>
    /// <param name="kernel">k, at most the side.</param>
    /// <param name="filters">Output channels, a multiple of eight.</param>
    public ConvolutionLayer(int side, int channels, int kernel, int filters, bool heWeights)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kernel, side);
        ArgumentOutOfRangeException.ThrowIfNotEqual(channels == 1 || channels % FloatMath.Lanes == 0, true);
        ArgumentOutOfRangeException.ThrowIfNotEqual(filters % FloatMath.Lanes, 0);
        (Side, Channels, Kernel, Filters, _heWeights) = (side, channels, kernel, filters, heWeights);
        _ = checked(WeightCount + OutputStride);
    }

    public int Side { get; }

    public int Channels { get; }

    public int Kernel { get; }

    public int Filters { get; }

    /// <summary>Height and width of the output.</summary>
    public int OutputSide => Side - Kernel + 1;

    public override int InputStride => Side * Side * Channels;

    public override int OutputStride => OutputSide * OutputSide * Filters;

    public override int ParameterCount => WeightCount + Filters;

    public override (int First, int Count) Weights => (Parameters, WeightCount);

    public override long Work => (long)WeightCount * OutputSide * OutputSide;

    public override int GradientItems => 1 + Kernel * PanelPairs;

    /// <summary>First of the biases.</summary>
    public int Biases => Parameters + WeightCount;

    private int Window => checked(Kernel * Kernel * Channels);

    private int WeightCount => checked(Window * Filters);

    private int Panels => Filters / FloatMath.Lanes;

    private int PanelPairs => (Panels + 1) / 2;

    private int RowRun => Kernel * Channels;

    /// <summary>Where the weight of a place in the window, a channel and a filter lies.</summary>
    public int WeightIndex(int i, int j, int channel, int filter) =>
        Parameters + (filter / FloatMath.Lanes * Window + (i * Kernel + j) * Channels + channel) * FloatMath.Lanes
        + filter % FloatMath.Lanes;

    /// <summary>The weights as [k, k, panels of channels, filters, 8], for the way back.</summary>
    public override int ScratchLength(int capacity) => WeightCount;

    /// <summary>As for dense layers, with fans of k² · channels and k² · filters.</summary>
    public override void Initialise(Span<float> parameters, RandomKey key)
    {
        var stream = key.Open();
        var bound = (float)Math.Sqrt(6.0 / (_heWeights ? Window : Window + Kernel * Kernel * Filters));
        for (var place = 0; place < Window; place++)
        {
            for (var filter = 0; filter < Filters; filter++)
            {
                parameters[WeightIndex(0, 0, place, filter)] = (float)(2 * stream.NextUnit() - 1) * bound;
            }
        }
    }

    public override void Prepare(LayerFlow flow, int rows)
    {
        if (flow.InputError.IsEmpty || Channels == 1) return;
        var (weights, transposed) = (flow.AllParameters, flow.Scratch);
        for (var filter = 0; filter < Filters; filter++)
        {
            for (var place = 0; place < Kernel * Kernel; place++)
            {
                var source = WeightIndex(0, 0, place * Channels, filter);
                var target = (place * Channels * Filters) + filter * FloatMath.Lanes;
                for (var channel = 0; channel < Channels; channel++)
                {
                    transposed[target + channel / FloatMath.Lanes * Filters * FloatMath.Lanes + channel % FloatMath.Lanes] =
                        weights[source + channel * FloatMath.Lanes];
                }
            }
        }
    }

    public override void Forward(LayerFlow flow, int first, int rows)
    {
        var biases = flow.AllParameters.AsSpan(Biases, Filters);
        ref var weights = ref flow.AllParameters[Parameters];
        for (var row = first; row < first + rows; row++)
        {
            ref var input = ref MemoryMarshal.GetReference(flow.Input.Span.Slice(row * InputStride, InputStride));
            var output = flow.Output.AsSpan(row * OutputStride, OutputStride);
            for (var place = 0; place < output.Length; place += Filters) biases.CopyTo(output[place..]);
            for (var v = 0; v < OutputSide; v++)
            {
                MatrixProduct.Slice(
                    OutputSide, Kernel, RowRun, Panels,
                    ref Unsafe.Add(ref input, v * Side * Channels), new Strides(Channels, 1), Side * Channels,
                    ref weights, new Strides(FloatMath.Lanes, Window * FloatMath.Lanes),
                    ref output[v * OutputSide * Filters], new Strides(Filters, FloatMath.Lanes));
            }
        }
    }

    public override void Backward(LayerFlow flow, int first, int rows)
    {
        if (flow.InputError.IsEmpty) return;
        var width = FloatMath.Pad(InputStride);
        for (var row = first; row < first + rows; row++)
        {
            var target = flow.InputError.Span.Slice(row * width, width);
            target.Clear();
            var errors = flow.Error.AsSpan(row * OutputStride, OutputStride);
            if (Channels == 1) SpreadToPixels(flow.AllParameters, errors, target);
            else Spread(flow.Scratch, errors, target);
        }
    }

    public override void AddGradient(LayerFlow flow, int rows, int item)
    {
        var gradient = flow.AllGradient.Span;
        if (item == 0)
        {
            Elementwise.AddRows(
                gradient.Slice(Biases, Filters), flow.Error, rows * OutputSide * OutputSide);
            return;
        }
        var (windowRow, pair) = ((item - 1) / PanelPairs, (item - 1) % PanelPairs);
        var panel = 2 * pair;
        ref var target = ref gradient[Parameters + (panel * Window + windowRow * RowRun) * FloatMath.Lanes];
        for (var row = 0; row < rows; row++)
        {
            ref var input = ref MemoryMarshal.GetReference(
                flow.Input.Span[(row * InputStride + windowRow * Side * Channels)..]);
            MatrixProduct.Slice(
                RowRun, OutputSide, OutputSide, Math.Min(2, Panels - panel),
                ref input, new Strides(1, Channels), Side * Channels,
                ref flow.Error[row * OutputStride + panel * FloatMath.Lanes], new Strides(Filters, FloatMath.Lanes),
                ref target, new Strides(FloatMath.Lanes, Window * FloatMath.Lanes));
        }
    }

    private void Spread(float[] transposed, Span<float> errors, Span<float> target)
    {
        for (var v = 0; v < OutputSide; v++)
        {
            for (var i = 0; i < Kernel; i++)
            {
                for (var j = 0; j < Kernel; j++)
                {
                    MatrixProduct.Slice(
                        OutputSide, 1, Filters, Channels / FloatMath.Lanes,
                        ref errors[v * OutputSide * Filters], new Strides(Filters, 1), 0,
                        ref transposed[(i * Kernel + j) * Channels * Filters],
                        new Strides(FloatMath.Lanes, Filters * FloatMath.Lanes),
                        ref target[((v + i) * Side + j) * Channels], new Strides(Channels, FloatMath.Lanes));
                }
            }
        }
    }

    /// <summary>The gradient by a grey image itself: only attacks and consistency ask for it.</summary>
    private void SpreadToPixels(float[] parameters, Span<float> errors, Span<float> target)
    {
        for (var i = 0; i < Kernel; i++)
        {
            for (var j = 0; j < Kernel; j++)
            {
                for (var panel = 0; panel < Panels; panel++)
                {
                    var weights = parameters.AsSpan(
                        WeightIndex(i, j, 0, panel * FloatMath.Lanes), FloatMath.Lanes);
                    for (var v = 0; v < OutputSide; v++)
                    {
                        for (var u = 0; u < OutputSide; u++)
                        {
                            target[(v + i) * Side + u + j] += VectorKernels.Dot(
                                weights, errors[((v * OutputSide + u) * Filters + panel * FloatMath.Lanes)..]);
                        }
                    }
                }
            }
        }
    }
}
