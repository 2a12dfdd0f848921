using PateSim.Privacy.Accounting;

namespace PateSim.Reporting.Summary;

/// <summary>Which of several ε speaks for a run.</summary>
public static class PrivacyHeadline
{
    /// <summary>The cost of one answer, which says nothing of the whole run.</summary>
    public const string PerAnswerMethod = "per-answer";

    /// <summary>An ε above this is no useful guarantee: e^10 is a factor of 22,026.</summary>
    /// <remarks>The upper end of what practitioners still call reasonable: Ponomareva et al., How to DP-fy ML, JAIR 77
    /// (2023).</remarks>
    public const double LargestUseful = 10;

    /// <summary>The smallest ε of the whole run that may be published, the smaller δ on ties; null when there is none.
    /// </summary>
    public static EpsilonEntry? Of(IEnumerable<EpsilonEntry> entries) =>
        OfWholeRun(entries).Where(entry => entry.Releasable)
            .OrderBy(entry => entry.Epsilon).ThenBy(entry => entry.Delta).FirstOrDefault();

    /// <summary>The smallest ε computed from the votes that is below the headline and may not be published; null when there
    /// is none.</summary>
    public static EpsilonEntry? SmallerUnpublishable(IReadOnlyCollection<EpsilonEntry> entries)
    {
        var headline = Of(entries)?.Epsilon ?? double.PositiveInfinity;
        return OfWholeRun(entries).Where(entry => !entry.Releasable && entry.DataDependent && entry.Epsilon < headline)
            .OrderBy(entry => entry.Epsilon).FirstOrDefault();
    }

    private static IEnumerable<EpsilonEntry> OfWholeRun(IEnumerable<EpsilonEntry> entries) =>
        entries.Where(entry => entry.Method != PerAnswerMethod);
}
