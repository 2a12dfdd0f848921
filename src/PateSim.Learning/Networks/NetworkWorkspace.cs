using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>The buffers of one pass through a network, made once for batches of a most size.</summary>
/// <threadsafety>For one thread at a time.</threadsafety>
internal sealed class NetworkWorkspace
{
    /// <param name="shape">The network.</param>
    /// <param name="capacity">Most rows of a batch.</param>
    /// <param name="training">Whether there is a way back; prediction needs none of its buffers.</param>
    public NetworkWorkspace(NetworkShape shape, int capacity, bool training = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (Shape, Capacity) = (shape, capacity);
        Outputs = new float[shape.Layers.Length][];
        Errors = new float[shape.Layers.Length][];
        var largest = 1;
        for (var i = 0; i < shape.Layers.Length; i++)
        {
            var layer = shape.Layers[i];
            Outputs[i] = new float[capacity * layer.PaddedOutputs];
            Errors[i] = training ? new float[capacity * layer.PaddedOutputs] : [];
            if (training && i > 0) largest = Math.Max(largest, FloatMath.Pad(layer.Inputs) * layer.Outputs);
        }
        Transposed = new float[largest];
    }

    public NetworkShape Shape { get; }

    /// <summary>Most rows of a batch.</summary>
    public int Capacity { get; }

    /// <summary>Of each layer, shape [capacity, padded outputs]: activations, at last the logits.</summary>
    public float[][] Outputs { get; }

    /// <summary>Of each layer, shape [capacity, padded outputs]: the loss's gradient by its inputs.</summary>
    public float[][] Errors { get; }

    /// <summary>A layer's weights as [panels of inputs, outputs, 8], for the way back.</summary>
    public float[] Transposed { get; }

    /// <summary>Logits of the last forward pass, shape [rows, padded classes].</summary>
    public float[] Logits => Outputs[^1];

    /// <summary>Where the loss writes its gradient by the logits, same shape.</summary>
    public float[] LogitErrors => Errors[^1];
}
