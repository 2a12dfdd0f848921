namespace PateSim.Data.Numerics;

/// <summary>Whole numbers in given proportions.</summary>
internal static class Proportions
{
    /// <summary>Part j is ⌊n·(w₁ + … + w_j)/W⌋ − ⌊n·(w₁ + … + w_{j−1})/W⌋, with W the sum of all weights.</summary>
    /// <param name="weights">Each ≥ 0, one of them positive.</param>
    /// <returns>Of sum n; 0 where the weight is 0.</returns>
    public static int[] Cut(double[] weights, int n)
    {
        // Summed in the order in which the cuts are, so that the last quotient is exactly 1.
        double total = 0, sum = 0;
        foreach (var weight in weights) total += weight;
        var parts = new int[weights.Length];
        var before = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            sum += weights[j];
            var cut = (int)Math.Floor(n * (sum / total));
            parts[j] = cut - before;
            before = cut;
        }
        return parts;
    }

    /// <summary>⌊n·w_j/W⌋ each; what is left goes to the last.</summary>
    public static int[] FloorAndRestToLast(double[] weights, int n)
    {
        var total = weights.Sum();
        var parts = Array.ConvertAll(weights, w => (int)Math.Floor(n * (w / total)));
        parts[^1] += n - parts.Sum();
        return parts;
    }

    /// <summary>⌊n·w_j/W⌋ each; what is left goes one by one to the largest fractional parts, the first of
    /// equals.</summary>
    public static int[] LargestRemainder(double[] weights, int n)
    {
        var total = weights.Sum();
        var exact = Array.ConvertAll(weights, w => n * (w / total));
        var parts = Array.ConvertAll(exact, e => (int)Math.Floor(e));
        var left = n - parts.Sum();
        foreach (var j in Enumerable.Range(0, parts.Length).OrderByDescending(j => exact[j] - parts[j]).Take(left))
            parts[j]++;
        return parts;
    }
}
