using PateSim.Privacy.Smooth;

namespace PateSim.Privacy.Golden;

/// <summary>
/// How large an entry's inputs may be, so that no file can make a check run for minutes or fill the memory. Each bound is
/// far beyond what the kind is about; an entry beyond it fails and says which.
/// </summary>
internal static class GoldenBounds
{
    private const double MostSteps = 2e8;
    private const double MostNumbers = 1e6;

    /// <exception cref="NotSupportedException">What was too large, and the bound.</exception>
    public static void Require(string kind, GoldenInputs inputs)
    {
        switch (kind)
        {
            case "compose_gnmax" or "compose_confident_realised" or "compose_confident_expected"
                or "compose_interactive_expected":
                AtMost("votes × orders", Cells(inputs, "votes") * (double)inputs.Numbers("orders").Length, MostSteps / 20);
                break;
            case "compose_lnmax":
                AtMost(
                    "votes × (moments + orders)",
                    Cells(inputs, "votes") * (80.0 + inputs.Numbers("moments").Length + inputs.Numbers("rdp_orders").Length),
                    MostSteps / 20);
                break;
            case "lnmax_moments_query":
                AtMost("the largest count × smooth_moments × classes",
                    (double)inputs.Counts("counts_sorted_desc")[0] * inputs.Numbers("smooth_moments").Length
                    * inputs.Counts("counts_sorted_desc").Length, MostSteps / 20);
                break;
            case "data_independent_always_opt_gnmax":
                AtMost("num_classes", inputs.Integer("num_classes"), MostNumbers);
                break;
            case "data_independent_laplace_pld":
                AtMost("queries", inputs.Integer("queries"), 1e7);
                AtMost("1/lambda", 1 / inputs.Number("lambda"), 50);
                AtMost("lambda", inputs.Number("lambda"), 1e9);
                break;
            case "smooth_sensitivity_gnmax" or "smooth_sensitivity_gnmax_underflow":
                AtMost("the votes", Votes(inputs), MostNumbers / 10);
                if (inputs.Has("betas"))
                    AtMost("the votes × betas", Votes(inputs) * inputs.Numbers("betas").Length, MostSteps);
                break;
            case "smooth_sensitivity_threshold":
                AtMost("num_teachers", inputs.Integer("num_teachers"), MostNumbers / 10);
                AtMost("num_teachers × betas",
                    (double)inputs.Integer("num_teachers") * inputs.Numbers("betas").Length, MostSteps);
                break;
            case "smooth_release_expected":
                AtMost("num_teachers", inputs.Integer("num_teachers"), MostNumbers / 10);
                AtMost("rows of votes × num_teachers × classes",
                    (double)inputs.Integer("num_teachers") * Cells(inputs, "votes"), MostSteps / 20);
                break;
            case "brute_force_local_sensitivity":
                var classes = inputs.Counts("counts").Length;
                AtMost("ensembles × classes²",
                    EnumeratedSensitivity.Ensembles((long)Votes(inputs), classes) * classes * classes, 2e7);
                break;
            case "discrete_gaussian":
                AtMost("x × √sigma2", (2 + inputs.Numbers("x").Length) * Math.Sqrt(inputs.Number("sigma2")), MostNumbers);
                break;
            case "exact_gnmax" or "exact_lnmax":
                var m = inputs.Counts("counts").Length;
                AtMost("orders × classes³", (double)inputs.Numbers("orders").Length * m * m * m, MostSteps / 10);
                break;
        }
    }

    private static double Votes(GoldenInputs inputs) => inputs.Counts("counts").Sum(count => (double)count);

    private static double Cells(GoldenInputs inputs, string name) =>
        inputs.CountRows(name).Sum(row => (double)row.Length);

    private static void AtMost(string what, double value, double most)
    {
        if (!(value <= most))
            throw new NotSupportedException(FormattableString.Invariant(
                $"too large to evaluate: {what} is {value:G6}, and the bound is {most:G6}."));
    }
}
