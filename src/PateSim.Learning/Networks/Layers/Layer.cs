using PateSim.Core.Randomness;

namespace PateSim.Learning.Networks.Layers;

/// <summary>One step of a network: a map of rows, its way back, and where its parameters lie.</summary>
/// <remarks>
/// <para>Rows are row-major and padded to whole vectors, padding zero; only the records themselves may be
/// unpadded.</para>
/// <para>A layer maps each row by itself, so that rows may be shared out, unless it is <see cref="WholeBatch"/>. The
/// gradient by its parameters is cut into items, each of which owns its part of the gradient.</para>
/// </remarks>
/// <threadsafety>Immutable; what a pass needs stands in its <see cref="LayerFlow"/>.</threadsafety>
internal abstract class Layer
{
    /// <summary>Floats from one input row to the next.</summary>
    public abstract int InputStride { get; }

    /// <summary>Floats of an output row.</summary>
    public abstract int OutputStride { get; }

    /// <summary>Where the layer's parameters begin.</summary>
    public int Parameters { get; init; }

    /// <summary>Number of parameters with their padding, statistics among them.</summary>
    public virtual int ParameterCount => 0;

    /// <summary>The parameters that penalties shrink, first and number.</summary>
    public virtual (int First, int Count) Weights => (Parameters, 0);

    /// <summary>Whether the output takes the place of the input, and the way back likewise.</summary>
    public virtual bool InPlace => false;

    /// <summary>Whether training needs all rows of the batch at once.</summary>
    public virtual bool WholeBatch => false;

    /// <summary>Whether the layer does anything outside training.</summary>
    public virtual bool TrainingOnly => false;

    /// <summary>Multiply-adds of one row on the way up.</summary>
    public virtual long Work => 0;

    /// <summary>Floats of scratch that a pass needs.</summary>
    public virtual int ScratchLength(int capacity) => 0;

    /// <summary>Number of items of <see cref="AddGradient"/>.</summary>
    public virtual int GradientItems => 0;

    /// <summary>Parameters before training; by default as they are, zero.</summary>
    public virtual void Initialise(Span<float> parameters, RandomKey key)
    {
    }

    /// <summary>What has to be done once, before the rows of a training batch are shared out.</summary>
    public virtual void Prepare(LayerFlow flow, int rows)
    {
    }

    /// <summary>Writes the output of some rows.</summary>
    public abstract void Forward(LayerFlow flow, int first, int rows);

    /// <summary>Writes the loss's gradient by the input of some rows, from that by their output.</summary>
    public abstract void Backward(LayerFlow flow, int first, int rows);

    /// <summary>Adds one item of the gradient by the parameters over all rows of the batch.</summary>
    public virtual void AddGradient(LayerFlow flow, int rows, int item)
    {
    }

    /// <summary>In place of <see cref="Forward"/> where training needs the whole batch; part of the panels.</summary>
    public virtual void ForwardBatch(LayerFlow flow, int rows, int panel) => throw new NotSupportedException();

    /// <summary>In place of <see cref="Backward"/> where training needs the whole batch; part of the panels.</summary>
    public virtual void BackwardBatch(LayerFlow flow, int rows, int panel) => throw new NotSupportedException();

    /// <summary>Parts of a whole-batch pass, each of eight units.</summary>
    public virtual int BatchPanels => 0;
}

/// <summary>What one layer works on in a pass; made once for a workspace.</summary>
internal sealed class LayerFlow
{
    /// <summary>Shape [rows, input stride].</summary>
    public ReadOnlyMemory<float> Input { get; set; }

    /// <summary>Shape [rows, output stride].</summary>
    public required float[] Output { get; init; }

    /// <summary>The loss's gradient by the output, same shape.</summary>
    public required float[] Error { get; init; }

    /// <summary>Where the loss's gradient by the input goes, shape [rows, padded input]; empty where it is not wanted.
    /// </summary>
    public Memory<float> InputError { get; set; }

    public required float[] Scratch { get; init; }

    /// <summary>All parameters of the network.</summary>
    public float[] AllParameters { get; set; } = [];

    /// <summary>The gradient by all parameters, added to.</summary>
    public Memory<float> AllGradient { get; set; }

    /// <summary>Whether this is a step of training: statistics are of the batch and units may be dropped.</summary>
    public bool Training { get; set; }

    /// <summary>Steps of training made before; for running averages.</summary>
    public int Step { get; set; }

    /// <summary>Where a layer that needs chance draws from.</summary>
    public RandomStream? Stream { get; set; }
}
