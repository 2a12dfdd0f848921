using System.Globalization;
using PateSim.Learning.Metrics;
using PateSim.Theft.Measures;

namespace PateSim.Reporting.Summary;

/// <summary>Numbers as a person reads them.</summary>
internal static class Words
{
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>0.8613 as "86.1 %".</summary>
    public static string Percent(double share) => Invariant($"{100 * share:F1} %");

    /// <summary>"84.0 - 88.1 %"</summary>
    public static string Interval(Estimate estimate) =>
        Invariant($"{100 * estimate.Lower:F1} - {100 * estimate.Upper:F1} %");

    /// <summary>A measured share as successes of n records.</summary>
    public static Proportion ProportionOf(double share, int records) =>
        new((long)Math.Round(share * records, MidpointRounding.AwayFromZero), records);

    /// <summary>A share as a number of 1,000 patients, halves upwards.</summary>
    public static string OfThousand(double share) => Count((long)Math.Floor(1000 * share + 0.5));
}
