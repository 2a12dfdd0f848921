using PateSim.Core.Features;

namespace PateSim.Learning.Networks;

/// <summary>The mean cross-entropy of a network on records held out from training.</summary>
internal sealed class HeldOutLoss
{
    private const int Chunk = 128;

    private readonly NetworkWorkspace _workspace;
    private readonly FeatureMatrix _features;
    private readonly float[] _targets;
    private readonly int _width;

    public HeldOutLoss(NetworkShape shape, FeatureMatrix features, Targets targets, int[] rows)
    {
        _features = features.Select(rows);
        _width = targets.Width;
        _targets = new float[rows.Length * _width];
        for (var i = 0; i < rows.Length; i++) targets.Row(rows[i]).CopyTo(_targets.AsSpan(i * _width));
        _workspace = new NetworkWorkspace(shape, Math.Min(Chunk, rows.Length));
    }

    /// <summary>In nats.</summary>
    public double Of(float[] parameters)
    {
        var loss = 0.0;
        for (var first = 0; first < _features.Rows; first += _workspace.Capacity)
        {
            var rows = Math.Min(_workspace.Capacity, _features.Rows - first);
            var inputs = _features.Memory.Slice(first * _features.Columns, rows * _features.Columns);
            NetworkPass.Forward(_workspace, parameters, inputs, rows, 1);
            loss += Softmax.LossAndErrors(
                rows, _workspace.Shape.Classes, _workspace.Logits, _targets.AsSpan(first * _width), 1,
                _workspace.LogitErrors);
        }
        return loss / _features.Rows;
    }
}
