using PateSim.Core.Randomness;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks.Layers;

/// <summary>y = xW + b. Parameters: weights, shape [panels, inputs, 8], then biases, shape [panels · 8]; those of the
/// padding are zero and stay so.</summary>
internal sealed class DenseLayer : Layer
{
    private const int GradientRows = 48;

    private readonly bool _heWeights;

    /// <param name="inputs">Values of a row that are used.</param>
    /// <param name="inputStride">Floats from row to row below.</param>
    /// <param name="outputs">Units.</param>
    /// <param name="heWeights">Whether a rectifier follows; settles the spread of the initial weights.</param>
    public DenseLayer(int inputs, int inputStride, int outputs, bool heWeights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        (Inputs, InputStride, Outputs, _heWeights) = (inputs, inputStride, outputs, heWeights);
        _ = checked(WeightCount + PaddedOutputs);
    }

    /// <summary>Units below.</summary>
    public int Inputs { get; }

    /// <summary>Units of this layer.</summary>
    public int Outputs { get; }

    public override int InputStride { get; }

    public override int OutputStride => PaddedOutputs;

    /// <summary>Panels of eight units.</summary>
    public int Panels => (Outputs + FloatMath.Lanes - 1) / FloatMath.Lanes;

    public int PaddedOutputs => Panels * FloatMath.Lanes;

    /// <summary>Number of weights with the padding.</summary>
    public int WeightCount => checked(Panels * Inputs * FloatMath.Lanes);

    /// <summary>First of the biases.</summary>
    public int Biases => Parameters + WeightCount;

    public override int ParameterCount => WeightCount + PaddedOutputs;

    public override (int First, int Count) Weights => (Parameters, WeightCount);

    public override long Work => WeightCount;

    public override int GradientItems => 1 + (Inputs + GradientRows - 1) / GradientRows;

    /// <summary>Where the weight from an input to an output lies.</summary>
    public int WeightIndex(int input, int output) =>
        Parameters + ((output / FloatMath.Lanes) * Inputs + input) * FloatMath.Lanes + output % FloatMath.Lanes;

    /// <summary>A layer's weights as [panels of inputs, outputs, 8], for the way back.</summary>
    public override int ScratchLength(int capacity) => FloatMath.Pad(Inputs) * Outputs;

    /// <summary>Weights uniform on ±√(6/(fan-in + fan-out)) (Glorot and Bengio 2010), below rectifiers on ±√(6/fan-in)
    /// (He et al. 2015). Drawn input by input, so that padding draws nothing.</summary>
    public override void Initialise(Span<float> parameters, RandomKey key)
    {
        var stream = key.Open();
        var bound = (float)Math.Sqrt(6.0 / (_heWeights ? Inputs : Inputs + Outputs));
        for (var input = 0; input < Inputs; input++)
        {
            for (var output = 0; output < Outputs; output++)
                parameters[WeightIndex(input, output)] = (float)(2 * stream.NextUnit() - 1) * bound;
        }
    }

    public override void Prepare(LayerFlow flow, int rows)
    {
        if (flow.InputError.IsEmpty) return;
        var width = FloatMath.Pad(Inputs);
        var (weights, transposed) = (flow.AllParameters, flow.Scratch);
        for (var output = 0; output < Outputs; output++)
        {
            var source = WeightIndex(0, output);
            for (var input = 0; input < width; input++)
            {
                transposed[(input / FloatMath.Lanes * Outputs + output) * FloatMath.Lanes + input % FloatMath.Lanes] =
                    input < Inputs ? weights[source + input * FloatMath.Lanes] : 0;
            }
        }
    }

    public override void Forward(LayerFlow flow, int first, int rows)
    {
        var width = PaddedOutputs;
        var output = flow.Output.AsSpan(first * width, rows * width);
        var biases = flow.AllParameters.AsSpan(Biases, width);
        for (var row = 0; row < rows; row++) biases.CopyTo(output[(row * width)..]);
        MatrixProduct.Accumulate(
            rows, Inputs, Panels,
            flow.Input.Span[(first * InputStride)..], new Strides(InputStride, 1),
            flow.AllParameters.AsSpan(Parameters, WeightCount), new Strides(FloatMath.Lanes, Inputs * FloatMath.Lanes),
            output, new Strides(width, FloatMath.Lanes));
    }

    public override void Backward(LayerFlow flow, int first, int rows)
    {
        if (flow.InputError.IsEmpty) return;
        var width = FloatMath.Pad(Inputs);
        var target = flow.InputError.Span.Slice(first * width, rows * width);
        target.Clear();
        MatrixProduct.Accumulate(
            rows, Outputs, width / FloatMath.Lanes,
            flow.Error.AsSpan(first * PaddedOutputs), new Strides(PaddedOutputs, 1),
            flow.Scratch, new Strides(FloatMath.Lanes, Outputs * FloatMath.Lanes),
            target, new Strides(width, FloatMath.Lanes));
    }

    public override void AddGradient(LayerFlow flow, int rows, int item)
    {
        var gradient = flow.AllGradient.Span;
        if (item == 0)
        {
            Elementwise.AddRows(gradient.Slice(Biases, PaddedOutputs), flow.Error, rows);
            return;
        }
        var first = (item - 1) * GradientRows;
        MatrixProduct.Accumulate(
            Math.Min(GradientRows, Inputs - first), rows, Panels,
            flow.Input.Span[first..], new Strides(1, InputStride),
            flow.Error, new Strides(PaddedOutputs, FloatMath.Lanes),
            gradient.Slice(Parameters + first * FloatMath.Lanes, WeightCount - first * FloatMath.Lanes),
            new Strides(FloatMath.Lanes, Inputs * FloatMath.Lanes));
    }
}
