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
        if (record.Counts.QueriesRefused > 0)
        {
            var (refused, asked) = (Words.Count(record.Counts.QueriesRefused), Words.Count(record.Counts.Queries));
            warnings.Add($"{refused} of {asked} queries were refused: the privacy budget was spent.");
        }
        if (record.Encoding.CrossesHospitals && !record.Warnings.Contains(record.Encoding.Statement))
            warnings.Add(record.Encoding.Statement);
        warnings.AddRange(record.Warnings);
        return warnings.ToImmutable();
    }

    private static string? NoUsefulGuarantee(RunRecord record)
    {
        if (record.Privacy.IsEmpty) return null;
        var epsilon = PrivacyHeadline.Of(record.Privacy)?.Epsilon ?? double.PositiveInfinity;
        if (epsilon <= PrivacyHeadline.LargestUseful) return null;
        return $"Epsilon {PrivacyNumbers.Epsilon(epsilon)} is no useful guarantee (above "
            + $"{PrivacyNumbers.Epsilon(PrivacyHeadline.LargestUseful)} there is hardly any). More hospitals than these "
            + $"{Words.Count(record.Counts.Hospitals)} would bear more noise at the same accuracy, and fewer queries "
            + "cost less.";
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
