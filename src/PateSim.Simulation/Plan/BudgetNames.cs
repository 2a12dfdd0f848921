using System.Collections.Immutable;

namespace PateSim.Simulation.Plan;

/// <summary>Measures of budgets and rules at their exhaustion, as they are written in scenarios and results; the defaults
/// stand first.</summary>
public static class BudgetNames
{
    public static ImmutableArray<(BudgetMeasure Measure, string Name)> Measures { get; } =
    [
        (BudgetMeasure.PureEpsilon, "pure-epsilon"), (BudgetMeasure.GaussianDp, "gdp"), (BudgetMeasure.Renyi, "rdp"),
    ];

    public static ImmutableArray<(ExhaustionRule Rule, string Name)> Rules { get; } =
    [
        (ExhaustionRule.FewerLabels, "fewer-labels"), (ExhaustionRule.StopLabelling, "stop-labelling"),
        (ExhaustionRule.Fail, "fail"),
    ];

    public static string Name(this BudgetMeasure measure) => Measures.Single(m => m.Measure == measure).Name;

    public static string Name(this ExhaustionRule rule) => Rules.Single(r => r.Rule == rule).Name;
}
