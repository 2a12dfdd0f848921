using PateSim.Core.Randomness;
using PateSim.Learning.Networks.Layers;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>A way up and back through a network with all its buffers, made once for batches of a most size. A pass
/// allocates nothing.</summary>
/// <remarks>
/// <para>Rows are shared out in runs that go all the way through: up, the loss, and back. Then the gradients by the
/// parameters are shared out item by item. A layer that needs the whole batch cuts the way into stages.</para>
/// <para>Each row and each item is computed by itself in one order, so that the bytes do not depend on the
/// threads.</para>
/// </remarks>
/// <threadsafety>For one caller at a time.</threadsafety>
internal sealed class NetworkWorkspace
{
    private const int SmallestRun = 8;

    /// <summary>What the values of some rows may take of the second-level cache, in floats.</summary>
    private const int CacheFloats = 96 * 1024;

    private readonly LayerFlow[] _flows;
    private readonly double[] _rowLosses;
    private readonly (int First, int End)[] _stages;
    private readonly int[] _items;
    private readonly Action<int> _up, _back, _both, _gradient;
    private readonly int _chunk;
    private (int First, int End) _stage;
    private ReadOnlyMemory<float> _targets;
    private ReadOnlyMemory<float> _weights;
    private float _scale;
    private int _rows, _run;

    /// <param name="network">The network.</param>
    /// <param name="capacity">Most rows of a batch.</param>
    /// <param name="backward">Whether there is a way back; prediction needs none of its buffers.</param>
    /// <param name="dropout">Address of the draws of dropout.</param>
    public NetworkWorkspace(Network network, int capacity, bool backward = true, RandomKey dropout = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (Network, Capacity) = (network, capacity);
        var layers = network.Layers;
        _flows = new LayerFlow[layers.Length];
        for (var i = 0; i < layers.Length; i++)
        {
            var shared = i > 0 && layers[i].InPlace ? _flows[i - 1] : null;
            var length = checked(capacity * layers[i].OutputStride);
            _flows[i] = new LayerFlow
            {
                Output = shared?.Output ?? new float[length],
                Error = shared?.Error ?? (backward ? new float[length] : []),
                Scratch = new float[NeedsScratch(layers[i], i, backward) ? layers[i].ScratchLength(capacity) : 0],
                Stream = layers[i].TrainingOnly ? dropout.Derive(i).Open() : null,
            };
            if (i == 0) continue;
            _flows[i].Input = _flows[i - 1].Output;
            _flows[i].InputError = _flows[i - 1].Error;
        }
        _rowLosses = new double[capacity];
        _stages = [.. Stages(network)];
        _items = new int[layers.Length + 1];
        for (var i = 0; i < layers.Length; i++) _items[i + 1] = _items[i] + layers[i].GradientItems;
        _chunk = Math.Max(SmallestRun, CacheFloats / layers.Sum(layer => layer.OutputStride));
        (_up, _back, _both, _gradient) = (RunUp, RunBack, RunBoth, RunGradient);
    }

    public Network Network { get; }

    /// <summary>Most rows of a batch.</summary>
    public int Capacity { get; }

    /// <summary>Logits of the last way up, shape [rows, padded classes].</summary>
    public float[] Logits => _flows[^1].Output;

    /// <summary>The loss's gradient by the logits, same shape.</summary>
    public float[] LogitErrors => _flows[^1].Error;

    /// <summary>The way up outside training: writes the logits.</summary>
    /// <param name="inputs">Shape [rows, inputs], row-major.</param>
    public void Forward(float[] parameters, ReadOnlyMemory<float> inputs, int rows)
    {
        Bind(parameters, inputs, rows, training: false);
        for (var i = 0; i < _flows.Length; i++) Network.Layers[i].Forward(_flows[i], 0, rows);
    }

    /// <summary>The loss's gradient by the inputs, after <see cref="Forward"/> on the same rows, from
    /// <see cref="LogitErrors"/>.</summary>
    /// <param name="inputGradient">Shape [rows, padded inputs], overwritten.</param>
    public void BackwardToInputs(Memory<float> inputGradient)
    {
        _flows[0].InputError = inputGradient;
        for (var i = _flows.Length - 1; i >= 0; i--)
        {
            Network.Layers[i].Prepare(_flows[i], _rows);
            Network.Layers[i].Backward(_flows[i], 0, _rows);
        }
        _flows[0].InputError = default;
    }

    /// <summary>One whole pass: the way up, the loss, and the gradient by the parameters.</summary>
    /// <param name="targets">Shape [rows, padded classes].</param>
    /// <param name="weights">Shape [rows]; empty for 1 each.</param>
    /// <param name="scale">Factor of the gradient, as 1/rows for a mean.</param>
    /// <param name="gradient">Shape [p], added to.</param>
    /// <param name="step">Steps of training made before; null outside training.</param>
    /// <returns>Σ weight · loss over the rows, unscaled, in nats.</returns>
    public double Pass(
        float[] parameters, ReadOnlyMemory<float> inputs, int rows, ReadOnlyMemory<float> targets,
        ReadOnlyMemory<float> weights, float scale, Memory<float> gradient, WorkTeam team, int? step = null)
    {
        Bind(parameters, inputs, rows, step is not null);
        (_targets, _weights, _scale) = (targets, weights, scale);
        for (var i = 0; i < _flows.Length; i++)
        {
            (_flows[i].AllGradient, _flows[i].Step) = (gradient, step ?? 0);
            Network.Layers[i].Prepare(_flows[i], rows);
        }
        // A run per thread; their number changes no bit, since rows do not meet.
        _run = team.Threads == 1 ? rows : Math.Max(SmallestRun, FloatMath.Pad((rows + team.Threads - 1) / team.Threads));
        var runs = (rows + _run - 1) / _run;
        if (_stages.Length == 1)
        {
            _stage = _stages[0];
            team.Run(runs, _both);
        }
        else
        {
            for (var s = 0; s < _stages.Length; s++) Enter(s, team, runs, up: true);
            for (var s = _stages.Length - 1; s >= 0; s--) Enter(s, team, runs, up: false);
        }
        team.Run(_items[^1], _gradient);
        var loss = 0.0;
        for (var row = 0; row < rows; row++) loss += _rowLosses[row];
        return loss;
    }

    private static bool NeedsScratch(Layer layer, int index, bool backward) => layer switch
    {
        // The first layer's transpose is made where an input gradient is asked for.
        DenseLayer or ConvolutionLayer => backward,
        BatchNormalisationLayer or DropoutLayer => backward,
        _ => true,
    };

    /// <summary>Layers that go together: each that needs the whole batch stands alone.</summary>
    private static IEnumerable<(int First, int End)> Stages(Network network)
    {
        var first = 0;
        for (var i = 0; i < network.Layers.Length; i++)
        {
            if (!network.Layers[i].WholeBatch) continue;
            if (first < i) yield return (first, i);
            yield return (i, i + 1);
            first = i + 1;
        }
        yield return (first, network.Layers.Length);
    }

    private void Bind(float[] parameters, ReadOnlyMemory<float> inputs, int rows, bool training)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        _rows = rows;
        _flows[0].Input = inputs;
        foreach (var flow in _flows) (flow.AllParameters, flow.Training) = (parameters, training);
    }

    private void Enter(int stage, WorkTeam team, int runs, bool up)
    {
        _stage = _stages[stage];
        var layer = Network.Layers[_stage.First];
        var count = layer.WholeBatch && _flows[0].Training ? layer.BatchPanels : runs;
        team.Run(count, up ? _up : _back);
    }

    private void RunUp(int index)
    {
        if (Network.Layers[_stage.First].WholeBatch && _flows[0].Training)
        {
            Network.Layers[_stage.First].ForwardBatch(_flows[_stage.First], _rows, index);
            return;
        }
        var last = Math.Min(_rows, (index + 1) * _run);
        for (var first = index * _run; first < last; first += _chunk) Up(first, Math.Min(_chunk, last - first));
    }

    private void RunBack(int index)
    {
        if (Network.Layers[_stage.First].WholeBatch && _flows[0].Training)
        {
            Network.Layers[_stage.First].BackwardBatch(_flows[_stage.First], _rows, index);
            return;
        }
        var last = Math.Min(_rows, (index + 1) * _run);
        for (var first = index * _run; first < last; first += _chunk) Back(first, Math.Min(_chunk, last - first));
    }

    /// <summary>Up and back for a few rows at a time, while their values are in the cache.</summary>
    private void RunBoth(int index)
    {
        var last = Math.Min(_rows, (index + 1) * _run);
        for (var first = index * _run; first < last; first += _chunk)
        {
            Up(first, Math.Min(_chunk, last - first));
            Back(first, Math.Min(_chunk, last - first));
        }
    }

    private void Up(int first, int rows)
    {
        for (var i = _stage.First; i < _stage.End; i++) Network.Layers[i].Forward(_flows[i], first, rows);
        if (_stage.End == _flows.Length) AddLoss(first, rows);
    }

    private void Back(int first, int rows)
    {
        for (var i = _stage.End - 1; i >= _stage.First; i--) Network.Layers[i].Backward(_flows[i], first, rows);
    }

    private void AddLoss(int first, int rows)
    {
        var width = Network.PaddedClasses;
        Softmax.LossAndErrors(
            rows, Network.Classes, Logits.AsSpan(first * width), _targets.Span[(first * width)..],
            _weights.IsEmpty ? [] : _weights.Span[first..], _scale, LogitErrors.AsSpan(first * width),
            _rowLosses.AsSpan(first, rows));
    }

    private void RunGradient(int index)
    {
        var layer = 0;
        while (index >= _items[layer + 1]) layer++;
        Network.Layers[layer].AddGradient(_flows[layer], _rows, index - _items[layer]);
    }
}
