using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Renyi;
using PateSim.Simulation.Plan;

namespace PateSim.Simulation.Preparation;

/// <summary>From a budget as it is written to the filter that enforces it.</summary>
public static class BudgetPreparation
{
    private const string Code = "PS2205";

    /// <param name="answer">The most that one answer costs.</param>
    /// <exception cref="ScenarioException">The measure does not know the mechanism's noise, or the order does not fit the
    /// budget.</exception>
    public static BudgetFilter Filter(PrivacyPlan plan, PrivacyEvent answer)
    {
        if (plan.Budget is not { } budget) return new UnlimitedBudget(plan.Adjacency);
        var filter = budget.Measure switch
        {
            BudgetMeasure.PureEpsilon => new PureEpsilonBudget(budget.Epsilon, plan.Adjacency),
            BudgetMeasure.GaussianDp => (BudgetFilter)new GaussianBudget(budget.Epsilon, plan.Delta, plan.Adjacency),
            _ => Renyi(plan, budget, answer),
        };
        try
        {
            var after = filter.Charge(answer);
            if (!after.IsExceeded) return filter;
            throw new ScenarioException(new ScenarioProblem("privacy.budget", Code, FormattableString.Invariant(
                $"The budget of {after.Measure} {after.Limit:R} does not pay for one answer, which costs {after.Spent:R}; ")
                + "allow more, or add more noise."));
        }
        catch (UnsupportedPrivacyEventException)
        {
            throw new ScenarioException(new ScenarioProblem(
                "privacy.budget-measure", Code, "This measure does not know the mechanism's noise: pure-epsilon counts "
                + "Laplace noise, gdp continuous Gaussian noise, rdp any."));
        }
    }

    private static RenyiBudget Renyi(PrivacyPlan plan, BudgetPlan budget, PrivacyEvent answer)
    {
        if (budget.Order is { } order) return At(order) ?? throw TooSmall("privacy.budget-order", order);
        // Fixed before any vote is cast, so that the filter's guarantee holds.
        return RenyiOrders.Default.Select(At).OfType<RenyiBudget>()
                .MinBy(filter => filter.Charge(answer).Spent / filter.Limit)
            ?? throw TooSmall("privacy.budget", RenyiOrders.Default[^1]);

        RenyiBudget? At(double candidate)
        {
            try
            {
                return new RenyiBudget(budget.Epsilon, plan.Delta, candidate, plan.Adjacency);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        ScenarioException TooSmall(string path, double tried) => new(new ScenarioProblem(path, Code,
            FormattableString.Invariant($"At Rényi order {tried:R} delta {plan.Delta:0.###############e-0} alone costs more ")
            + FormattableString.Invariant($"than the budget of epsilon {budget.Epsilon:R}; ")
            + "choose a larger order or leave it out, or allow a larger epsilon or delta."));
    }
}
