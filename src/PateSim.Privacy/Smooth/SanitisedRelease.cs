using System.Globalization;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;
using PateSim.Privacy.Numerics;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Smooth;

/// <summary>Parameters of a sanitised release, fixed before any vote is seen: chosen with the votes in view they leak.
/// </summary>
/// <param name="Order">a &gt; 1: the one order at which the cost is released.</param>
/// <param name="Beta">β &gt; 0: smoothness of the sensitivity.</param>
/// <param name="Noise">s &gt; 0: noise in units of the smooth sensitivity.</param>
public sealed record SanitisedParameters(double Order, double Beta, double Noise);

/// <summary>
/// Releases a data-dependent ε: the Rényi cost at one order, plus Gaussian noise scaled to its smooth sensitivity, plus
/// what that release itself costs (<see cref="SmoothReleaseCost.WorstCase"/>).
/// </summary>
/// <remarks>
/// <para>ε = F̃ + cost + ln((a−1)/a) − (ln δ + ln a)/(a−1), F̃ = F + SS·N(0, s²).</para>
/// <para>GNMax: bounds of the 2018 paper's appendix where conditions C5 and C6 hold, otherwise exact enumeration of all
/// ensembles, for few classes. LNMax: enumeration. One teacher touched, votes moved.</para>
/// </remarks>
public static class SanitisedRelease
{
    public const string Method = "sanitised";

    /// <param name="noise">The source of the release's noise; never used for anything else.</param>
    /// <exception cref="ArgumentException">No valid sensitivity: C5 or C6 fails and there are too many ensembles; or
    /// the parameters make the release's cost infinite.</exception>
    /// <exception cref="UnsupportedPrivacyEventException">An event is unknown, or lacks its votes.</exception>
    public static EpsilonEntry Release(
        IEnumerable<PrivacyEvent> events, SanitisedParameters parameters, AccountingTarget target, INoiseSource noise)
    {
        var (order, beta) = (parameters.Order, parameters.Beta);
        var own = SmoothReleaseCost.WorstCase(beta, parameters.Noise, order);
        if (double.IsPositiveInfinity(own))
            throw new ArgumentException(
                $"At order {order:R} and beta {beta:R} the release's own cost is infinite: choose beta well below "
                + $"1/(2 order) = {1 / (2 * order):R}.", nameof(parameters));
        var (rdp, atDistances) = Cost(events, order, target);
        var smooth = GnmaxSmoothSensitivity.Smooth(atDistances, beta);
        var released = rdp + (smooth > 0 ? smooth * ContinuousNoise.Gaussian(noise, parameters.Noise) : 0);
        var epsilon = Math.Max(0, released) + own + LogSpace.Log1P(-1 / order)
            - Math.Log(target.Delta * order) / (order - 1);
        return new EpsilonEntry(
            Method, Math.Max(0, epsilon), target.Delta, target.Adjacency, true, true,
            "Noisy: the true cost is likelier near it than at it, and the size of the noise is private. "
            + noise.Kind.Describe() + ".",
            string.Create(
                CultureInfo.InvariantCulture,
                $"order={order:R}, beta={beta:R}, noise={parameters.Noise:R}, release_cost={own:R}"));
    }

    /// <summary>F, and a bound on its local sensitivity within distance d, shape [M]; both private.</summary>
    internal static (double Rdp, double[] AtDistances) Cost(
        IEnumerable<PrivacyEvent> events, double order, AccountingTarget target)
    {
        if (target.Adjacency.TeachersTouched != 1 || !target.Adjacency.MovesVotes)
            throw new ArgumentException(
                $"Smooth sensitivity is known where one vote moves, not for {target.Adjacency}.", nameof(target));
        var rdp = 0.0;
        var total = Array.Empty<double>();
        var known = new Dictionary<PrivacyEvent, (double Cost, double[] AtDistances)>();
        var functions = new Dictionary<(double Sigma, int ClassCount), GnmaxSmoothSensitivity?>();
        foreach (var privacyEvent in events.Flatten())
        {
            if (!known.TryGetValue(privacyEvent, out var one))
                known[privacyEvent] = one = Of(privacyEvent, order, functions);
            rdp += one.Cost;
            total = Sum(total, one.AtDistances);
        }
        return (rdp, total);
    }

    private static (double Cost, double[] AtDistances) Of(
        PrivacyEvent privacyEvent, double order, Dictionary<(double, int), GnmaxSmoothSensitivity?> functions)
    {
        switch (privacyEvent)
        {
            case NoisyArgmaxEvent { Law: NoiseLaw.Gaussian, NoiseScale: > 0, Votes: { } votes } gaussian:
                var sigma = gaussian.NoiseScale;
                double GaussianCost(int[] counts) =>
                    GaussianRenyi.DataDependent(GaussianRenyi.LogQ(counts, sigma), sigma, order);
                return (
                    GaussianCost([.. votes.Counts]),
                    GaussianSensitivity(votes, sigma, order, GaussianCost, functions));
            case NoisyArgmaxEvent { Law: NoiseLaw.Laplace, NoiseScale: > 0, Votes: { } votes } laplace:
                var gamma = 1 / laplace.NoiseScale;
                double LaplaceCost(int[] counts) =>
                    LaplaceMoments.Rdp(LaplaceMoments.LogQ(counts, gamma), 2 * gamma, order);
                return (LaplaceCost([.. votes.Counts]),
                    EnumeratedSensitivity.WithinDistances(votes.Counts.AsSpan(), LaplaceCost));
            case NoisyThresholdEvent { Law: NoiseLaw.Gaussian, NoiseScale: > 0, LargestScore: { } score } threshold:
                return (ThresholdRenyi.Bound(threshold.Threshold, threshold.NoiseScale, score.Value, order),
                    ThresholdSmoothSensitivity.AtDistances(
                        (int)score.Value, threshold.TeacherCount, threshold.Threshold, threshold.NoiseScale, order));
            default:
                throw new UnsupportedPrivacyEventException(
                    Method, privacyEvent, "smooth sensitivity needs noise, the votes, and Laplace or Gaussian laws.");
        }
    }

    private static double[] GaussianSensitivity(
        PrivateVotes votes, double sigma, double order, Func<int[], double> cost,
        Dictionary<(double, int), GnmaxSmoothSensitivity?> functions)
    {
        // Where even unanimous teachers cost the data-independent a/σ² (but for rounding), the cost is constant.
        var unanimous = new int[votes.ClassCount];
        unanimous[0] = votes.TeacherCount;
        if (cost(unanimous) >= GaussianRenyi.DataIndependent(sigma, order) * (1 - 1e-12))
            return new double[votes.TeacherCount];
        if (!functions.TryGetValue((sigma, votes.ClassCount), out var smooth))
        {
            smooth = new GnmaxSmoothSensitivity(sigma, order, votes.ClassCount);
            // Null: the appendix does not apply.
            if (smooth.CheckConditions() is not (true, true)) smooth = null;
            functions[(sigma, votes.ClassCount)] = smooth;
        }
        if (smooth is null)
            return EnumeratedSensitivity.WithinDistances(votes.Counts.AsSpan(), cost);
        var result = smooth.AtDistances(votes.Counts.AsSpan());
        for (var d = 1; d < result.Length; d++) result[d] = Math.Max(result[d], result[d - 1]);
        return result;
    }

    // Shorter arrays go on with their last value.
    private static double[] Sum(double[] a, double[] b)
    {
        var sum = new double[Math.Max(a.Length, b.Length)];
        for (var d = 0; d < sum.Length; d++) sum[d] = At(a, d) + At(b, d);
        return sum;

        static double At(double[] values, int d) => values.Length == 0 ? 0 : values[Math.Min(d, values.Length - 1)];
    }
}
