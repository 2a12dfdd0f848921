namespace PateSim.Learning.Networks.Layers;

/// <summary>A function of each value by itself.</summary>
internal sealed class ActivationLayer(Activation activation, int width) : Layer
{
    public Activation Activation { get; } = activation;

    public override int InputStride { get; } = width;

    public override int OutputStride => InputStride;

    /// <summary>Rectifier and tanh have their derivatives from their values; GELU needs its input.</summary>
    public override bool InPlace => Activation != Activation.Gelu;

    public override void Forward(LayerFlow flow, int first, int rows)
    {
        var (start, length) = (first * OutputStride, rows * OutputStride);
        var output = flow.Output.AsSpan(start, length);
        if (!InPlace) flow.Input.Span.Slice(start, length).CopyTo(output);
        Elementwise.Activate(Activation, output);
    }

    public override void Backward(LayerFlow flow, int first, int rows)
    {
        var (start, length) = (first * OutputStride, rows * OutputStride);
        var errors = flow.Error.AsSpan(start, length);
        if (InPlace)
        {
            Elementwise.Deactivate(Activation, flow.Output.AsSpan(start, length), errors);
            return;
        }
        var target = flow.InputError.Span.Slice(start, length);
        errors.CopyTo(target);
        Elementwise.Deactivate(Activation, flow.Input.Span.Slice(start, length), target);
    }
}
