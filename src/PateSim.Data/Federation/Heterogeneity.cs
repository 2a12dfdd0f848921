using System.Collections.Immutable;

namespace PateSim.Data.Federation;

/// <summary>How unlike the hospitals are, from their records per class alone.</summary>
/// <remarks>
/// <para>n_jk records of class k in hospital j, n_j = Σ_k n_jk, n = Σ_j n_j, p_j(k) = n_jk/n_j, p(k) = Σ_j n_jk/n; logarithms
/// to base 2, so that divergences are in bits.</para>
/// <para>Few records make hospitals look unlike that are not: <see cref="LabelInformationIfAlike"/> is what chance alone
/// is expected to give.</para>
/// </remarks>
/// <param name="MeanLabelDivergence">Mean over the hospitals of JS(p_j, p), in [0, 1] bit: the Jensen–Shannon divergence
/// with equal weights, H((p_j + p)/2) − (H(p_j) + H(p))/2 (Lin 1991).</param>
/// <param name="LargestLabelDivergence">The largest of them.</param>
/// <param name="LabelInformation">Σ_j (n_j/n)·KL(p_j ‖ p) = I(hospital; label), in [0, log₂ min(N, K)] bits: the
/// generalised Jensen–Shannon divergence of all p_j with weights n_j/n (Lin 1991).</param>
/// <param name="LabelInformationIfAlike">(N − 1)(K' − 1)/(2n ln 2) bits, K' the classes that occur: the expectation of
/// <paramref name="LabelInformation"/>, to first order, where all hospitals draw from one distribution (Miller
/// 1955).</param>
/// <param name="SizeGini">Σ_i Σ_j |n_i − n_j|/(2Nn), in [0, 1 − 1/N]: 0 for equal sizes.</param>
/// <param name="EffectiveHospitals">n²/Σ_j n_j², in [1, N]: how many hospitals of equal size are as concentrated (Simpson
/// 1949; Hill 1973, order 2).</param>
/// <param name="MeanClasses">Mean over the hospitals of the number of classes that they have records of.</param>
/// <param name="SmallestHospital">Records of the smallest hospital.</param>
/// <param name="MedianHospital">Median of the sizes.</param>
/// <param name="LargestHospital">Records of the largest.</param>
public sealed record Heterogeneity(
    double MeanLabelDivergence,
    double LargestLabelDivergence,
    double LabelInformation,
    double LabelInformationIfAlike,
    double SizeGini,
    double EffectiveHospitals,
    double MeanClasses,
    int SmallestHospital,
    double MedianHospital,
    int LargestHospital)
{
    /// <summary>Of the hospitals' records as they are trained on.</summary>
    public static Heterogeneity Of(FederatedData data) =>
        Of([.. data.Hospitals.Select(h => ClassCounts(h.Data.Labels, data.ClassNames.Length))]);

    /// <param name="counts">n_jk ≥ 0, shape [N][K]; no hospital is empty.</param>
    /// <exception cref="ArgumentException">There is no hospital, or one has no record.</exception>
    public static Heterogeneity Of(ImmutableArray<ImmutableArray<int>> counts)
    {
        if (counts.IsEmpty) throw new ArgumentException("There is no hospital.", nameof(counts));
        var sizes = counts.Select(c => c.Sum()).ToArray();
        if (sizes.Contains(0)) throw new ArgumentException("A hospital has no record.", nameof(counts));
        Array.Sort(sizes);
        var total = sizes.Sum(s => (double)s);
        var pooled = Enumerable.Range(0, counts[0].Length).Select(k => counts.Sum(c => (double)c[k]) / total).ToArray();
        var divergences = counts.Select(c => JensenShannon(Shares(c), pooled)).ToArray();
        var information = counts.Sum(c => c.Sum() / total * KullbackLeibler(Shares(c), pooled));
        var occurring = pooled.Count(p => p > 0);
        return new Heterogeneity(
            divergences.Average(), divergences.Max(), Math.Max(0, information),
            (sizes.Length - 1.0) * (occurring - 1) / (2 * total * Math.Log(2)),
            Gini(sizes, total), total * total / sizes.Sum(s => (double)s * s),
            counts.Average(c => c.Count(x => x > 0)),
            sizes[0], (sizes[(sizes.Length - 1) / 2] + sizes[sizes.Length / 2]) / 2.0, sizes[^1]);
    }

    /// <summary>How many labels there are of each class.</summary>
    public static ImmutableArray<int> ClassCounts(ImmutableArray<int> labels, int classes)
    {
        var counts = new int[classes];
        foreach (var label in labels) counts[label]++;
        return [.. counts];
    }

    private static double[] Shares(ImmutableArray<int> counts)
    {
        double total = counts.Sum();
        return [.. counts.Select(c => c / total)];
    }

    private static double JensenShannon(double[] p, double[] q)
    {
        var middle = p.Zip(q, (a, b) => (a + b) / 2).ToArray();
        return Math.Clamp((KullbackLeibler(p, middle) + KullbackLeibler(q, middle)) / 2, 0, 1);
    }

    private static double KullbackLeibler(double[] p, double[] q)
    {
        double sum = 0;
        for (var k = 0; k < p.Length; k++)
        {
            if (p[k] > 0) sum += p[k] * Math.Log2(p[k] / q[k]);
        }
        return sum;
    }

    /// <param name="sizes">Ascending: then Σ_i Σ_j |n_i − n_j|/2 = Σ_i (2i − N + 1)·n_i, i from 0.</param>
    private static double Gini(int[] sizes, double total)
    {
        double sum = 0;
        for (var i = 0; i < sizes.Length; i++) sum += (2.0 * i - sizes.Length + 1) * sizes[i];
        return sum / (sizes.Length * total);
    }
}
