using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning.Numerics;
using PateSim.Learning.Optimisers;

namespace PateSim.Learning.Networks;

/// <summary>Trains a network by mini-batches: min mean ℓ + λ/2 ‖W‖². All buffers are made at construction.</summary>
/// <remarks>Each epoch visits the training rows in a new random order. Threads share the rows of large products only,
/// which changes no bit.</remarks>
internal sealed class NetworkTrainer
{
    private readonly NetworkShape _shape;
    private readonly FeatureMatrix _features;
    private readonly Targets _targets;
    private readonly int[] _order;
    private readonly int _batchSize, _threads;
    private readonly float _l2;
    private readonly NetworkWorkspace _workspace;
    private readonly Adam _adam;
    private readonly RandomStream _stream;
    private readonly float[] _inputs, _batchTargets, _gradient;

    /// <param name="rows">Which records to train on; the trainer takes the array over.</param>
    /// <param name="key">Address of the initial weights and of the order of the records.</param>
    public NetworkTrainer(
        NetworkShape shape, FeatureMatrix features, Targets targets, int[] rows, int batchSize, float l2, RandomKey key,
        int threads)
    {
        (_shape, _features, _targets, _order, _l2, _threads) = (shape, features, targets, rows, l2, threads);
        _batchSize = Math.Min(batchSize, rows.Length);
        _workspace = new NetworkWorkspace(shape, _batchSize);
        _adam = new Adam(shape.ParameterCount);
        _stream = key.Derive("order").Open();
        _inputs = new float[_batchSize * features.Columns];
        _batchTargets = new float[_batchSize * targets.Width];
        _gradient = new float[shape.ParameterCount];
        Parameters = NetworkInitialisation.Draw(shape, targets, rows, key.Derive("weights"));
    }

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
        }
        _gradient.AsSpan().Clear();
        NetworkPass.Forward(_workspace, Parameters, _inputs, rows, _threads);
        var loss = Softmax.LossAndErrors(
            rows, _shape.Classes, _workspace.Logits, _batchTargets, 1f / rows, _workspace.LogitErrors);
        NetworkPass.Backward(_workspace, Parameters, _inputs, rows, _gradient, default, _threads);
        foreach (var layer in _shape.Layers)
        {
            VectorKernels.AddScaled(
                _gradient.AsSpan(layer.Weights, layer.WeightCount), _l2,
                Parameters.AsSpan(layer.Weights, layer.WeightCount));
        }
        _adam.Step(Parameters, _gradient, learningRate);
        return loss;
    }
}
