using System.Collections.Immutable;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Exact;

/// <summary>
/// What one release costs the hospitals that voted for each class: the Rényi divergence, the larger of both directions,
/// to the worst ensemble in which that hospital alone had voted otherwise.
/// </summary>
/// <remarks>Discrete Gaussian noise has no closed form here: every hospital is charged the worst case of any votes, which
/// is never less. Private.</remarks>
public static class IndividualCosts
{
    /// <summary>The costs of one noisy argmax.</summary>
    /// <param name="law">Any law.</param>
    /// <param name="noiseScale">b or σ ≥ 0, in votes.</param>
    /// <param name="counts">n, shape [m].</param>
    /// <param name="orders">a &gt; 1, shape [r].</param>
    /// <returns>Nats, shape [m, r] row-major; 0 for classes without a voter, ∞ without noise.</returns>
    public static ImmutableArray<double> OfAnswer(
        NoiseLaw law, double noiseScale, ReadOnlySpan<int> counts, ReadOnlySpan<double> orders)
    {
        var worst = new ReleaseKind(false, law, noiseScale);
        if (noiseScale == 0 || law == NoiseLaw.DiscreteGaussian) return Uniform(worst, counts, orders);
        var neighbours = new NeighbourRenyi(law, noiseScale, counts, Adjacency.HospitalReplaced);
        var costs = new double[counts.Length * orders.Length];
        for (var j = 0; j < counts.Length; j++)
        {
            for (var a = 0; counts[j] > 0 && a < orders.Length; a++)
                costs[j * orders.Length + a] = neighbours.CostOfVoter(j, orders[a]);
        }
        return [.. costs];
    }

    /// <summary>The costs of one threshold check of the largest score.</summary>
    /// <param name="check">Law, noise and threshold.</param>
    /// <param name="studentProbabilities">p, shape [m]; empty where the score is the largest count.</param>
    /// <inheritdoc cref="OfAnswer" path="/returns"/>
    public static ImmutableArray<double> OfCheck(
        NoisyThresholdEvent check, ReadOnlySpan<int> counts, ReadOnlySpan<double> studentProbabilities,
        ReadOnlySpan<double> orders)
    {
        var worst = new ReleaseKind(true, check.Law, check.NoiseScale);
        if (check.NoiseScale == 0 || check.Law != NoiseLaw.Gaussian) return Uniform(worst, counts, orders);
        var costs = new double[counts.Length * orders.Length];
        var here = Score(counts, studentProbabilities);
        int[] moved = [.. counts];
        for (var from = 0; from < counts.Length; from++)
        {
            if (counts[from] == 0) continue;
            var (lower, higher) = (false, false);
            for (var to = 0; to < counts.Length; to++)
            {
                if (to == from) continue;
                (moved[from], moved[to]) = (moved[from] - 1, moved[to] + 1);
                var there = Score(moved, studentProbabilities);
                (moved[from], moved[to]) = (moved[from] + 1, moved[to] - 1);
                (lower, higher) = (lower || there < here, higher || there > here);
            }
            // A score moves by one at most; where it cannot move, the outcome says nothing about this hospital.
            if (!lower && !higher) continue;
            var (lowest, highest) = (lower ? here - 1 : here, higher ? here + 1 : here);
            for (var a = 0; a < orders.Length; a++)
            {
                var (forward, reverse) = ThresholdRenyi.Exact(
                    check.Threshold, check.NoiseScale, orders[a], here, lowest, highest);
                costs[from * orders.Length + a] = Math.Max(forward, reverse);
            }
        }
        return [.. costs];
    }

    private static double Score(ReadOnlySpan<int> counts, ReadOnlySpan<double> studentProbabilities) =>
        studentProbabilities.IsEmpty
            ? counts[Argmax.Of(counts)]
            : InteractiveArgmax.Score(counts, studentProbabilities);

    private static ImmutableArray<double> Uniform(
        ReleaseKind kind, ReadOnlySpan<int> counts, ReadOnlySpan<double> orders)
    {
        var costs = new double[counts.Length * orders.Length];
        for (var j = 0; j < counts.Length; j++)
        {
            for (var a = 0; counts[j] > 0 && a < orders.Length; a++)
                costs[j * orders.Length + a] =
                    RenyiCost.DataIndependent(kind, Adjacency.HospitalReplaced, orders[a]);
        }
        return [.. costs];
    }
}
