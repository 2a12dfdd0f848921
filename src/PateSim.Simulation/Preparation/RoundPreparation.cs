using PateSim.Simulation.Plan;

namespace PateSim.Simulation.Preparation;

/// <summary>From the queries as they are written to the rounds in which they are asked.</summary>
public static class RoundPreparation
{
    private const string Path = "aggregation.queries-per-round";

    /// <summary>As written; else one round, or two halves where the mechanism looks at a student that learned from the
    /// first (Papernot et al. 2018 train theirs in two rounds).</summary>
    /// <exception cref="ScenarioException">A round holds more than all queries, or leaves no second round to a mechanism
    /// that needs one.</exception>
    public static QueryRounds Rounds(AggregationPlan plan)
    {
        var mechanism = plan.Mechanism.Instance;
        var rounds = new QueryRounds(
            plan.Queries, plan.QueriesPerRound ?? (mechanism.UsesStudent ? (plan.Queries + 1) / 2 : plan.Queries));
        if (plan.QueriesPerRound > plan.Queries)
        {
            throw new ScenarioException(new ScenarioProblem(Path, "PS2231", FormattableString.Invariant(
                $"A round of {plan.QueriesPerRound} queries is more than all {plan.Queries}: ask at most as many, or leave ")
                + "it out for one round of all."));
        }
        if (mechanism.UsesStudent && rounds.Count < 2)
        {
            throw new ScenarioException(new ScenarioProblem(
                plan.QueriesPerRound is null ? "aggregation.queries" : Path, "PS2230", FormattableString.Invariant(
                    $"{plan.Mechanism.Name} looks at a student that learned from an earlier round, and {plan.Queries} queries ")
                + FormattableString.Invariant($"in rounds of {rounds.PerRound} are one round: ask fewer per round.")));
        }
        return rounds;
    }
}
