using System.Collections.Immutable;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Summary;

/// <summary>What a reader has to know before believing the numbers.</summary>
internal static class SummaryWarnings
{
    private const int MostFailuresNamed = 5;

    public static ImmutableArray<string> Of(RunRecord record)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        if (record.Status != RunStatus.Completed)
            warnings.Add("The run did not finish; the numbers are those of what was done until then.");
        if (NoUsefulGuarantee(record) is { } weak) warnings.Add(weak);
        if (Failures(record) is { } failures) warnings.Add(failures);
        if (OneClass(record) is { } oneClass) warnings.Add(oneClass);
        warnings.AddRange(record.Baselines.Where(report => report.Failure is not null)
            .Select(report => $"The baseline {report.Name} was not trained. {report.Failure}"));
        if (Unanswered(record) is { } unanswered) warnings.Add(unanswered);
        if (LargeDelta(record) is { } delta) warnings.Add(delta);
        if (record.Encoding.CrossesHospitals && !record.Warnings.Contains(record.Encoding.Statement))
            warnings.Add(record.Encoding.Statement);
        warnings.AddRange(record.Warnings);
        return warnings.ToImmutable();
    }

    private static string? NoUsefulGuarantee(RunRecord record)
    {
        // With a crossing encoding no amount of noise or hospitals would help: its own sentence says so.
        if (record.Privacy.IsEmpty || record.Encoding.CrossesHospitals) return null;
        var epsilon = PrivacyHeadline.Of(record.Privacy)?.Epsilon ?? double.PositiveInfinity;
        if (epsilon <= PrivacyHeadline.LargestUseful) return null;
        return $"Epsilon {PrivacyNumbers.Epsilon(epsilon)} is no useful guarantee (above "
            + $"{PrivacyNumbers.Epsilon(PrivacyHeadline.LargestUseful)} there is hardly any). More hospitals than "
            + $"these {Words.Count(record.Counts.Hospitals)} would bear more noise at the same accuracy, and fewer queries "
            + "cost less.";
    }

    /// <summary>How many queries have no label, why, and what that does to the accuracy of the votes.</summary>
    private static string? Unanswered(RunRecord record)
    {
        // Before the votes are counted, no query is answered or refused: the status says that.
        if (record.Answers.IsEmpty) return null;
        var without = record.Answers.Count(answer => answer.Label is null);
        if (without == 0) return null;
        var (refused, answered) = (record.Counts.QueriesRefused, record.Answers.Length - without);
        var reasons = new List<string>();
        if (without > refused)
            reasons.Add($"{Words.Count(without - refused)} below the mechanism's threshold of agreement");
        if (refused > 0) reasons.Add($"{Words.Count(refused)} refused, for the privacy budget was spent");
        return $"{Words.Count(without)} of {Words.Count(record.Answers.Length)} queries got no answer: "
            + string.Join(", ", reasons) + ". \"noisy vote\" is measured on the "
            + $"{Words.Count(answered)} answered alone, \"vote without noise\" on all "
            + $"{Words.Count(record.Answers.Length)}: their difference is not what the noise costs"
            + (without > refused ? ", since a threshold leaves out the hard cases." : ".");
    }

    /// <summary>A mechanism that publishes each of n records with probability δ is (0, δ)-DP: from δ = 1/n on it
    /// publishes one in expectation.</summary>
    private static string? LargeDelta(RunRecord record)
    {
        if (record.Privacy.IsEmpty || record.Counts.PrivateRecords == 0) return null;
        var delta = record.Privacy.Max(entry => entry.Delta);
        return delta * record.Counts.PrivateRecords < 1 ? null
            : $"Delta {PrivacyNumbers.Delta(delta)} is not below one in the "
                + $"{Words.Count(record.Counts.PrivateRecords)} private records: a delta this large permits publishing one patient in full.";
    }

    /// <summary>Hospitals whose records are all of one class vote for it always.</summary>
    private static string? OneClass(RunRecord record)
    {
        var constant = record.Hospitals.Count(
            hospital => hospital.Records > 0 && hospital.ClassCounts.Count(count => count > 0) == 1);
        return constant == 0 ? null
            : $"{Words.Count(constant)} of {Words.Count(record.Counts.Hospitals)} hospitals hold records of one class only: "
                + "their teachers answer with it whatever is asked. hospitals.csv names them.";
    }

    private static string? Failures(RunRecord record)
    {
        var failed = record.Hospitals.Where(hospital => hospital.Failure is not null).ToList();
        if (failed.Count == 0) return null;
        var named = failed.Take(MostFailuresNamed).Select(hospital => $"{hospital.Name}: {hospital.Failure}");
        var more = failed.Count > MostFailuresNamed
            ? $"; {Words.Count(failed.Count - MostFailuresNamed)} more in hospitals.csv" : "";
        return $"{Words.Count(failed.Count)} of {Words.Count(record.Counts.Hospitals)} hospitals failed: "
            + string.Join("; ", named) + more;
    }
}
