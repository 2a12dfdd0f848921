using PateSim.Privacy.Events;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Exact;

/// <summary>
/// The exact Rényi cost of one noisy argmax: the largest divergence to any ensemble one teacher away, by
/// quadrature instead of a bound.
/// </summary>
/// <remarks>Forward is D_a(M(D)‖M(D′)), what Theorem 6 bounds; reverse is D_a(M(D′)‖M(D)), which can exceed that bound
/// and is covered by the cost of D′. Both are private.</remarks>
public sealed class NeighbourRenyi
{
    private readonly List<(int From, int To)> _changes;
    private readonly double[][] _logProbabilities;

    /// <param name="noiseScale">b or σ &gt; 0, in votes.</param>
    /// <param name="adjacency">One teacher touched.</param>
    /// <exception cref="ArgumentException">More than one teacher is touched.</exception>
    public NeighbourRenyi(NoiseLaw law, double noiseScale, ReadOnlySpan<int> counts, Adjacency adjacency)
    {
        if (adjacency.TeachersTouched != 1)
            throw new ArgumentException(
                $"The exact cost looks at neighbours one vote away, not {adjacency}.", nameof(adjacency));
        _changes = Changes(counts, adjacency.MovesVotes);
        _logProbabilities = OutcomeProbabilities.WithNeighbours(law, noiseScale, counts, _changes);
    }

    /// <summary>ln Pr[answer = j] for the ensemble itself, shape [m].</summary>
    public ReadOnlySpan<double> LogProbabilities => _logProbabilities[0];

    /// <summary>The largest |ln(Pr[j]/Pr′[j])| over all answers and neighbours: the pure ε that this ensemble shows.
    /// </summary>
    public double LargestLogRatio
    {
        get
        {
            var largest = 0.0;
            foreach (var neighbour in _logProbabilities.AsSpan(1))
            {
                for (var j = 0; j < neighbour.Length; j++)
                    largest = Math.Max(largest, Math.Abs(neighbour[j] - _logProbabilities[0][j]));
            }
            return largest;
        }
    }

    /// <summary>max D_a(M(D)‖M(D′)) over the neighbours, in nats.</summary>
    public double Forward(double order)
    {
        var largest = 0.0;
        foreach (var neighbour in _logProbabilities.AsSpan(1))
            largest = Math.Max(largest, OutcomeRenyi.Divergence(_logProbabilities[0], neighbour, order));
        return largest;
    }

    /// <summary>max D_a(M(D′)‖M(D)) over the neighbours, in nats.</summary>
    public double Reverse(double order)
    {
        var largest = 0.0;
        foreach (var neighbour in _logProbabilities.AsSpan(1))
            largest = Math.Max(largest, OutcomeRenyi.Divergence(neighbour, _logProbabilities[0], order));
        return largest;
    }

    /// <summary>The larger of both directions over the changes that one voter of the class can make.</summary>
    public double CostOfVoter(int votedClass, double order)
    {
        var largest = 0.0;
        for (var c = 0; c < _changes.Count; c++)
        {
            if (_changes[c].From != votedClass) continue;
            var (here, there) = (_logProbabilities[0], _logProbabilities[c + 1]);
            largest = Math.Max(largest, Math.Max(
                OutcomeRenyi.Divergence(here, there, order), OutcomeRenyi.Divergence(there, here, order)));
        }
        return largest;
    }

    private static List<(int From, int To)> Changes(ReadOnlySpan<int> counts, bool moves)
    {
        var changes = new List<(int, int)>();
        for (var from = 0; from < counts.Length; from++)
        {
            if (!moves) changes.Add((-1, from));
            if (counts[from] == 0) continue;
            if (!moves) changes.Add((from, -1));
            for (var to = 0; moves && to < counts.Length; to++)
            {
                if (to != from) changes.Add((from, to));
            }
        }
        return changes;
    }
}
