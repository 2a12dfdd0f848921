using System.Globalization;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;

namespace PateSim.Cli.Rendering;

/// <summary>What would run, in lines.</summary>
internal static class SetupRenderer
{
    public static void Print(RunSetup setup, TextWriter output)
    {
        var scenario = setup.Scenario;
        var data = setup.Data;
        var mechanism = scenario.Aggregation.Mechanism;
        var sizes = data.Hospitals.Select(hospital => hospital.Data.Count).ToList();
        Line("scenario", $"{scenario.Name}, seed {scenario.Seed}, digest {scenario.Digest[..Math.Min(8, scenario.Digest.Length)]}");
        Line("data", $"{scenario.Data.Dataset.Name}: {data.FeatureNames.Length} features, {data.ClassNames.Length} classes ({string.Join(", ", data.ClassNames)})");
        Line("hospitals", $"{sizes.Count:N0} with {sizes.Min():N0} to {sizes.Max():N0} records, {sizes.Sum():N0} in all; quorum {setup.MinimumHospitals:N0}");
        Line("public", $"{data.Public.Count:N0} records: {setup.Queries.Length:N0} queries ({setup.QueryIdentities.Distinct(StringComparer.Ordinal).Count():N0} distinct), {setup.Pool.Length:N0} for thieves");
        Line("test", $"{data.Test.Count:N0} records");
        Line("teachers", $"{scenario.Hospitals.Teacher.Name}");
        Line("mechanism", $"{mechanism.Name}, noise scale {mechanism.Instance.NoiseScale:R}, per-answer epsilon {mechanism.Instance.PerAnswerEpsilon:R}");
        Line("privacy", $"delta {scenario.Privacy.Delta:R}, {scenario.Privacy.Adjacency.Name}, budget {Budget(scenario.Privacy.Budget)}; {string.Join(", ", scenario.Privacy.Accountants.Select(accountant => accountant.Name))}");
        Line("student", $"{scenario.Student.Name}; pooled: {scenario.Pooled.Name}");
        Line("theft", $"{string.Join(", ", scenario.Theft.Attacks.Select(attack => attack.Name))} with {scenario.Theft.CloneLearner.Name}, {setup.ExpectedClones:N0} clones");
        foreach (var warning in setup.Warnings) Line("warning", $"{warning}");
        output.WriteLine("Valid; nothing was run.");

        void Line(string name, FormattableString text) =>
            output.WriteLine(name.PadRight(11) + text.ToString(CultureInfo.InvariantCulture));
    }

    private static string Budget(BudgetPlan? budget) => budget is null ? "none" : FormattableString.Invariant(
        $"epsilon {budget.Epsilon:R} ({Measure(budget.Measure)}), then {(budget.OnExhaustion == ExhaustionRule.Fail ? "the run fails" : "fewer labels")}");

    private static string Measure(BudgetMeasure measure) => measure switch
    {
        BudgetMeasure.GaussianDp => "gdp at that delta",
        BudgetMeasure.Renyi => "rdp at that delta",
        _ => "pure",
    };
}
