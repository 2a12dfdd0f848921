using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Exact;

/// <summary>Exact probabilities of each answer of a noisy argmax, for a histogram and its one-vote
/// neighbours.</summary>
/// <remarks>Cost for m classes: m one-dimensional integrals for the histogram and m² (m−1) sums for all neighbours, on
/// shared points. Discrete laws are summed exactly, continuous ones integrated.</remarks>
public static class OutcomeProbabilities
{
    /// <summary>ln Pr[answer = j], shape [m]; ties go to the lowest class.</summary>
    /// <param name="noiseScale">b or σ, in votes; &gt; 0.</param>
    public static double[] Log(NoiseLaw law, double noiseScale, ReadOnlySpan<int> counts) =>
        WithNeighbours(law, noiseScale, counts, [])[0];

    /// <summary>ln Pr[answer ≠ plurality].</summary>
    public static double LogQ(ReadOnlySpan<double> logProbabilities, ReadOnlySpan<int> counts)
    {
        var (winner, sum) = (Argmax.Of(counts), double.NegativeInfinity);
        for (var j = 0; j < counts.Length; j++)
        {
            if (j != winner) sum = LogSpace.Add(sum, logProbabilities[j]);
        }
        return sum;
    }

    /// <summary>ln Pr of every answer under the histogram (first) and under each change of it.</summary>
    /// <param name="changes">Each takes one vote From a class and gives one To a class; −1 for none.</param>
    internal static double[][] WithNeighbours(
        NoiseLaw law, double noiseScale, ReadOnlySpan<int> counts, IReadOnlyList<(int From, int To)> changes)
    {
        if (!(noiseScale > 0) || double.IsInfinity(noiseScale))
            throw new ArgumentOutOfRangeException(nameof(noiseScale), noiseScale, "The scale is a number above 0.");
        PrivateVotes.Check(counts);
        var noise = new NoiseDensity(law, noiseScale);
        var m = counts.Length;
        var result = new double[changes.Count + 1][];
        for (var c = 0; c < result.Length; c++) result[c] = new double[m];
        var logCdf = new double[3 * m];
        var terms = new double[changes.Count + 1][];
        for (var j = 0; j < m; j++)
        {
            var grid = QuadratureGrid.For(noise, counts, j);
            for (var c = 0; c < terms.Length; c++) terms[c] = new double[grid.Count];
            for (var g = 0; g < grid.Count; g++)
            {
                var (x, logWeight) = grid[g];
                var sum = logWeight;
                for (var i = 0; i < m; i++)
                {
                    // A lower class wins ties, so a lower rival must stay strictly below.
                    var rivalMaximum = noise.IsDiscrete && i < j ? x - 1 : x;
                    for (var shift = -1; shift <= 1; shift++)
                    {
                        logCdf[3 * i + shift + 1] = i == j
                            ? noise.LogDensity(x - counts[i] - shift)
                            : noise.LogCdf(rivalMaximum - counts[i] - shift);
                    }
                    sum += logCdf[3 * i + 1];
                }
                terms[0][g] = sum;
                for (var c = 0; c < changes.Count; c++)
                {
                    var (from, to) = changes[c];
                    var changed = sum;
                    if (from >= 0) changed += logCdf[3 * from] - logCdf[3 * from + 1];
                    if (to >= 0) changed += logCdf[3 * to + 2] - logCdf[3 * to + 1];
                    terms[c + 1][g] = changed;
                }
            }
            for (var c = 0; c < terms.Length; c++) result[c][j] = LogSum(terms[c]);
        }
        foreach (var probabilities in result) Normalise(probabilities);
        return result;
    }

    private static double LogSum(double[] terms)
    {
        var high = double.NegativeInfinity;
        foreach (var term in terms) high = Math.Max(high, term);
        if (double.IsNegativeInfinity(high)) return high;
        var sum = 0.0;
        foreach (var term in terms) sum += Math.Exp(term - high);
        return high + Math.Log(sum);
    }

    // The likeliest outcome is 1 minus the others: near 1 its logarithm has no digits of its own.
    private static void Normalise(double[] logProbabilities)
    {
        var likeliest = Argmax.Of(logProbabilities);
        var rest = double.NegativeInfinity;
        for (var j = 0; j < logProbabilities.Length; j++)
        {
            if (j != likeliest) rest = LogSpace.Add(rest, logProbabilities[j]);
        }
        if (rest < 0) logProbabilities[likeliest] = LogSpace.Log1MExp(rest);
    }
}
