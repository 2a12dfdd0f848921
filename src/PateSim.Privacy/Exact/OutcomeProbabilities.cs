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
    private const double MostPoints = 3e6;
    private const double MostWork = 3e9;

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
        var points = QuadratureGrid.Points(noise, counts);
        // A point costs 3m densities, and for each neighbour an addition to its sum; each of m classes has its points.
        var work = points * m * (30.0 * m + 10.0 * changes.Count);
        if (!(points <= MostPoints && work <= MostWork))
            throw new NotSupportedException(FormattableString.Invariant(
                $"Exact outcome probabilities of {m} classes at scale {noiseScale:R} would need {points:G4} points for each ")
                + FormattableString.Invariant($"class and {work:G4} steps; at most {MostPoints:G4} and {MostWork:G4} are made."));
        var logCdf = new double[3 * m];
        var (highest, sums) = (new double[result.Length], new double[result.Length]);
        for (var j = 0; j < m; j++)
        {
            Array.Fill(highest, double.NegativeInfinity);
            Array.Clear(sums);
            foreach (var (x, logWeight) in QuadratureGrid.For(noise, counts, j))
            {
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
                Add(0, sum);
                for (var c = 0; c < changes.Count; c++)
                {
                    var (from, to) = changes[c];
                    var changed = sum;
                    if (from >= 0) changed += logCdf[3 * from] - logCdf[3 * from + 1];
                    if (to >= 0) changed += logCdf[3 * to + 2] - logCdf[3 * to + 1];
                    Add(c + 1, changed);
                }
            }
            for (var c = 0; c < result.Length; c++) result[c][j] = highest[c] + Math.Log(sums[c]);
        }
        foreach (var probabilities in result) Normalise(probabilities);
        return result;

        // Σ e^term as e^highest · sum, so that nothing underflows and no term is kept.
        void Add(int c, double term)
        {
            if (double.IsNegativeInfinity(term)) return;
            if (term > highest[c])
            {
                sums[c] *= Math.Exp(highest[c] - term);
                highest[c] = term;
            }
            sums[c] += Math.Exp(term - highest[c]);
        }
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
