using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>The way up and the way back through a network.</summary>
internal static class NetworkPass
{
    /// <summary>Writes the activations and logits of a batch.</summary>
    /// <param name="parameters">Shape [p].</param>
    /// <param name="inputs">Shape [rows, inputs], row-major.</param>
    public static void Forward(
        NetworkWorkspace workspace, ReadOnlyMemory<float> parameters, ReadOnlyMemory<float> inputs, int rows,
        int threads)
    {
        var shape = workspace.Shape;
        var (below, stride) = (inputs, shape.Inputs);
        for (var i = 0; i < shape.Layers.Length; i++)
        {
            var layer = shape.Layers[i];
            var width = layer.PaddedOutputs;
            var output = workspace.Outputs[i];
            var biases = parameters.Span.Slice(layer.Biases, width);
            for (var row = 0; row < rows; row++) biases.CopyTo(output.AsSpan(row * width, width));
            MatrixProduct.Accumulate(
                threads, rows, layer.Inputs, layer.Panels,
                below, new Strides(stride, 1),
                parameters.Slice(layer.Weights, layer.WeightCount),
                new Strides(FloatMath.Lanes, layer.Inputs * FloatMath.Lanes),
                output, new Strides(width, FloatMath.Lanes));
            if (i < shape.Layers.Length - 1)
                Elementwise.Activate(shape.Activation, output.AsSpan(0, rows * width));
            (below, stride) = (output, width);
        }
    }

    /// <summary>Adds the gradient by all parameters of a loss whose gradient by the logits stands in
    /// <see cref="NetworkWorkspace.LogitErrors"/>; to be called after <see cref="Forward"/> on the same
    /// batch.</summary>
    /// <param name="gradient">Shape [p], added to.</param>
    /// <param name="inputGradient">Shape [rows, padded inputs], overwritten; empty where it is not wanted.</param>
    public static void Backward(
        NetworkWorkspace workspace, ReadOnlyMemory<float> parameters, ReadOnlyMemory<float> inputs, int rows,
        Memory<float> gradient, Memory<float> inputGradient, int threads)
    {
        var shape = workspace.Shape;
        for (var i = shape.Layers.Length - 1; i >= 0; i--)
        {
            var layer = shape.Layers[i];
            var width = layer.PaddedOutputs;
            var errors = workspace.Errors[i];
            Elementwise.AddRows(gradient.Span.Slice(layer.Biases, width), errors, rows);
            MatrixProduct.Accumulate(
                threads, layer.Inputs, rows, layer.Panels,
                i == 0 ? inputs : workspace.Outputs[i - 1],
                new Strides(1, i == 0 ? shape.Inputs : shape.Layers[i - 1].PaddedOutputs),
                errors, new Strides(width, FloatMath.Lanes),
                gradient.Slice(layer.Weights, layer.WeightCount),
                new Strides(FloatMath.Lanes, layer.Inputs * FloatMath.Lanes));
            if (i == 0 && inputGradient.IsEmpty) return;
            var target = i == 0 ? inputGradient : workspace.Errors[i - 1];
            PropagateDown(workspace, layer, parameters, errors, rows, target, threads);
            if (i > 0)
            {
                var count = rows * shape.Layers[i - 1].PaddedOutputs;
                Elementwise.Deactivate(
                    shape.Activation, workspace.Outputs[i - 1].AsSpan(0, count),
                    workspace.Errors[i - 1].AsSpan(0, count));
            }
        }
    }

    /// <summary>target ← errors · Wᵀ, shape [rows, padded inputs].</summary>
    private static void PropagateDown(
        NetworkWorkspace workspace, DenseLayer layer, ReadOnlyMemory<float> parameters, float[] errors, int rows,
        Memory<float> target, int threads)
    {
        var width = FloatMath.Pad(layer.Inputs);
        // The first layer's inputs are many; its transpose is made only where an input gradient is asked for.
        var transposed = width * layer.Outputs <= workspace.Transposed.Length
            ? workspace.Transposed
            : new float[width * layer.Outputs];
        var weights = parameters.Span;
        for (var output = 0; output < layer.Outputs; output++)
        {
            var source = layer.WeightIndex(0, output);
            for (var input = 0; input < layer.Inputs; input++)
            {
                var panel = input / FloatMath.Lanes;
                transposed[(panel * layer.Outputs + output) * FloatMath.Lanes + input % FloatMath.Lanes] =
                    weights[source + input * FloatMath.Lanes];
            }
            for (var input = layer.Inputs; input < width; input++)
            {
                transposed[(width / FloatMath.Lanes - 1) * layer.Outputs * FloatMath.Lanes
                    + output * FloatMath.Lanes + input % FloatMath.Lanes] = 0;
            }
        }
        target.Span[..(rows * width)].Clear();
        MatrixProduct.Accumulate(
            threads, rows, layer.Outputs, width / FloatMath.Lanes,
            errors, new Strides(layer.PaddedOutputs, 1),
            transposed, new Strides(FloatMath.Lanes, layer.Outputs * FloatMath.Lanes),
            target, new Strides(width, FloatMath.Lanes));
    }
}
