using PateSim.Privacy.Accounting;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Golden;

/// <summary>Golden kinds about single queries.</summary>
internal static class QueryEvaluators
{
    public static GoldenOutputs LogQGaussian(GoldenInputs inputs) =>
        new GoldenOutputs().Set("logq", GaussianRenyi.LogQ(inputs.Counts("counts"), inputs.Number("sigma")));

    public static GoldenOutputs LogQLaplace(GoldenInputs inputs)
    {
        var logQ = LaplaceMoments.LogQ(inputs.Counts("counts"), 1 / inputs.Number("lambda"));
        return new GoldenOutputs().Set("logq", logQ).Set("q_2017", Math.Exp(logQ));
    }

    public static GoldenOutputs RdpFromLogQ(GoldenInputs inputs) => new GoldenOutputs().Set(
        "rdp",
        inputs.Numbers("orders")
            .Select(a => GaussianRenyi.DataDependent(inputs.Number("logq"), inputs.Number("sigma"), a)));

    public static GoldenOutputs GnmaxQuery(GoldenInputs inputs)
    {
        var sigma = inputs.Number("sigma");
        var orders = inputs.Numbers("orders");
        var logQ = GaussianRenyi.LogQ(inputs.Counts("counts"), sigma);
        return new GoldenOutputs().Set("logq", logQ)
            .Set("rdp", orders.Select(a => GaussianRenyi.DataDependent(logQ, sigma, a)))
            .Set("rdp_data_independent", orders.Select(a => GaussianRenyi.DataIndependent(sigma, a)));
    }

    public static GoldenOutputs ThresholdQuery(GoldenInputs inputs)
    {
        var sigma = inputs.Number("sigma1");
        var orders = inputs.Numbers("orders");
        var largest = inputs.Has("rounded_max")
            ? inputs.Number("rounded_max")
            : RoundHalfToEven(inputs.Numbers("scores"));
        var threshold = inputs.Number("threshold");
        return new GoldenOutputs().Set("logpr_answered", ThresholdRenyi.LogAnswered(threshold, sigma, largest))
            .Set("rdp", orders.Select(a => ThresholdRenyi.Bound(threshold, sigma, largest, a)))
            .Set("rdp_data_independent", orders.Select(a => ThresholdRenyi.DataIndependent(sigma, a)));
    }

    public static GoldenOutputs LaplaceQueryRdp(GoldenInputs inputs)
    {
        var logQ = LaplaceMoments.LogQ(inputs.Counts("counts"), 1 / inputs.Number("lambda"));
        return new GoldenOutputs().Set("logq", logQ)
            .Set("rdp", inputs.Numbers("orders").Select(a => LaplaceMoments.Rdp(logQ, inputs.Number("pure_eps"), a)));
    }

    public static GoldenOutputs LaplaceMomentsQuery(GoldenInputs inputs)
    {
        var counts = inputs.Counts("counts_sorted_desc");
        var gamma = inputs.Number("gamma");
        var moments = inputs.Numbers("moments");
        var logQ = LaplaceMoments.LogQ(counts, gamma);
        return new GoldenOutputs().Set("q", Math.Exp(logQ))
            .Set("logmgf", moments.Select(l => LaplaceMoments.DataDependent(logQ, 2 * gamma, l)))
            .Set("logmgf_data_independent", moments.Select(l => LaplaceMoments.DataIndependent(2 * gamma, l)))
            .Set("smoothed_sens", inputs.Numbers("smooth_moments")
                .Select(l => LegacySmoothSensitivity(counts, gamma, l, inputs.Number("beta"))));
    }

    public static GoldenOutputs EpsilonFromRdp(GoldenInputs inputs)
    {
        var (orders, rdp, delta) = (inputs.Numbers("orders"), inputs.Numbers("rdp"), inputs.Number("delta"));
        var classic = RenyiConversion.Classic(orders, rdp, delta);
        var improved = RenyiConversion.Improved(orders, rdp, delta);
        var (improvedDelta, deltaOrder) =
            RenyiConversion.ImprovedDelta(orders, rdp, inputs.Number("epsilon_for_delta"));
        return new GoldenOutputs().Set("eps_classic", classic.Epsilon).Set("order_classic", classic.Order)
            .Set("eps_improved", improved.Epsilon).Set("order_improved", improved.Order)
            .Set("delta_improved_at_epsilon", improvedDelta).Set("order_delta_improved", deltaOrder);
    }

    public static GoldenOutputs AlwaysDataIndependent(GoldenInputs inputs)
    {
        var sigma = inputs.Number("sigma");
        var unanimous = new int[inputs.Integer("num_classes")];
        unanimous[0] = inputs.Integer("num_teachers");
        var logQ = GaussianRenyi.LogQ(unanimous, sigma);
        return new GoldenOutputs().Set("always_data_independent", inputs.Numbers("orders").Select(a =>
            AlmostEqual(GaussianRenyi.DataDependent(logQ, sigma, a), GaussianRenyi.DataIndependent(sigma, a))
                ? 1.0
                : 0));
    }

    /// <summary>Equal to 1e-5 relative or 1e-8 absolute: the reference's notion of "the same bound".</summary>
    public static bool AlmostEqual(double x, double reference) =>
        Math.Abs(x - reference) <= 1e-8 + 1e-5 * Math.Abs(reference);

    /// <summary>How the reference rounds scores. The mechanisms round half up.</summary>
    public static double RoundHalfToEven(IEnumerable<double> scores) =>
        Math.Round(scores.Max(), MidpointRounding.ToEven);

    // The 2017 code's smooth sensitivity, kept for its vectors only: votes move from the first to the second class
    // until their order would change, and it gives 0 where γ l > 2.
    private static double LegacySmoothSensitivity(int[] counts, double gamma, double moment, double beta)
    {
        if (0.5 * gamma * moment > 1) return 0;
        var largest = 0.0;
        for (var k = 0; k <= counts[0]; k++)
        {
            var at = counts[0] < counts[1] + k ? 0 : Moment(k + 1) - Moment(k);
            largest = Math.Max(largest, Math.Exp(-beta * k) * at);
            if (k > 0 && at == 0) break;
        }
        return largest;

        double Moment(int moved)
        {
            var changed = (int[])counts.Clone();
            changed[0] -= moved;
            changed[1] += moved;
            return LaplaceMoments.DataDependent(LaplaceMoments.LogQ(changed, gamma), 2 * gamma, moment);
        }
    }
}
