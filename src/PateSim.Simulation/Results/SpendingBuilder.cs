using System.Collections.Immutable;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;

namespace PateSim.Simulation.Results;

/// <summary>From the ledger's lines to what a run may claim, and to what it spent.</summary>
internal static class SpendingBuilder
{
    /// <summary>The name of the entry that is the budget's own promise.</summary>
    private const string BudgetMethod = "budget";

    /// <summary>What the answers cost: each distinct query once, however often it was asked.</summary>
    /// <remarks>
    /// <para>What may be published is computed from the worst case of every query that the ledger granted, as if each had
    /// been answered: how many a threshold lets pass shows only on the way, so that a figure for the answers given would be
    /// the reading of an odometer and no guarantee. What depends on the votes is computed from what happened.</para>
    /// <para>Where a budget ended the labelling of a mechanism that may abstain, also the number of granted queries hung on
    /// the answers: then the budget itself is the guarantee, whose filter holds for whatever is asked.</para>
    /// <para>Constants fitted on all hospitals' records let a patient reach every teacher: then no figure is a guarantee.
    /// </para>
    /// </remarks>
    public static ImmutableArray<EpsilonEntry> Privacy(RunSetup setup, IReadOnlyCollection<AnswersFact> rounds)
    {
        var plan = setup.Scenario.Privacy;
        var rows = Rows(rounds);
        if (!rows.Any(row => row.Charged)) return [];
        ImmutableArray<PrivacyEvent> happened =
            [.. rounds.SelectMany(round => round.Answers).Select(answer => answer.Cost).OfType<PrivacyEvent>()];
        var target = new AccountingTarget(plan.Delta, plan.Adjacency);
        var entries = plan.Accountants.SelectMany(accountant =>
            LedgerReport.Promised(accountant.Instance, rows, target)
                .Concat(Dependent(accountant.Instance, happened, target)));
        if (plan.Budget is { } budget) entries = entries.Append(Promise(budget, plan));
        return [.. entries.Select(entry => setup.Data.Encoding.CrossesHospitals ? Unfounded(entry) : entry)];
    }

    /// <summary>Null before any answer.</summary>
    public static SpendingRecord? Spending(
        RunSetup setup, IReadOnlyCollection<AnswersFact> rounds, IndividualRecord? individual)
    {
        if (rounds.Count == 0) return null;
        var plan = setup.Scenario.Privacy;
        var rows = Rows(rounds);
        var target = new AccountingTarget(plan.Delta, plan.Adjacency);
        return new SpendingRecord(
            setup.Rounds.Count, rounds.Count, rows.Count(row => row.Charged),
            Count(ChargeOutcome.Answered), Count(ChargeOutcome.Confirmed), Count(ChargeOutcome.Abstained),
            Count(ChargeOutcome.Refused), setup.Queries.Length - rounds.Sum(round => round.Answers.Length),
            plan.Budget is { } budget ? Budget(budget, plan, setup.Ledger.Budget, rows) : null,
            rows.Any(row => row.Charged)
                ? [.. plan.Accountants.SelectMany(a => LedgerReport.Odometer(a.Instance, rows, target))
                    .Select(entry => setup.Data.Encoding.CrossesHospitals ? Unfounded(entry) : entry)]
                : [],
            individual);

        int Count(ChargeOutcome outcome) => rows.Count(row => row.Outcome == outcome);
    }

    /// <summary>The whole ledger.</summary>
    public static ImmutableArray<LedgerRow> Rows(IReadOnlyCollection<AnswersFact> rounds) =>
        [.. rounds.SelectMany(round => round.Charges)];

    private static IEnumerable<EpsilonEntry> Dependent(
        IPrivacyAccountant accountant, ImmutableArray<PrivacyEvent> events, AccountingTarget target) =>
        LedgerReport.Known(accountant, events, target).Where(entry => entry.DataDependent);

    private static EpsilonEntry Promise(BudgetPlan budget, PrivacyPlan plan) => new(
        BudgetMethod, budget.Epsilon, Delta(budget, plan), plan.Adjacency, false, true,
        "The promise of privacy.budget: its filter refuses, before any noise is drawn, what would exceed it, whatever was "
        + "asked and answered before.",
        "measure=" + budget.Measure.Name());

    private static double Delta(BudgetPlan budget, PrivacyPlan plan) =>
        budget.Measure == BudgetMeasure.PureEpsilon ? 0 : plan.Delta;

    private static BudgetRecord Budget(
        BudgetPlan budget, PrivacyPlan plan, BudgetFilter filter, ImmutableArray<LedgerRow> rows)
    {
        var spent = rows.Where(row => row.Charged).Aggregate(filter, (sum, row) => sum.Charge(row.Cost));
        return new BudgetRecord(
            budget.Epsilon, Delta(budget, plan), budget.Measure.Name(), budget.OnExhaustion.Name(), spent.Measure,
            spent.Limit, spent.Spent);
    }

    private static EpsilonEntry Unfounded(EpsilonEntry entry) => entry with
    {
        Releasable = false,
        Note = ("The encoding was fitted on all hospitals' private records, which this figure does not cover. "
            + entry.Note).TrimEnd(),
    };
}
