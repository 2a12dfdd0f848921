using System.Collections.Immutable;
using System.Globalization;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Privacy.Ledger;

/// <summary>
/// The ledger of one run or one hospital: a pure state machine, decide and apply.
/// </summary>
/// <remarks>
/// <para>Order for each query: reserve → persist → sample → record → persist → answer. A crash between any two steps
/// leaves either no trace of noise, or a charge without an answer; never an uncharged answer, never a second noise for
/// the same query.</para>
/// <para>The filter holds what is settled; open reservations count in full at their worst case until their answer
/// shows the real cost. Nothing is ever subtracted.</para>
/// </remarks>
public sealed record LedgerState
{
    private LedgerState(BudgetFilter budget) => (Budget, Known) = (budget, budget);

    /// <summary>The filter after all settled charges.</summary>
    public BudgetFilter Budget { get; private init; }

    /// <summary>The filter after all settled charges and all open reservations at their worst case. It is computed anew
    /// only when a decision needs it: answers that cost less than was set aside come in numbers.</summary>
    private BudgetFilter Committed => Known ?? Open.OrderBy(open => open.Key, StringComparer.Ordinal)
        .Aggregate(Budget, (filter, open) => filter.Charge(open.Value.WorstCase));

    /// <summary>What is committed, as far as it was computed; null after an answer that cost less.</summary>
    private BudgetFilter? Known { get; init; }

    /// <summary>Memoised answers by query.</summary>
    public ImmutableDictionary<string, VoteAnswer> Answers { get; private init; } =
        ImmutableDictionary.Create<string, VoteAnswer>(StringComparer.Ordinal);

    /// <summary>Reservations whose answer is not known yet.</summary>
    public ImmutableDictionary<string, LedgerRequest> Open { get; private init; } =
        ImmutableDictionary.Create<string, LedgerRequest>(StringComparer.Ordinal);

    /// <summary>Queries charged and never answered, because of a crash.</summary>
    public ImmutableHashSet<string> Lost { get; private init; } =
        ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Queries refused, with the reason given.</summary>
    public ImmutableDictionary<string, string> Refusals { get; private init; } =
        ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Settled lines in the order of their settlement.</summary>
    public ImmutableList<LedgerRow> Rows { get; private init; } = [];

    /// <summary>Odometer: the pure ε charged so far by basic composition, open reservations at their worst
    /// case.</summary>
    public double SpentBasicEpsilon =>
        SettledBasicEpsilon + Open.Values.Sum(request => Epsilon(request.WorstCase));

    /// <summary>Charged queries, answered or lost or still open.</summary>
    public int ChargedQueries => Answers.Count + Lost.Count + Open.Count;

    private double SettledBasicEpsilon => Rows.IsEmpty ? 0 : Rows[^1].CumulativeBasicEpsilon;

    public static LedgerState Start(BudgetFilter budget) => new(budget);

    /// <summary>The state after a crash: the fold of the persisted records, with open reservations turned into lost
    /// answers. The new records have to be persisted.</summary>
    public static (LedgerState State, ImmutableArray<LedgerRecord> NewRecords) Recover(
        BudgetFilter budget, IEnumerable<LedgerRecord> persisted)
    {
        var state = persisted.Aggregate(Start(budget), (before, record) => before.Apply(record));
        ImmutableArray<LedgerRecord> lost =
            [.. state.Open.Keys.Order(StringComparer.Ordinal).Select(query => new LedgerRecord.Lost(query))];
        return (lost.Aggregate(state, (before, record) => before.Apply(record)), lost);
    }

    /// <summary>Decides about a request without changing anything.</summary>
    /// <exception cref="UnsupportedPrivacyEventException">The budget does not know the event.</exception>
    public LedgerDecision Decide(LedgerRequest request)
    {
        var query = request.Query;
        if (Answers.TryGetValue(query, out var answer)) return new LedgerDecision.Memoised(answer);
        if (Open.ContainsKey(query)) return new LedgerDecision.InProgress();
        if (Lost.Contains(query)) return new LedgerDecision.AnswerLost();
        if (Refusals.TryGetValue(query, out var earlier)) return new LedgerDecision.Refused(earlier, null);
        var before = Committed;
        var after = before.Charge(request.WorstCase);
        if (!after.IsExceeded) return new LedgerDecision.Granted(new LedgerRecord.Reserved(request));
        var reason = Exceeded(before, after);
        return new LedgerDecision.Refused(reason, new LedgerRecord.Refused(request, reason));
    }

    private static string Exceeded(BudgetFilter before, BudgetFilter after) => string.Create(
        CultureInfo.InvariantCulture,
        $"The budget of {after.Measure} {after.Limit:R} is spent up to {before.Spent:R}; "
        + $"this answer would bring it to {after.Spent:R} ({after.Adjacency}).");

    /// <summary>The state after a record.</summary>
    /// <exception cref="InvalidOperationException">The record does not follow from this state, such as an answer
    /// without a reservation.</exception>
    public LedgerState Apply(LedgerRecord record) => record switch
    {
        LedgerRecord.Reserved reserved => IsKnown(record.Query)
            ? throw new InvalidOperationException($"The query '{record.Query}' is reserved a second time.")
            : this with
            {
                Open = Open.Add(record.Query, reserved.Request),
                Known = Committed.Charge(reserved.Request.WorstCase),
            },
        LedgerRecord.Refused refused => IsKnown(record.Query)
            ? throw new InvalidOperationException($"The query '{record.Query}' is refused after a decision about it.")
            : Settle(refused.Request, refused.Request.WorstCase, ChargeOutcome.Refused) with
            {
                Refusals = Refusals.Add(record.Query, refused.Reason),
            },
        LedgerRecord.Answered answered => Close(
            Reservation(record.Query), answered.Cost, LedgerRow.OutcomeOf(answered.Answer)) with
        {
            Answers = Answers.Add(record.Query, answered.Answer),
        },
        LedgerRecord.Lost => Close(
            Reservation(record.Query), Reservation(record.Query).WorstCase, ChargeOutcome.Lost) with
        {
            Lost = Lost.Add(record.Query),
        },
        _ => throw new InvalidOperationException($"The record {record} is unknown."),
    };

    private bool IsKnown(string query) =>
        Answers.ContainsKey(query) || Open.ContainsKey(query) || Lost.Contains(query) || Refusals.ContainsKey(query);

    private LedgerRequest Reservation(string query) => Open.GetValueOrDefault(query)
        ?? throw new InvalidOperationException($"The query '{query}' was answered without a reservation.");

    /// <summary>Turns a reservation into its real cost. What is committed changes only where the two differ.</summary>
    private LedgerState Close(LedgerRequest request, PrivacyEvent cost, ChargeOutcome outcome)
    {
        var next = Settle(request, cost, outcome) with { Open = Open.Remove(request.Query) };
        return cost.Equals(request.WorstCase) ? next : next with { Known = null };
    }

    private LedgerState Settle(LedgerRequest request, PrivacyEvent cost, ChargeOutcome outcome)
    {
        var epsilon = Epsilon(cost);
        var charged = outcome != ChargeOutcome.Refused;
        var row = new LedgerRow(
            Rows.Count + 1, request.Query, request.Mechanism, request.WorstCase, outcome, epsilon,
            SettledBasicEpsilon + (charged ? epsilon : 0));
        return this with { Budget = charged ? Budget.Charge(cost) : Budget, Rows = Rows.Add(row) };
    }

    private double Epsilon(PrivacyEvent cost) =>
        PureEpsilon.Of(cost, Budget.Adjacency) ?? double.PositiveInfinity;
}
