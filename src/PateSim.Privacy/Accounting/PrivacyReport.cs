using System.Collections.Immutable;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Accounting;

/// <summary>All ε variants of a run in one table.</summary>
public static class PrivacyReport
{
    /// <summary>The entries of every accountant that knows all the events, in the order of the accountants.</summary>
    /// <returns>The entries, and for each accountant left out its name with the reason.</returns>
    public static (ImmutableArray<EpsilonEntry> Entries, ImmutableArray<string> LeftOut) Of(
        IReadOnlyCollection<PrivacyEvent> events, AccountingTarget target, IEnumerable<IPrivacyAccountant> accountants,
        CancellationToken cancellation = default)
    {
        var entries = ImmutableArray.CreateBuilder<EpsilonEntry>();
        var leftOut = ImmutableArray.CreateBuilder<string>();
        foreach (var accountant in accountants)
        {
            try
            {
                entries.AddRange(accountant.Account(Stoppable(), target));
            }
            catch (UnsupportedPrivacyEventException error)
            {
                leftOut.Add(error.Message);
            }
        }
        return (entries.ToImmutable(), leftOut.ToImmutable());

        // Accountants go through the events one by one: that is where they can be stopped.
        IEnumerable<PrivacyEvent> Stoppable() => !cancellation.CanBeCanceled ? events : events.Select(one =>
        {
            cancellation.ThrowIfCancellationRequested();
            return one;
        });
    }

    /// <summary>The headline: the smallest releasable ε at a positive δ, or of all releasable ones where there is none.
    /// </summary>
    public static EpsilonEntry? Headline(IEnumerable<EpsilonEntry> entries)
    {
        EpsilonEntry[] releasable =
            [.. entries.Where(e => e.Releasable && !e.DataDependent && e.Method != "per-answer")];
        return releasable.Where(e => e.Delta > 0).DefaultIfEmpty(null).MinBy(e => e?.Epsilon)
            ?? releasable.MinBy(e => e.Epsilon);
    }
}
