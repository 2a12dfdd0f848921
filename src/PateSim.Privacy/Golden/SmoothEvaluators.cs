using PateSim.Privacy.Renyi;
using PateSim.Privacy.Smooth;

namespace PateSim.Privacy.Golden;

/// <summary>Golden kinds about smooth sensitivity and the sanitised release.</summary>
internal static class SmoothEvaluators
{
    public static GoldenOutputs SwitchPoints(GoldenInputs inputs)
    {
        var smooth = Smooth(inputs, inputs.Integer("num_classes"));
        return new GoldenOutputs().Set("logq0", smooth.LogQ0).Set("logq1", smooth.LogQ1);
    }

    public static GoldenOutputs LocalSensitivity(GoldenInputs inputs)
    {
        var smooth = Smooth(inputs, inputs.Integer("num_classes"));
        var logQ = inputs.Number("logq");
        return new GoldenOutputs().Set("log_bu", smooth.LogUpper(logQ)).Set("log_bl", smooth.LogLower(logQ))
            .Set("rdp", smooth.Cost(logQ)).Set("local_sensitivity", smooth.LocalSensitivity(logQ));
    }

    public static GoldenOutputs Gnmax(GoldenInputs inputs)
    {
        var counts = inputs.Counts("counts");
        var distances = Smooth(inputs, counts.Length).AtDistances(counts);
        return new GoldenOutputs().Set("local_sensitivity_at_distance", distances)
            .Set("smooth_sensitivity",
                inputs.Numbers("betas").Select(beta => GnmaxSmoothSensitivity.Smooth(distances, beta)));
    }

    public static GoldenOutputs GnmaxUnderflow(GoldenInputs inputs)
    {
        var counts = inputs.Counts("counts");
        var smooth = Smooth(inputs, counts.Length);
        var outputs = new GoldenOutputs().Set("logq", GaussianRenyi.LogQ(counts, smooth.Sigma))
            .Set("logq0", smooth.LogQ0).Set("logq1", smooth.LogQ1);
        var distances = smooth.AtDistances(counts);
        for (var d = 0; d < distances.Length; d++)
            outputs.Set($"local_sensitivity_at_distance_selected.{d}", distances[d]);
        return outputs;
    }

    public static GoldenOutputs Threshold(GoldenInputs inputs)
    {
        var largest = (int)QueryEvaluators.RoundHalfToEven(inputs.Numbers("scores"));
        var distances = ThresholdSmoothSensitivity.AtDistances(
            largest, inputs.Integer("num_teachers"), inputs.Number("threshold"), inputs.Number("sigma1"),
            inputs.Number("order"), false);
        return new GoldenOutputs().Set("local_sensitivity_at_distance", distances)
            .Set("smooth_sensitivity",
                inputs.Numbers("betas").Select(beta => GnmaxSmoothSensitivity.Smooth(distances, beta)));
    }

    public static GoldenOutputs Conditions(GoldenInputs inputs)
    {
        var (c5, c6) = Smooth(inputs, inputs.Integer("num_classes")).CheckConditions();
        return new GoldenOutputs().Set("c5", c5).Set("c6", c6);
    }

    public static GoldenOutputs ReleaseCost(GoldenInputs inputs)
    {
        var (beta, noise, order) = (inputs.Number("beta"), inputs.Number("sigma_ss"), inputs.Number("order"));
        var (published, worst) =
            (SmoothReleaseCost.Published(beta, noise, order), SmoothReleaseCost.WorstCase(beta, noise, order));
        return new GoldenOutputs().Set("gnss_rdp_reference", published).Set("gnss_rdp_worst_case", worst)
            .Set("gnss_rdp_worst_case_noise_shrinks", SmoothReleaseCost.NoiseShrinks(beta, noise, order))
            .Set("gnss_rdp_worst_case_noise_grows", SmoothReleaseCost.NoiseGrows(beta, noise, order))
            .Set("reference_is_upper_bound", published >= worst);
    }

    public static GoldenOutputs BruteForce(GoldenInputs inputs)
    {
        var (counts, order, sigma) = (inputs.Counts("counts"), inputs.Number("order"), inputs.Number("sigma"));
        var smooth = Smooth(inputs, counts.Length);
        double Cost(int[] votes) => GaussianRenyi.DataDependent(GaussianRenyi.LogQ(votes, sigma), sigma, order);
        var bound = smooth.AtDistances(counts);
        for (var d = 1; d < bound.Length; d++) bound[d] = Math.Max(bound[d], bound[d - 1]);
        return new GoldenOutputs().Set("rdp", Cost(counts))
            .Set("true_max_local_sensitivity_within_distance", EnumeratedSensitivity.WithinDistances(counts, Cost))
            .Set("bound_reference_running_max", bound);
    }

    // The published procedure, which chooses β and the noise with the private votes in view.
    public static GoldenOutputs ExpectedRelease(GoldenInputs inputs)
    {
        var (order, delta, teachers) = (inputs.Number("order"), inputs.Number("delta"), inputs.Integer("num_teachers"));
        var (threshold, sigma1, sigma2) =
            (inputs.Number("threshold"), inputs.Number("sigma1"), inputs.Number("sigma2"));
        var votes = inputs.CountRows("votes");
        var smooth = new GnmaxSmoothSensitivity(sigma2, order, votes[0].Length);
        var independent1 = IsIndependent1(threshold, sigma1, teachers, order);
        var independent2 = IsIndependent2(sigma2, teachers, votes[0].Length, order);
        var (rdp, sensitivity) = (0.0, new double[teachers]);
        foreach (var row in votes)
        {
            var answered = Math.Exp(ThresholdRenyi.LogAnswered(threshold, sigma1, row.Max()));
            rdp += ThresholdRenyi.Bound(threshold, sigma1, row.Max(), order)
                + answered * GaussianRenyi.DataDependent(GaussianRenyi.LogQ(row, sigma2), sigma2, order);
            if (!independent1)
                Add(sensitivity, 1, ThresholdSmoothSensitivity.AtDistances(
                    row.Max(), teachers, threshold, sigma1, order, false));
            if (!independent2) Add(sensitivity, answered, smooth.AtDistances(row));
        }
        var (best, beta, noise, ss) = (double.PositiveInfinity, 0.0, 0.0, 0.0);
        for (var i = 0; 0.3 + 0.01 * i < 0.495; i++)
        {
            var tryBeta = 0.3 / order + i * (0.01 / order);
            var trySmooth = GnmaxSmoothSensitivity.Smooth(sensitivity, tryBeta);
            var tryNoise = Math.Cbrt(order * Math.Exp(2 * tryBeta) / trySmooth);
            var cost = rdp + SmoothReleaseCost.Published(tryBeta, tryNoise, order) + 2 * trySmooth * tryNoise;
            if (cost < best) (best, beta, noise, ss) = (cost, tryBeta, tryNoise, trySmooth);
        }
        var (published, worst) =
            (SmoothReleaseCost.Published(beta, noise, order), SmoothReleaseCost.WorstCase(beta, noise, order));
        var before = rdp - Math.Log(delta) / (order - 1);
        return new GoldenOutputs().Set("data_independent_step1", independent1)
            .Set("data_independent_step2", independent2).Set("rdp_expected", rdp)
            .Set("local_sensitivity_at_distance", sensitivity).Set("beta_opt", beta).Set("smooth_sensitivity", ss)
            .Set("sigma_ss", noise).Set("gnss_rdp_reference", published).Set("gnss_rdp_worst_case", worst)
            .Set("eps_before_release", before).Set("eps_after_release_mean_reference", before + published)
            .Set("eps_after_release_mean_worst_case", before + worst).Set("release_noise_std", noise * ss);
    }

    private static void Add(double[] totals, double weight, double[] values)
    {
        for (var d = 0; d < totals.Length; d++) totals[d] += weight * values[d];
    }

    private static bool IsIndependent1(double threshold, double sigma, int teachers, double order)
    {
        var independent = ThresholdRenyi.DataIndependent(sigma, order);
        return Extreme(0) && Extreme(teachers);

        bool Extreme(double largest) => QueryEvaluators.AlmostEqual(
            ThresholdRenyi.Bound(threshold, sigma, largest, order), independent);
    }

    private static bool IsIndependent2(double sigma, int teachers, int classes, double order)
    {
        var unanimous = new int[classes];
        unanimous[0] = teachers;
        return QueryEvaluators.AlmostEqual(
            GaussianRenyi.DataDependent(GaussianRenyi.LogQ(unanimous, sigma), sigma, order),
            GaussianRenyi.DataIndependent(sigma, order));
    }

    private static GnmaxSmoothSensitivity Smooth(GoldenInputs inputs, int classCount) =>
        new(inputs.Number("sigma"), inputs.Number("order"), classCount);
}
