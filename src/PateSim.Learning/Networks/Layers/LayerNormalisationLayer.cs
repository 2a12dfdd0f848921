using PateSim.Core.Randomness;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks.Layers;

/// <summary>Each row: x̂ = (x − mean)/√(variance + ε), y = γ ⊙ x̂ + β (J. L. Ba, J. R. Kiros, G. E. Hinton, 2016).
/// Parameters: γ, β, shape [width] each.</summary>
internal sealed class LayerNormalisationLayer(int units) : Layer
{
    /// <summary>ε</summary>
    public const float Epsilon = 1e-5f;

    public int Units { get; } = units;

    public override int InputStride { get; } = FloatMath.Pad(units);

    public override int OutputStride => InputStride;

    public override int ParameterCount => 2 * OutputStride;

    public override int GradientItems => 1;

    /// <summary>x̂ of the batch and 1/√(variance + ε) of each row.</summary>
    public override int ScratchLength(int capacity) => capacity * (OutputStride + 1);

    public override void Initialise(Span<float> parameters, RandomKey key) =>
        parameters.Slice(Parameters, Units).Fill(1);

    public override void Forward(LayerFlow flow, int first, int rows)
    {
        var width = OutputStride;
        var scales = flow.Scratch.AsSpan(flow.Scratch.Length / (width + 1) * width);
        var gain = flow.AllParameters.AsSpan(Parameters, width);
        var shift = flow.AllParameters.AsSpan(Parameters + width, width);
        for (var row = first; row < first + rows; row++)
        {
            var x = flow.Input.Span.Slice(row * width, Units);
            var normal = flow.Scratch.AsSpan(row * width, width);
            var mean = VectorKernels.Sum(x) / Units;
            for (var i = 0; i < Units; i++) normal[i] = x[i] - mean;
            normal[Units..].Clear();
            var scale = 1 / MathF.Sqrt(VectorKernels.Dot(normal, normal) / Units + Epsilon);
            scales[row] = scale;
            var output = flow.Output.AsSpan(row * width, width);
            shift.CopyTo(output);
            VectorKernels.Scale(normal, scale);
            VectorKernels.AddProduct(output, normal, gain);
        }
    }

    /// <remarks>With e = γ ⊙ error: the input's gradient is (e − mean(e) − x̂ · mean(e ⊙ x̂))/√(variance + ε).</remarks>
    public override void Backward(LayerFlow flow, int first, int rows)
    {
        var width = OutputStride;
        var scales = flow.Scratch.AsSpan(flow.Scratch.Length / (width + 1) * width);
        var gain = flow.AllParameters.AsSpan(Parameters, width);
        for (var row = first; row < first + rows; row++)
        {
            var normal = flow.Scratch.AsSpan(row * width, width);
            var target = flow.InputError.Span.Slice(row * width, width);
            flow.Error.AsSpan(row * width, width).CopyTo(target);
            VectorKernels.Multiply(target, gain);
            var mean = VectorKernels.Sum(target) / Units;
            VectorKernels.AddScaled(target, -VectorKernels.Dot(target, normal) / Units, normal);
            for (var i = 0; i < Units; i++) target[i] -= mean;
            VectorKernels.Scale(target, scales[row]);
        }
    }

    public override void AddGradient(LayerFlow flow, int rows, int item)
    {
        var width = OutputStride;
        var gain = flow.AllGradient.Span.Slice(Parameters, width);
        for (var row = 0; row < rows; row++)
            VectorKernels.AddProduct(gain, flow.Error.AsSpan(row * width), flow.Scratch.AsSpan(row * width));
        Elementwise.AddRows(flow.AllGradient.Span.Slice(Parameters + width, width), flow.Error, rows);
    }
}
