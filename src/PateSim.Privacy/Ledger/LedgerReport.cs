using System.Collections.Immutable;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Ledger;

/// <summary>
/// What the lines of a ledger let be said of the privacy loss, by accountants that need no votes. A run and its
/// <c>ledger.csv</c> are accounted for here alike.
/// </summary>
public static class LedgerReport
{
    private const string Reading =
        "An odometer reading: how much was charged shows only on the way, so it bounds no promise made beforehand.";

    private const string Exhausted =
        "The budget ended the labelling after a number of queries that hung on the answers, so this is a reading and no "
        + "guarantee: the budget itself is.";

    /// <summary>The cost of every charged query as if it had been answered: how many a threshold lets pass shows only on
    /// the way. Lazy: nothing grows with the number of answers.</summary>
    public static IEnumerable<PrivacyEvent> WorstCase(IReadOnlyCollection<LedgerRow> rows) =>
        rows.Where(row => row.Charged).Select(row => row.WorstCase);

    /// <summary>What was really charged.</summary>
    public static IEnumerable<PrivacyEvent> Realised(IReadOnlyCollection<LedgerRow> rows) =>
        rows.Where(row => row.Charged).Select(row => row.Cost);

    /// <summary>Whether any charge may turn out smaller than its worst case.</summary>
    public static bool MaySave(IReadOnlyCollection<LedgerRow> rows) =>
        rows.Any(row => row is { Charged: true, WorstCase: ComposedEvent });

    /// <summary>Whether the number of charged queries hung on what was answered: a budget refused some, and what earlier
    /// ones cost was known only afterwards.</summary>
    public static bool EndedByOutcomes(IReadOnlyCollection<LedgerRow> rows) =>
        MaySave(rows) && rows.Any(row => !row.Charged);

    /// <summary>ε of the charged queries in the worst case; releasable as long as their number was no outcome.</summary>
    /// <returns>Data-independent entries; none where the accountant does not know an event.</returns>
    public static ImmutableArray<EpsilonEntry> Promised(
        IPrivacyAccountant accountant, IReadOnlyCollection<LedgerRow> rows, AccountingTarget target)
    {
        var entries = Account(accountant, WorstCase(rows), target);
        return EndedByOutcomes(rows) ? [.. entries.Select(entry => Unreleasable(entry, Exhausted))] : entries;
    }

    /// <summary>ε of what was really charged: what the odometer shows.</summary>
    /// <inheritdoc cref="Promised" path="/returns"/>
    public static ImmutableArray<EpsilonEntry> Odometer(
        IPrivacyAccountant accountant, IReadOnlyCollection<LedgerRow> rows, AccountingTarget target)
    {
        // Without a threshold every answer costs its worst case.
        if (!MaySave(rows)) return Promised(accountant, rows, target);
        return [.. Account(accountant, Realised(rows), target).Select(entry => Unreleasable(entry, Reading))];
    }

    /// <summary>The entries of an accountant; none where it does not know an event, or not at this adjacency.</summary>
    public static ImmutableArray<EpsilonEntry> Known(
        IPrivacyAccountant accountant, IEnumerable<PrivacyEvent> events, AccountingTarget target)
    {
        if (!events.All(accountant.Supports)) return [];
        try
        {
            return accountant.Account(events, target);
        }
        catch (UnsupportedPrivacyEventException)
        {
            return [];
        }
    }

    private static ImmutableArray<EpsilonEntry> Account(
        IPrivacyAccountant accountant, IEnumerable<PrivacyEvent> events, AccountingTarget target) =>
        [.. Known(accountant, events, target).Where(entry => !entry.DataDependent)];

    private static EpsilonEntry Unreleasable(EpsilonEntry entry, string why) => entry with
    {
        Releasable = false,
        Note = AccountingNotes.Join(why, entry.Note),
    };
}
