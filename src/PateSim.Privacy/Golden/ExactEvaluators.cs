using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Noise;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Golden;

/// <summary>Golden kinds about exact laws: outcomes, divergences and noise.</summary>
internal static class ExactEvaluators
{
    public static GoldenOutputs Gnmax(GoldenInputs inputs)
    {
        var (counts, sigma, orders) = (inputs.Counts("counts"), inputs.Number("sigma"), inputs.Numbers("orders"));
        var logQ = GaussianRenyi.LogQ(counts, sigma);
        return Outcomes(NoiseLaw.Gaussian, sigma, counts, orders).Set("logq_union_bound", logQ)
            .Set("rdp_bound_reference", orders.Select(a => GaussianRenyi.DataDependent(logQ, sigma, a)));
    }

    public static GoldenOutputs Lnmax(GoldenInputs inputs)
    {
        var (counts, scale, orders) = (inputs.Counts("counts"), inputs.Number("lambda"), inputs.Numbers("orders"));
        var logQ = LaplaceMoments.LogQ(counts, 1 / scale);
        return Outcomes(NoiseLaw.Laplace, scale, counts, orders).Set("logq_union_bound", logQ)
            .Set("pure_eps_bound", 2 / scale)
            .Set("rdp_bound_reference", orders.Select(a => LaplaceMoments.Rdp(logQ, 2 / scale, a)));
    }

    public static GoldenOutputs DiscreteLnmax(GoldenInputs inputs)
    {
        var scale = inputs.Number("scale");
        return Outcomes(NoiseLaw.DiscreteLaplace, scale, inputs.Counts("counts"), []).Set("pure_eps_bound", 2 / scale);
    }

    public static GoldenOutputs Threshold(GoldenInputs inputs)
    {
        var (threshold, sigma, largest) =
            (inputs.Number("threshold"), inputs.Number("sigma1"), inputs.Number("max_votes"));
        var orders = inputs.Numbers("orders");
        (double Forward, double Reverse)[] exact = [.. orders.Select(a =>
            ThresholdRenyi.Exact(threshold, sigma, a, largest, 0, inputs.Number("num_teachers")))];
        return new GoldenOutputs().Set("rdp_exact_forward", exact.Select(e => e.Forward))
            .Set("rdp_exact_reverse", exact.Select(e => e.Reverse))
            .Set("rdp_bound_reference", orders.Select(a => ThresholdRenyi.Bound(threshold, sigma, largest, a)));
    }

    public static GoldenOutputs DiscreteLaplace(GoldenInputs inputs)
    {
        var (scale, points) = (inputs.Number("scale"), inputs.WholeNumbers("x"));
        return new GoldenOutputs().Set("pmf", points.Select(x => DiscreteLaplaceLaw.Mass(scale, x)))
            .Set("cdf", points.Select(x => DiscreteLaplaceLaw.Cdf(scale, x)))
            .Set("variance", DiscreteLaplaceLaw.Variance(scale)).Set("pure_eps_sensitivity1", 1 / scale)
            .Set("pure_eps_noisy_max_one_vote_change", 2 / scale);
    }

    public static GoldenOutputs DiscreteGaussian(GoldenInputs inputs)
    {
        var (variance, points) = (inputs.Number("sigma2"), inputs.WholeNumbers("x"));
        return new GoldenOutputs().Set("pmf", points.Select(x => DiscreteGaussianLaw.Mass(variance, x)))
            .Set("variance", DiscreteGaussianLaw.Variance(variance))
            .Set("zcdp_rho_sensitivity1", 1 / (2 * variance)).Set("rdp_order2_sensitivity1", 1 / variance);
    }

    public static GoldenOutputs Share(GoldenInputs inputs)
    {
        var (parties, scale) = (inputs.Integer("parties"), inputs.Number("scale"));
        return new GoldenOutputs()
            .Set("polya_pmf", inputs.WholeNumbers("x").Select(x => PolyaShareLaw.Mass(parties, scale, checked((int)x))))
            .Set("polya_mean", PolyaShareLaw.Mean(parties, scale))
            .Set("share_variance", PolyaShareLaw.ShareVariance(parties, scale))
            .Set("sum_variance_all_parties", parties * PolyaShareLaw.ShareVariance(parties, scale));
    }

    public static GoldenOutputs GaussianPair(GoldenInputs inputs) => new GoldenOutputs().Set(
        "renyi",
        OutcomeRenyi.Gaussians(
            inputs.Number("mu0"), inputs.Number("s0"), inputs.Number("mu1"), inputs.Number("s1"),
            inputs.Number("order")));

    private static GoldenOutputs Outcomes(NoiseLaw law, double scale, int[] counts, double[] orders)
    {
        var exact = new NeighbourRenyi(law, scale, counts, Adjacency.PatientReplaced);
        return new GoldenOutputs().Set("log_outcome_probabilities", exact.LogProbabilities.ToArray())
            .Set("logq_exact", OutcomeProbabilities.LogQ(exact.LogProbabilities, counts))
            .Set("realised_max_log_ratio", exact.LargestLogRatio)
            .Set("rdp_exact_forward", orders.Select(exact.Forward))
            .Set("rdp_exact_reverse", orders.Select(exact.Reverse));
    }
}
