using System.Collections.Immutable;
using PateSim.Privacy.Events;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Summary;

/// <summary>Privacy loss for a person.</summary>
internal static class PrivacyWords
{
    /// <summary>One section for each group of people that the numbers speak of.</summary>
    public static IEnumerable<SummarySection> Sections(RunRecord record) =>
        record.Privacy.GroupBy(entry => entry.Adjacency).Select(group => new SummarySection(
            ["Privacy loss", "computed from", "epsilon", "delta", "publishable", ""],
            [
                .. group.Select(entry => (ImmutableArray<string>)
                [
                    entry.Method, entry.DataDependent ? "the votes" : "worst case",
                    PrivacyNumbers.Epsilon(entry.Epsilon), PrivacyNumbers.Delta(entry.Delta),
                    entry.Releasable ? "yes" : "no", "",
                ]),
            ],
            $"for whom: {group.Key.Name}, {Extent(group.Key)}"));

    /// <summary>What the headline ε bounds, whether a smaller number may be published, and what the noise is worth.
    /// </summary>
    public static string Sentence(RunRecord record)
    {
        if (record.Privacy.IsEmpty) return "Privacy loss: no answer was given, so nothing was spent.";
        var noise = $" The noise of this run is marked \"{record.Noise}\".";
        if (record.Encoding.CrossesHospitals)
        {
            return "Privacy loss: no number of this run is a guarantee or may be published. The encoding was fitted on "
                + "the pooled private records: one patient's record shapes the features of every hospital, which no "
                + "epsilon here covers. The numbers are those of the votes alone." + noise;
        }
        if (PrivacyHeadline.Of(record.Privacy) is not { } headline)
            return "Privacy loss: no number for the whole run may be published." + Smaller(record) + noise;
        if (double.IsPositiveInfinity(headline.Epsilon))
            return "Privacy loss: epsilon is infinite; the answers may show anything about a patient." + noise;
        var slack = headline.Delta == 0 ? "" : $", but for a slack of {PrivacyNumbers.Delta(headline.Delta)}";
        return $"Privacy loss: epsilon {PrivacyNumbers.Epsilon(headline.Epsilon)} at delta "
            + $"{PrivacyNumbers.Delta(headline.Delta)} ({headline.Method}): {Whose(headline.Adjacency)} changes the probability of whatever can be seen in "
            + $"the answers by a factor of at most {PrivacyNumbers.Factor(headline.Epsilon)}{slack}."
            + Smaller(record) + noise;
    }

    private static string Smaller(RunRecord record) =>
        PrivacyHeadline.SmallerUnpublishable(record.Privacy) is { } smaller
            ? $" The smaller {PrivacyNumbers.Epsilon(smaller.Epsilon)} ({smaller.Method}) was computed from the votes, "
                + "which are private: it may not be published."
            : "";

    private static string Extent(Adjacency adjacency) => (adjacency.Kind, adjacency.TeachersTouched) switch
    {
        (AdjacencyKind.PatientReplaced, 1) => "one hospital per patient",
        (AdjacencyKind.PatientReplaced, var k) => Words.Invariant($"up to {k} hospitals per patient"),
        (_, 1) => "one teacher per hospital",
        (_, var k) => Words.Invariant($"up to {k} teachers per hospital"),
    };

    private static string Whose(Adjacency adjacency) => adjacency.Kind switch
    {
        AdjacencyKind.PatientReplaced => "replacing any one patient's record",
        AdjacencyKind.HospitalReplaced => "replacing all records of any one hospital",
        AdjacencyKind.HospitalAddedOrRemoved => "adding or removing any one hospital",
        _ => adjacency.Name,
    } + (adjacency.TeachersTouched == 1 ? "" : Words.Invariant($" (up to {adjacency.TeachersTouched} teachers)"));
}
