using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning.Numerics;
using PateSim.Learning.Optimisers;

namespace PateSim.Learning.Networks;

/// <summary>Trains a network by mini-batches: min mean ℓ + λ/2 ‖W‖². All buffers are made at construction: an epoch
/// allocates nothing.</summary>
/// <remarks>Each epoch visits the training rows in a new random order. Threads share rows and parameters, which changes no
/// bit.</remarks>
internal sealed class NetworkTrainer
{
    private const int UpdateBlock = 8192;

    private readonly FeatureMatrix _features;
    private readonly Targets _targets;
    private readonly int[] _order;
    private readonly int _batchSize;
    private readonly float _l2;
    private readonly NetworkWorkspace _workspace;
    private readonly IStepper _stepper;
    private readonly RandomStream _stream;
    private readonly float[] _inputs, _batchTargets, _batchWeights, _gradient;
    private readonly (int First, int Count, bool IsWeight)[] _blocks;
    private readonly WorkTeam _team;
    private readonly Action<int> _update;
    private int _steps;

    /// <param name="rows">Which records to train on; the trainer takes the array over.</param>
    /// <param name="key">Address of the initial weights, of the order of the records and of dropout.</param>
    public NetworkTrainer(
        Network network, FeatureMatrix features, Targets targets, int[] rows, int batchSize, StepRule rule, float l2,
        RandomKey key, WorkTeam team)
    {
        (Network, _features, _targets, _order, _l2, _team) = (network, features, targets, rows, l2, team);
        _batchSize = Math.Min(batchSize, rows.Length);
        _workspace = new NetworkWorkspace(network, _batchSize, dropout: key.Derive("dropout"));
        _stepper = rule.Make(network.ParameterCount);
        _stream = key.Derive("order").Open();
        _inputs = new float[_batchSize * features.Columns];
        _batchTargets = new float[_batchSize * targets.Width];
        _batchWeights = targets.Weights.IsEmpty ? [] : new float[_batchSize];
        _gradient = new float[network.ParameterCount];
        _blocks = [.. Blocks(network)];
        _update = Update;
        Parameters = network.Initialise(targets, rows, key.Derive("weights"));
    }

    public Network Network { get; }

    /// <summary>The parameters reached, shape [p].</summary>
    public float[] Parameters { get; }

    /// <summary>Mini-batches of an epoch.</summary>
    public int Steps => (_order.Length + _batchSize - 1) / _batchSize;

    /// <summary>One pass over the training rows.</summary>
    /// <returns>The mean loss over the pass, without the penalty, in nats; not finite when the fit exploded.</returns>
    public double Epoch(double learningRate)
    {
        _stream.Shuffle(_order.AsSpan());
        var loss = 0.0;
        for (var first = 0; first < _order.Length; first += _batchSize)
            loss += Step(first, Math.Min(_batchSize, _order.Length - first), learningRate);
        return loss / _order.Length;
    }

    private double Step(int first, int rows, double learningRate)
    {
        var columns = _features.Columns;
        for (var i = 0; i < rows; i++)
        {
            var row = _order[first + i];
            _features.Row(row).CopyTo(_inputs.AsSpan(i * columns));
            _targets.Row(row).CopyTo(_batchTargets.AsSpan(i * _targets.Width));
            if (_batchWeights.Length > 0) _batchWeights[i] = _targets.Weight(row);
        }
        var loss = _workspace.Pass(
            Parameters, _inputs, rows, _batchTargets, _batchWeights, 1f / rows, _gradient, _team, _steps++);
        _stepper.Begin(learningRate);
        _team.Run(_blocks.Length, _update);
        return loss;
    }

    /// <summary>The parameters in pieces of weights and of others.</summary>
    private static IEnumerable<(int First, int Count, bool IsWeight)> Blocks(Network network)
    {
        foreach (var layer in network.Layers)
        {
            var (first, count) = layer.Weights;
            for (var i = 0; i < count; i += UpdateBlock)
                yield return (first + i, Math.Min(UpdateBlock, count - i), true);
            var (rest, end) = (first + count, layer.Parameters + layer.ParameterCount);
            if (end > rest) yield return (rest, end - rest, false);
        }
    }

    private void Update(int block)
    {
        var (first, count, isWeight) = _blocks[block];
        var parameters = Parameters.AsSpan(first, count);
        var gradient = _gradient.AsSpan(first, count);
        if (isWeight && _l2 > 0) VectorKernels.AddScaled(gradient, _l2, parameters);
        _stepper.Step(parameters, gradient, first, isWeight);
        gradient.Clear();
    }
}
