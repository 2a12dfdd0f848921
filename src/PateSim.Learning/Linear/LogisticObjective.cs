using System.Runtime.InteropServices;
using PateSim.Core.Features;
using PateSim.Learning.Numerics;
using PateSim.Learning.Optimisers;

namespace PateSim.Learning.Linear;

/// <summary>
/// Two-class regression: F(w, b) = Σᵢ [ln(1 + e^zᵢ) − tᵢ zᵢ] + λ/2 ‖w‖², zᵢ = w·xᵢ + b, the intercept b unpenalised.
/// </summary>
/// <remarks>
/// One difference of logits stands for two classes. Parameters lie as the d weights, the intercept, and zeros up to a
/// whole number of vectors. Rows are summed in single precision inside fixed blocks and in double precision over them,
/// so that the thread count changes nothing.
/// </remarks>
internal sealed class LogisticObjective : IObjective
{
    private const int SmallestBlock = 512, MostBlocks = 64;

    private readonly FeatureMatrix _features;
    private readonly float[] _tails, _targets, _masks, _lastRows, _gradients;
    private readonly double[] _losses;
    private readonly int _whole, _threads;
    private readonly float _penalty;
    private readonly FixedBlocks _blocks;
    private readonly Action<int> _work;
    private readonly float[] _point;
    private readonly CurvatureMetric _metric;

    /// <param name="features">Shape [n, d].</param>
    /// <param name="targets">Shape [n]: probability of the second class.</param>
    /// <param name="weights">Shape [n], not negative; empty for 1 each.</param>
    /// <param name="penalty">λ ≥ 0.</param>
    public LogisticObjective(
        FeatureMatrix features, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, float penalty, int threads)
    {
        var (rows, columns) = (features.Rows, features.Columns);
        (_features, _penalty, _threads) = (features, penalty, threads);
        _whole = columns & ~(FloatMath.Lanes - 1);
        Dimension = _whole + FloatMath.Lanes;
        _blocks = FixedBlocks.Over(rows, SmallestBlock, MostBlocks);
        var padded = FloatMath.Pad(rows);
        _tails = new float[padded * FloatMath.Lanes];
        _targets = new float[padded];
        _masks = new float[padded];
        targets.CopyTo(_targets);
        if (weights.IsEmpty) _masks.AsSpan(0, rows).Fill(1);
        else weights.CopyTo(_masks);
        var values = features.Values;
        var tail = columns - _whole;
        for (var row = 0; row < rows; row++)
        {
            var slot = _tails.AsSpan(row * FloatMath.Lanes, FloatMath.Lanes);
            for (var j = 0; j < tail; j++) slot[j] = values[row * columns + _whole + j];
            slot[tail] = 1;
        }
        // The last group of eight is read from a padded copy, so that no read leaves the matrix.
        var complete = rows & ~(FloatMath.Lanes - 1);
        _lastRows = rows == complete ? [] : new float[FloatMath.Lanes * Math.Max(1, _whole)];
        for (var row = complete; row < rows; row++)
            values.Slice(row * columns, _whole).CopyTo(_lastRows.AsSpan((row - complete) * _whole));
        _gradients = new float[_blocks.Count * Dimension];
        _losses = new double[_blocks.Count];
        _point = new float[Dimension];
        _work = EvaluateBlock;
        // p(1 − p) = ¼ at the start, where all weights are zero.
        _metric = new CurvatureMetric(features, 0.25f, penalty, threads);
    }

    public int Dimension { get; }

    /// <summary>Index of the intercept among the parameters.</summary>
    public int Intercept => _features.Columns;

    public double Evaluate(ReadOnlySpan<float> point, Span<float> gradient)
    {
        point.CopyTo(_point);
        FixedBlocks.Run(_blocks.Count, _threads, _work);
        var loss = 0.0;
        foreach (var part in _losses) loss += part;
        var square = 0.0;
        for (var j = 0; j < gradient.Length; j++)
        {
            double sum = _gradients[j];
            for (var block = 1; block < _blocks.Count; block++) sum += _gradients[block * Dimension + j];
            if (j < Intercept)
            {
                sum += (double)_penalty * point[j];
                square += (double)point[j] * point[j];
            }
            gradient[j] = (float)sum;
        }
        gradient[(Intercept + 1)..].Clear();
        return loss + 0.5 * _penalty * square;
    }

    public void Precondition(Span<float> vector) => _metric.Solve(vector);

    private void EvaluateBlock(int block)
    {
        var (start, length) = (_blocks.Start(block), _blocks.Length(block));
        var gradient = _gradients.AsSpan(block * Dimension, Dimension);
        gradient.Clear();
        var groups = length / FloatMath.Lanes;
        var loss = 0.0;
        if (groups > 0)
        {
            loss += LogisticRows.Accumulate(
                groups, ref MemoryMarshal.GetReference(_features.Values[(start * _features.Columns)..]),
                _features.Columns, _whole, _tails.AsSpan(start * FloatMath.Lanes), _targets.AsSpan(start),
                _masks.AsSpan(start), _point, gradient);
        }
        var done = start + groups * FloatMath.Lanes;
        if (done < start + length)
        {
            loss += LogisticRows.Accumulate(
                1, ref MemoryMarshal.GetReference(_lastRows.AsSpan()), _whole, _whole,
                _tails.AsSpan(done * FloatMath.Lanes), _targets.AsSpan(done), _masks.AsSpan(done), _point, gradient);
        }
        _losses[block] = loss;
    }
}
