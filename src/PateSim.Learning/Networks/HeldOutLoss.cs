using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>The mean cross-entropy of a network on records held out from training.</summary>
internal sealed class HeldOutLoss
{
    private const int Chunk = 128;

    private readonly NetworkWorkspace _workspace;
    private readonly FeatureMatrix _features;
    private readonly float[] _targets, _weights, _errors;
    private readonly double[] _losses;
    private readonly int _width;
    private readonly double _total;

    public HeldOutLoss(Network network, FeatureMatrix features, Targets targets, int[] rows)
    {
        _features = features.Select(rows);
        _width = targets.Width;
        _targets = new float[rows.Length * _width];
        for (var i = 0; i < rows.Length; i++) targets.Row(rows[i]).CopyTo(_targets.AsSpan(i * _width));
        _weights = targets.Weights.IsEmpty ? [] : Array.ConvertAll(rows, targets.Weight);
        foreach (var row in rows) _total += targets.Weight(row);
        _workspace = new NetworkWorkspace(network, Math.Min(Chunk, rows.Length), backward: false);
        _losses = new double[_workspace.Capacity];
        _errors = new float[_workspace.Capacity * FloatMath.Pad(network.Classes)];
    }

    /// <summary>In nats.</summary>
    public double Of(float[] parameters)
    {
        var loss = 0.0;
        for (var first = 0; first < _features.Rows; first += _workspace.Capacity)
        {
            var rows = Math.Min(_workspace.Capacity, _features.Rows - first);
            var inputs = _features.Memory.Slice(first * _features.Columns, rows * _features.Columns);
            _workspace.Forward(parameters, inputs, rows);
            Softmax.LossAndErrors(
                rows, _workspace.Network.Classes, _workspace.Logits, _targets.AsSpan(first * _width),
                _weights.Length == 0 ? [] : _weights.AsSpan(first), 1, _errors, _losses);
            var part = 0.0;
            for (var row = 0; row < rows; row++) part += _losses[row];
            loss += part;
        }
        return _total > 0 ? loss / _total : 0;
    }
}
