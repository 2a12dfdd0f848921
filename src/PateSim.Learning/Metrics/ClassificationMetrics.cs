namespace PateSim.Learning.Metrics;

/// <summary>Measures of a classifier's answers, each with a 95 % interval; pure functions of the confusion
/// matrix.</summary>
public static class ClassificationMetrics
{
    /// <summary>The share of records called what they are, with the exact interval of Clopper and Pearson.</summary>
    /// <returns>In [0, 1].</returns>
    public static Estimate Accuracy(ConfusionMatrix matrix) => Estimate.ExactShare(matrix.Agreements(), matrix.Total);

    /// <summary>The share of records on which a clone gives its victim's answer, with Wilson's interval.</summary>
    /// <param name="victim">Shape [n].</param>
    /// <param name="clone">Shape [n].</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentException">The lengths differ or are zero.</exception>
    public static Estimate Fidelity(ReadOnlySpan<int> victim, ReadOnlySpan<int> clone)
    {
        if (victim.Length != clone.Length)
            throw new ArgumentException($"{victim.Length} answers of the victim and {clone.Length} of the clone.");
        if (victim.IsEmpty) throw new ArgumentException("There is nothing to measure on: no record was given.");
        var same = 0;
        for (var i = 0; i < victim.Length; i++)
        {
            if (victim[i] == clone[i]) same++;
        }
        return Estimate.Share(same, victim.Length);
    }

    /// <summary>The mean over classes of the share of their records called right: (1/c′) Σₖ rₖ.</summary>
    /// <remarks>
    /// <para>Classes without a record are left out of the mean, as scikit-learn does; c′ counts the others.</para>
    /// <para>Interval: with [lₖ, uₖ] Wilson's interval of the recall rₖ, from B − (1/c′)√Σ(rₖ − lₖ)² to
    /// B + (1/c′)√Σ(uₖ − rₖ)². G. Y. Zou, A. Donner, Construction of confidence limits about effect measures,
    /// Statistics in
    /// Medicine 27, 2008, equations 3 and 4, after R. G. Newcombe 1998. Unlike the delta method it has width where a
    /// class was called right always or never.</para>
    /// </remarks>
    /// <returns>In [0, 1].</returns>
    public static Estimate BalancedAccuracy(ConfusionMatrix matrix)
    {
        double sum = 0, below = 0, above = 0;
        var present = 0;
        for (var k = 0; k < matrix.ClassCount; k++)
        {
            var count = matrix.TruthCount(k);
            if (count == 0) continue;
            var recall = Estimate.Share(matrix[k, k], count);
            present++;
            sum += recall.Value;
            below += (recall.Value - recall.Lower) * (recall.Value - recall.Lower);
            above += (recall.Upper - recall.Value) * (recall.Upper - recall.Value);
        }
        var value = sum / present;
        return new Estimate(
            value, Math.Max(0, value - Math.Sqrt(below) / present), Math.Min(1, value + Math.Sqrt(above) / present));
    }

    /// <summary>Cohen's κ = (pₒ − pₑ)/(1 − pₑ): agreement beyond that of chance.</summary>
    /// <remarks>
    /// <para>pₒ is the share of agreement, pₑ = Σ pₖ. p.ₖ that of two models with these frequencies that know nothing
    /// of
    /// each other. κ is 0 where one side always gives the same answer, also where both do (there 0/0).</para>
    /// <para>Interval: κ ± 1.96 s, cut at −1 and 1, s² the large-sample variance of J. L. Fleiss, J. Cohen and
    /// B. S. Everitt, Large sample standard errors of kappa and weighted kappa, Psychological Bulletin 72, 1969,
    /// equation 8.</para>
    /// </remarks>
    /// <returns>In [−1, 1].</returns>
    public static Estimate CohenKappa(ConfusionMatrix matrix)
    {
        var classes = matrix.ClassCount;
        double n = matrix.Total;
        Span<double> rows = new double[classes], columns = new double[classes];
        for (var k = 0; k < classes; k++)
            (rows[k], columns[k]) = (matrix.TruthCount(k) / n, matrix.PredictedCount(k) / n);
        double observed = matrix.Agreements() / n, chance = 0;
        for (var k = 0; k < classes; k++) chance += rows[k] * columns[k];
        if (rows.Contains(1) || columns.Contains(1)) return default;
        var kappa = (observed - chance) / (1 - chance);
        var rest = 1 - kappa;
        var sum = 0.0;
        for (var i = 0; i < classes; i++)
        {
            for (var j = 0; j < classes; j++)
            {
                var weight = i == j ? 1 - (rows[i] + columns[i]) * rest : (columns[i] + rows[j]) * rest;
                sum += matrix[i, j] / n * weight * weight;
            }
        }
        var offset = kappa - chance * rest;
        var variance = Math.Max(0, sum - offset * offset) / (n * (1 - chance) * (1 - chance));
        var half = Estimate.Quantile * Math.Sqrt(variance);
        return new Estimate(kappa, Math.Max(-1, kappa - half), Math.Min(1, kappa + half));
    }
}
