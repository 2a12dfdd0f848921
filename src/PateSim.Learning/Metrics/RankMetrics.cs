namespace PateSim.Learning.Metrics;

/// <summary>How well probabilities put the records of a class above the others.</summary>
/// <remarks>
/// <para>The area under the ROC curve of a class is the probability that a record of the class has a larger probability of
/// it than a record of another class, ties counting half: A = (1/mn) Σᵢ Σⱼ [xᵢ &gt; yⱼ] + ½[xᵢ = yⱼ], x over the m records
/// inside and y over the n outside. Two classes have one area. For more, each class that has records inside and outside is
/// set against the rest and the plain mean is taken (scikit-learn's multi_class="ovr", average="macro").</para>
/// <para>Interval: ± 1.96 s, cut at 0 and 1. Two classes: s² = S₁₀/m + S₀₁/n of E. R. DeLong, D. M. DeLong and D. L.
/// Clarke-Pearson, Comparing the areas under two or more correlated receiver operating characteristic curves, Biometrics
/// 44, 1988, from mid-ranks as by X. Sun and W. Xu, IEEE Signal Processing Letters 21, 2014. More classes: the same
/// components, summed for each record over the classes, and s² the sum of their squares (infinitesimal jackknife), since
/// the areas share their records. With one record inside or outside nothing is known: the interval is all of [0, 1]. Where
/// the classes do not overlap at all it has no width.</para>
/// </remarks>
public static class RankMetrics
{
    /// <summary>The area under the ROC curve.</summary>
    /// <param name="probabilities">Shape [n, c], row-major.</param>
    /// <param name="truth">Shape [n], classes 0 to c − 1.</param>
    /// <returns>In [0, 1]; null where no class has records inside and outside.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a probability is not a number.</exception>
    public static Estimate? Auroc(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> truth, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (probabilities.Length != (long)truth.Length * classCount)
        {
            throw new ArgumentException(
                $"{probabilities.Length} probabilities for {truth.Length} records of {classCount} classes.");
        }
        var influence = new double[truth.Length];
        var (sum, classes, isThin) = (0.0, 0, false);
        var scores = new float[truth.Length];
        var inside = new bool[truth.Length];
        for (var k = classCount == 2 ? 1 : 0; k < classCount; k++)
        {
            var members = 0;
            for (var i = 0; i < truth.Length; i++)
            {
                scores[i] = probabilities[i * classCount + k];
                if (float.IsNaN(scores[i])) throw new ArgumentException($"The probability of record {i} is no number.");
                inside[i] = truth[i] == k;
                if (inside[i]) members++;
            }
            var others = truth.Length - members;
            if (members == 0 || others == 0) continue;
            classes++;
            isThin |= members == 1 || others == 1;
            sum += Area(scores, inside, members, classCount == 2, influence);
        }
        if (classes == 0) return null;
        var value = sum / classes;
        if (isThin) return new Estimate(value, 0, 1);
        var variance = 0.0;
        foreach (var part in influence) variance += part * part;
        return Estimate.Within(value, Estimate.Quantile * Math.Sqrt(variance) / classes);
    }

    /// <summary>Adds each record's part in the deviation of the area; returns the area.</summary>
    /// <param name="unbiased">Whether the squares shall sum to DeLong's variance, with m − 1 and n − 1.</param>
    private static double Area(float[] scores, bool[] inside, int members, bool unbiased, double[] influence)
    {
        double others = scores.Length - members;
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort((float[])scores.Clone(), order);
        // For each record the others' share below it, ties half: DeLong's components V₁₀ inside and 1 − V₀₁ outside.
        var below = new double[scores.Length];
        var (insideBefore, outsideBefore) = (0, 0);
        for (var start = 0; start < order.Length;)
        {
            var (end, tiedInside) = (start, 0);
            while (end < order.Length && scores[order[end]] == scores[order[start]])
            {
                if (inside[order[end]]) tiedInside++;
                end++;
            }
            var tiedOutside = end - start - tiedInside;
            for (var i = start; i < end; i++)
            {
                below[order[i]] = inside[order[i]]
                    ? (outsideBefore + 0.5 * tiedOutside) / others
                    : (insideBefore + 0.5 * tiedInside) / members;
            }
            insideBefore += tiedInside;
            outsideBefore += tiedOutside;
            start = end;
        }
        var area = 0.0;
        for (var i = 0; i < below.Length; i++)
        {
            if (inside[i]) area += below[i];
        }
        area /= members;
        var (insideScale, outsideScale) = unbiased
            ? (Math.Sqrt(members * (members - 1.0)), Math.Sqrt(others * (others - 1)))
            : (members, others);
        for (var i = 0; i < below.Length; i++)
            influence[i] += inside[i] ? (below[i] - area) / insideScale : (1 - below[i] - area) / outsideScale;
        return area;
    }
}
