using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks.Layers;

/// <summary>In training each value is set to zero with probability p and otherwise divided by 1 − p (N. Srivastava et
/// al., JMLR 15, 2014); nothing otherwise.</summary>
/// <remarks>Four units are decided by one draw of 64 bits, so that p counts in steps of 1/65,536. The draws of a batch
/// are made in the order of its values, whoever computes with them.</remarks>
internal sealed class DropoutLayer : Layer
{
    private readonly int _threshold;

    public DropoutLayer(double rate, int width)
    {
        (Rate, InputStride) = (rate, width);
        _threshold = (int)Math.Round(rate * 65536);
    }

    /// <summary>p in [0, 1).</summary>
    public double Rate { get; }

    public override int InputStride { get; }

    public override int OutputStride => InputStride;

    public override bool TrainingOnly => true;

    /// <summary>The factors of the batch.</summary>
    public override int ScratchLength(int capacity) => capacity * OutputStride;

    public override void Prepare(LayerFlow flow, int rows)
    {
        if (!flow.Training) return;
        var stream = flow.Stream ?? throw new InvalidOperationException("Dropout has no stream to draw from.");
        var keep = (float)(1 / (1 - _threshold / 65536.0));
        var factors = flow.Scratch.AsSpan(0, rows * OutputStride);
        for (var i = 0; i < factors.Length; i += 4)
        {
            var draw = stream.NextUInt64();
            for (var j = 0; j < 4; j++) factors[i + j] = (int)((draw >> (16 * j)) & 0xFFFF) < _threshold ? 0 : keep;
        }
    }

    public override void Forward(LayerFlow flow, int first, int rows)
    {
        var (start, length) = (first * OutputStride, rows * OutputStride);
        var output = flow.Output.AsSpan(start, length);
        flow.Input.Span.Slice(start, length).CopyTo(output);
        if (flow.Training) VectorKernels.Multiply(output, flow.Scratch.AsSpan(start, length));
    }

    public override void Backward(LayerFlow flow, int first, int rows)
    {
        var (start, length) = (first * OutputStride, rows * OutputStride);
        var target = flow.InputError.Span.Slice(start, length);
        flow.Error.AsSpan(start, length).CopyTo(target);
        if (flow.Training) VectorKernels.Multiply(target, flow.Scratch.AsSpan(start, length));
    }
}
