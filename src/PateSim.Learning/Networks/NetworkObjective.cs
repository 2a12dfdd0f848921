using PateSim.Core.Features;
using PateSim.Learning.Networks.Layers;
using PateSim.Learning.Numerics;
using PateSim.Learning.Optimisers;

namespace PateSim.Learning.Networks;

/// <summary>The whole-data loss of softmax regression, a network of one layer with one weight vector for each class:
/// Σᵢ ℓ(xᵢ, tᵢ) + λ/2 ‖W‖², biases unpenalised. It is convex.</summary>
internal sealed class NetworkObjective : IObjective
{
    private const int SmallestBlock = 512, MostBlocks = 32, Chunk = 128;

    private readonly Network _network;
    private readonly FeatureMatrix _features;
    private readonly Targets _targets;
    private readonly float _penalty;
    private readonly int _threads;
    private readonly FixedBlocks _blocks;
    private readonly NetworkWorkspace[] _workspaces;
    private readonly float[] _point, _gradients, _unit;
    private readonly CurvatureMetric _metric;
    private readonly double[] _losses;
    private readonly Action<int> _work;

    public NetworkObjective(Network network, FeatureMatrix features, Targets targets, float penalty, int threads)
    {
        (_network, _features, _targets, _penalty, _threads) = (network, features, targets, penalty, threads);
        _blocks = FixedBlocks.Over(features.Rows, SmallestBlock, MostBlocks);
        _workspaces = new NetworkWorkspace[_blocks.Count];
        for (var i = 0; i < _workspaces.Length; i++)
            _workspaces[i] = new NetworkWorkspace(network, Math.Min(Chunk, _blocks.BlockRows));
        _point = new float[Dimension];
        _gradients = new float[_blocks.Count * Dimension];
        _losses = new double[_blocks.Count];
        _work = EvaluateBlock;
        // p(1 − p) with equal probabilities, as at the start of a regression.
        var spread = (float)(network.Classes - 1) / (network.Classes * network.Classes);
        _metric = new CurvatureMetric(features, spread, penalty, threads);
        _unit = new float[_metric.Dimension];
    }

    public int Dimension => _network.ParameterCount;

    private DenseLayer Layer => _network.Output;

    public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
    {
        point.CopyTo(_point);
        FixedBlocks.Run(_blocks.Count, _threads, _work);
        var loss = 0.0;
        foreach (var part in _losses) loss += part;
        for (var j = 0; j < gradient.Length; j++)
        {
            double sum = _gradients[j];
            for (var block = 1; block < _blocks.Count; block++) sum += _gradients[block * Dimension + j];
            gradient[j] = (float)sum;
        }
        var weights = point.Slice(Layer.Parameters, Layer.WeightCount);
        VectorKernels.AddScaled(gradient.Slice(Layer.Parameters, Layer.WeightCount), _penalty, weights);
        loss += 0.5 * _penalty * VectorKernels.Dot(weights, weights);
        return loss;
    }

    /// <summary>The same metric for each unit.</summary>
    public void Precondition(Span<float> vector)
    {
        var layer = Layer;
        for (var output = 0; output < layer.Outputs; output++)
        {
            for (var input = 0; input < layer.Inputs; input++) _unit[input] = vector[layer.WeightIndex(input, output)];
            _unit[layer.Inputs] = vector[layer.Biases + output];
            _metric.Solve(_unit);
            for (var input = 0; input < layer.Inputs; input++) vector[layer.WeightIndex(input, output)] = _unit[input];
            vector[layer.Biases + output] = _unit[layer.Inputs];
        }
    }

    private void EvaluateBlock(int block)
    {
        var workspace = _workspaces[block];
        var gradient = _gradients.AsMemory(block * Dimension, Dimension);
        gradient.Span.Clear();
        var (start, end) = (_blocks.Start(block), _blocks.Start(block) + _blocks.Length(block));
        var loss = 0.0;
        for (var row = start; row < end; row += workspace.Capacity)
        {
            var rows = Math.Min(workspace.Capacity, end - row);
            var inputs = _features.Memory.Slice(row * _features.Columns, rows * _features.Columns);
            loss += workspace.Pass(
                _point, inputs, rows, _targets.Values[(row * _targets.Width)..],
                _targets.Weights.IsEmpty ? default : _targets.Weights[row..], 1, gradient, WorkTeam.Alone);
        }
        _losses[block] = loss;
    }
}
