namespace PateSim.Learning.Metrics;

/// <summary>Precision, recall and F1 of one class.</summary>
/// <param name="Precision">Of the records called so, the share that are; 0 where none is called so. Exact interval.</param>
/// <param name="Recall">Of the records that are, the share called so; 0 where there is none. Exact interval.</param>
/// <param name="F1">2 nₖₖ/(nₖ. + n.ₖ), 0 where the class occurs on neither side.</param>
public sealed record ClassScores(Estimate Precision, Estimate Recall, Estimate F1);

/// <summary>F1 of each class and their mean; pure functions of the confusion matrix.</summary>
/// <remarks>
/// <para>With nᵢⱼ records of class i called j, F1ₖ = 2 nₖₖ/(nₖ. + n.ₖ), the harmonic mean of precision and recall. The
/// macro-average is the mean over the classes that occur among diagnoses or answers, as in scikit-learn.</para>
/// <para>Interval: ± 1.96 s, cut at 0 and 1, with the delta method over the multinomial counts: F is homogeneous of
/// degree 0 in n, so that s² = Σᵢⱼ nᵢⱼ (∂F/∂nᵢⱼ)². K. Takahashi, K. Yamamoto, A. Kuchiba, T. Koyama, Confidence interval
/// for micro-averaged F1 and macro-averaged F1 scores, Applied Intelligence 52, 2022. It has no width where every answer is
/// right, or none.</para>
/// </remarks>
public static class FScores
{
    /// <summary>The mean of F1 over the classes that occur.</summary>
    /// <returns>In [0, 1].</returns>
    public static Estimate Macro(ConfusionMatrix matrix) => Mean(matrix, Occurring(matrix));

    /// <summary>Precision, recall and F1 of a class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public static ClassScores OfClass(ConfusionMatrix matrix, int k) => new(
        Share(matrix[k, k], matrix.PredictedCount(k)),
        Share(matrix[k, k], matrix.TruthCount(k)),
        matrix.TruthCount(k) + matrix.PredictedCount(k) == 0 ? default : Mean(matrix, [k]));

    private static Estimate Share(long part, long whole) =>
        whole == 0 ? new Estimate(0, 0, 1) : Estimate.ExactShare(part, whole);

    private static List<int> Occurring(ConfusionMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.ClassCount).Where(k => matrix.TruthCount(k) + matrix.PredictedCount(k) > 0)];

    private static Estimate Mean(ConfusionMatrix matrix, List<int> classes)
    {
        var value = 0.0;
        // ∂F/∂nᵢⱼ = both[k] on the diagonal, and side[k] for a record that has class k on one side only.
        double[] side = new double[matrix.ClassCount], both = new double[matrix.ClassCount];
        foreach (var k in classes)
        {
            double size = matrix.TruthCount(k) + matrix.PredictedCount(k), right = matrix[k, k];
            value += 2 * right / size / classes.Count;
            side[k] = -2 * right / (size * size) / classes.Count;
            both[k] = 2 * (size - 2 * right) / (size * size) / classes.Count;
        }
        var variance = 0.0;
        for (var i = 0; i < matrix.ClassCount; i++)
        {
            for (var j = 0; j < matrix.ClassCount; j++)
            {
                var slope = i == j ? both[i] : side[i] + side[j];
                variance += matrix[i, j] * slope * slope;
            }
        }
        return Estimate.Within(value, Estimate.Quantile * Math.Sqrt(variance));
    }
}
