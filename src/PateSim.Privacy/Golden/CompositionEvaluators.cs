using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.LossDistributions;
using PateSim.Privacy.Planning;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Golden;

/// <summary>Golden kinds about whole runs.</summary>
internal static class CompositionEvaluators
{
    public static GoldenOutputs Gnmax(GoldenInputs inputs)
    {
        var (sigma, orders, delta) = (inputs.Number("sigma"), inputs.Numbers("orders"), inputs.Number("delta"));
        var total = new double[orders.Length];
        var votes = inputs.CountRows("votes");
        foreach (var row in votes)
            GaussianRenyi.AddDataDependent(GaussianRenyi.LogQ(row, sigma), sigma, orders, total);
        double[] independent = [.. orders.Select(a => votes.Length * GaussianRenyi.DataIndependent(sigma, a))];
        return SetIndependent(SetEpsilons(new GoldenOutputs().Set("rdp_total", total), orders, total, delta),
            orders, independent, delta);
    }

    public static GoldenOutputs ConfidentExpected(GoldenInputs inputs)
    {
        var votes = inputs.CountRows("votes");
        return Expected(inputs, votes, [.. votes.Select(row => (double)row.Max())]);
    }

    public static GoldenOutputs InteractiveExpected(GoldenInputs inputs)
    {
        var votes = inputs.CountRows("votes");
        var teachers = inputs.Number("teachers");
        return Expected(inputs, votes, [.. votes.Zip(inputs.NumberRows("student_probs"), (row, student) =>
            QueryEvaluators.RoundHalfToEven(row.Zip(student, (n, p) => n - teachers * p)))]);
    }

    public static GoldenOutputs ConfidentRealised(GoldenInputs inputs)
    {
        var (threshold, sigma1, sigma2) =
            (inputs.Number("threshold"), inputs.Number("sigma1"), inputs.Number("sigma2"));
        var (orders, delta) = (inputs.Numbers("orders"), inputs.Number("delta"));
        var (votes, answered) = (inputs.CountRows("votes"), inputs.Flags("answered"));
        var total = new double[orders.Length];
        var independent = new double[orders.Length];
        for (var i = 0; i < votes.Length; i++)
        {
            for (var a = 0; a < orders.Length; a++)
            {
                total[a] += ThresholdRenyi.Bound(threshold, sigma1, votes[i].Max(), orders[a]);
                independent[a] += ThresholdRenyi.DataIndependent(sigma1, orders[a]);
                if (answered[i]) independent[a] += GaussianRenyi.DataIndependent(sigma2, orders[a]);
            }
            if (answered[i])
                GaussianRenyi.AddDataDependent(GaussianRenyi.LogQ(votes[i], sigma2), sigma2, orders, total);
        }
        var mu = Math.Sqrt(votes.Length / (sigma1 * sigma1) + 2 * answered.Count(a => a) / (sigma2 * sigma2));
        var outputs = new GoldenOutputs().Set("rdp_total", total).Set("rdp_total_data_independent", independent)
            .Set("gdp_mu_data_independent", mu)
            .Set("eps_exact_gaussian_data_independent", GaussianDp.Epsilon(mu, delta));
        return SetIndependent(SetEpsilons(outputs, orders, total, delta), orders, independent, delta);
    }

    public static GoldenOutputs Lnmax(GoldenInputs inputs)
    {
        var (gamma, delta) = (inputs.Number("gamma"), inputs.Number("delta"));
        var (moments, orders, votes) =
            (inputs.Numbers("moments"), inputs.Numbers("rdp_orders"), inputs.CountRows("votes"));
        double[] logQ = [.. votes.Select(row => LaplaceMoments.LogQ(row, gamma))];
        double Total(double l) => logQ.Sum(q => LaplaceMoments.DataDependent(q, 2 * gamma, l));
        double Epsilon(double total, double l) => (total - Math.Log(delta)) / l;
        double[] rdp = [.. orders.Select(a => logQ.Sum(q => LaplaceMoments.Rdp(q, 2 * gamma, a)))];
        var (classic, improved) =
            (RenyiConversion.Classic(orders, rdp, delta), RenyiConversion.Improved(orders, rdp, delta));
        return new GoldenOutputs().Set("logmgf_total", moments.Select(Total))
            .Set("eps_list", moments.Select(l => Epsilon(Total(l), l)))
            .Set("epsilon_8_moments", Enumerable.Range(1, 8).Min(l => Epsilon(Total(l), l)))
            .Set("epsilon_64_moments", Enumerable.Range(1, 64).Min(l => Epsilon(Total(l), l)))
            .Set("epsilon_data_independent_8_moments", Enumerable.Range(1, 8)
                .Min(l => Epsilon(votes.Length * LaplaceMoments.DataIndependent(2 * gamma, l), l)))
            .Set("rdp_total", rdp)
            .Set("eps_classic_rdp", classic.Epsilon).Set("order_classic_rdp", classic.Order)
            .Set("eps_improved_rdp", improved.Epsilon).Set("order_improved_rdp", improved.Order);
    }

    public static GoldenOutputs GaussianExact(GoldenInputs inputs)
    {
        var (sigma1, sigma2, delta) = (inputs.Number("sigma1"), inputs.Number("sigma2"), inputs.Number("delta"));
        var (answered, checks) = (inputs.Number("answered"), inputs.Number("threshold_checks"));
        var mu = Math.Sqrt(2 * answered / (sigma2 * sigma2) + checks / (sigma1 * sigma1));
        var outputs = new GoldenOutputs().Set("mu", mu).Set("eps_exact", GaussianDp.Epsilon(mu, delta));
        var orders = inputs.OrderList("LONG");
        double[] rdp = [.. orders.Select(a => a * mu * mu / 2)];
        return outputs.Set("eps_rdp_classic_LONG", RenyiConversion.Classic(orders, rdp, delta).Epsilon)
            .Set("eps_rdp_improved_LONG", RenyiConversion.Improved(orders, rdp, delta).Epsilon);
    }

    public static GoldenOutputs LaplacePld(GoldenInputs inputs)
    {
        var (queries, scale, delta) = (inputs.Integer("queries"), inputs.Number("lambda"), inputs.Number("delta"));
        var target = new AccountingTarget(delta, Adjacency.PatientReplaced);
        var events = AnswerPlan.Repeat(new NoisyArgmaxEvent(NoiseLaw.Laplace, scale, 2, 2), queries).ToList();
        var exact = new LossComposition([(new ReleaseLoss.Laplace(1 / scale), 2L * queries)]).Epsilon(delta);
        return new GoldenOutputs().Set("eps_pld_pessimistic", exact).Set("eps_pld_optimistic", exact)
            .Set("eps_basic", new BasicCompositionAccountant().Account(events, target)[0].Epsilon)
            .Set("eps_advanced_composition", new AdvancedCompositionAccountant().Account(events, target)[0].Epsilon)
            .Set("eps_moments_all_orders", Enumerable.Range(1, 1000)
                .Min(l => (queries * 2.0 / (scale * scale) * l * (l + 1) - Math.Log(delta)) / l));
    }

    private static GoldenOutputs Expected(GoldenInputs inputs, int[][] votes, double[] largest)
    {
        var (orders, delta) = (inputs.Numbers("orders"), inputs.Number("delta"));
        var cost = ExpectedConfidentCost.Of(
            votes, largest, inputs.Number("threshold"), inputs.Number("sigma1"), inputs.Number("sigma2"), orders);
        return SetEpsilons(
            new GoldenOutputs().Set("logpr_answered", cost.LogAnswered).Set("expected_answered", cost.Answered)
                .Set("rdp_total_expected", cost.Rdp),
            orders, cost.Rdp, delta);
    }

    private static GoldenOutputs SetEpsilons(GoldenOutputs outputs, double[] orders, double[] rdp, double delta)
    {
        var (classic, improved) =
            (RenyiConversion.Classic(orders, rdp, delta), RenyiConversion.Improved(orders, rdp, delta));
        return outputs.Set("eps_classic", classic.Epsilon).Set("order_classic", classic.Order)
            .Set("eps_improved", improved.Epsilon).Set("order_improved", improved.Order);
    }

    private static GoldenOutputs SetIndependent(GoldenOutputs outputs, double[] orders, double[] rdp, double delta)
    {
        var (classic, improved) =
            (RenyiConversion.Classic(orders, rdp, delta), RenyiConversion.Improved(orders, rdp, delta));
        return outputs.Set("eps_classic_data_independent", classic.Epsilon).Set("order_data_independent", classic.Order)
            .Set("eps_improved_data_independent", improved.Epsilon)
            .Set("order_improved_data_independent", improved.Order);
    }
}
