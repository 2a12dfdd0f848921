using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Neighbours;

/// <summary>The training records, asked for the nearest.</summary>
public sealed class NearestNeighboursClassifier : Classifier
{
    private readonly LabelledData _data;
    private readonly int _k;
    private readonly bool _byDistance;
    private readonly float[]? _weights;
    private readonly float[] _squares;

    internal NearestNeighboursClassifier(
        LabelledData data, int k, bool byDistance, float[]? weights, FitDiagnostics diagnostics)
        : base(data.Features.Columns, data.ClassCount, diagnostics)
    {
        (_data, _k, _byDistance, _weights) = (data, k, byDistance, weights);
        _squares = new float[data.Count];
        for (var i = 0; i < _squares.Length; i++)
            _squares[i] = VectorKernels.Dot(data.Features.Row(i), data.Features.Row(i));
    }

    private protected override void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        probabilities.Clear();
        var distances = new float[_data.Count];
        var sorted = new float[_data.Count];
        for (var row = 0; row < rows; row++)
        {
            var record = features.Row(first + row);
            Distances(record, distances);
            distances.CopyTo(sorted, 0);
            Array.Sort(sorted);
            Vote(distances, sorted[_k - 1], probabilities.Slice(row * ClassCount, ClassCount));
        }
    }

    /// <summary>Squared distances. ‖x‖² + ‖y‖² − 2xy loses the digits of near records, so these are taken again.</summary>
    private void Distances(ReadOnlySpan<float> record, float[] distances)
    {
        const float Near = 1e-3f;
        var square = VectorKernels.Dot(record, record);
        for (var i = 0; i < distances.Length; i++)
        {
            var other = _data.Features.Row(i);
            var sum = square + _squares[i];
            var distance = sum - 2 * VectorKernels.Dot(record, other);
            distances[i] = distance > Near * sum ? distance : Exact(record, other);
        }
    }

    private static float Exact(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var j = 0; j < a.Length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
        return sum;
    }

    private void Vote(float[] distances, float last, Span<float> result)
    {
        int nearer = 0, tied = 0;
        foreach (var distance in distances)
        {
            if (distance < last) nearer++;
            else if (distance == last) tied++;
        }
        // Those at the last distance share the places that are left.
        var share = (_k - nearer) / (float)tied;
        var touches = _byDistance && Array.IndexOf(distances, 0f) >= 0;
        Span<double> votes = stackalloc double[256];
        votes = ClassCount <= votes.Length ? votes[..ClassCount] : new double[ClassCount];
        votes.Clear();
        for (var i = 0; i < distances.Length; i++)
        {
            if (!(distances[i] <= last) || (touches && distances[i] != 0)) continue;
            var vote = distances[i] < last ? 1.0 : share;
            if (_byDistance && !touches) vote /= Math.Sqrt(distances[i]);
            var label = _data.Labels[i];
            votes[label] += _weights is null ? vote : vote * _weights[label];
        }
        var sum = 0.0;
        foreach (var vote in votes) sum += vote;
        for (var k = 0; k < result.Length; k++) result[k] = (float)(votes[k] / sum);
    }
}
