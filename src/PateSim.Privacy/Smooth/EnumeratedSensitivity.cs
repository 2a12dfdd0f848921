using PateSim.Privacy.Events;

namespace PateSim.Privacy.Smooth;

/// <summary>Exact local sensitivity for few classes, by enumerating every ensemble of the same size.</summary>
public static class EnumeratedSensitivity
{
    /// <summary>Ensembles that are enumerated at most.</summary>
    public const long Limit = 2_000_000;

    /// <summary>
    /// max LS(h) over all histograms h at most d moved votes away, shape [M] for d = 0, …, M−1, where
    /// LS(h) = max |cost(h) − cost(h′)| over the h′ one moved vote away.
    /// </summary>
    /// <param name="cost">A symmetric function of the histogram: it is asked for sorted histograms only.</param>
    /// <exception cref="ArgumentException">There are more than <see cref="Limit"/> ensembles.</exception>
    public static double[] WithinDistances(ReadOnlySpan<int> counts, Func<int[], double> cost)
    {
        var total = PrivateVotes.Check(counts);
        var m = counts.Length;
        var ensembles = Ensembles(total, m);
        if (ensembles > Limit)
            throw new ArgumentException(
                $"{total} teachers and {m} classes give {ensembles:R} ensembles; the limit is {Limit}.",
                nameof(counts));
        var known = new Dictionary<string, double>(StringComparer.Ordinal);
        var result = new double[total];
        var origin = counts.ToArray();
        foreach (var histogram in Histograms(total, m))
        {
            var here = Cost(histogram);
            var local = 0.0;
            for (var from = 0; from < m; from++)
            {
                if (histogram[from] == 0) continue;
                for (var to = 0; to < m; to++)
                {
                    if (to == from) continue;
                    histogram[from]--;
                    histogram[to]++;
                    local = Math.Max(local, Math.Abs(Cost(histogram) - here));
                    histogram[from]++;
                    histogram[to]--;
                }
            }
            var distance = 0;
            for (var j = 0; j < m; j++) distance += Math.Max(0, histogram[j] - origin[j]);
            if (distance < total) result[distance] = Math.Max(result[distance], local);
        }
        for (var d = 1; d < total; d++) result[d] = Math.Max(result[d], result[d - 1]);
        return result;

        double Cost(int[] histogram)
        {
            var sorted = (int[])histogram.Clone();
            Array.Sort(sorted, (a, b) => b.CompareTo(a));
            var key = string.Join(',', sorted);
            if (!known.TryGetValue(key, out var value)) known[key] = value = cost(sorted);
            return value;
        }
    }

    /// <summary>How many histograms of so many votes and classes there are: (M+m−1 choose m−1).</summary>
    public static double Ensembles(long total, int classCount)
    {
        var ensembles = 1.0;
        for (var i = 1; i < classCount; i++) ensembles = ensembles * (total + i) / i;
        return ensembles;
    }

    private static IEnumerable<int[]> Histograms(int total, int classes)
    {
        var histogram = new int[classes];
        return Fill(0, total);

        IEnumerable<int[]> Fill(int index, int left)
        {
            if (index == classes - 1)
            {
                histogram[index] = left;
                yield return histogram;
                yield break;
            }
            for (var votes = 0; votes <= left; votes++)
            {
                histogram[index] = votes;
                foreach (var filled in Fill(index + 1, left - votes))
                {
                    histogram[index] = votes;
                    yield return filled;
                }
            }
        }
    }
}
