using System.Globalization;
using PateSim.Learning.Metrics;
using PateSim.Theft.Measures;

namespace PateSim.Reporting.Summary;

/// <summary>Numbers as a person reads them.</summary>
internal static class Words
{
    private const double Ln10 = 2.302585092994046;

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

    /// <summary>Two decimals from 0.01 upwards, three significant digits below.</summary>
    public static string Epsilon(double epsilon) => epsilon switch
    {
        double.PositiveInfinity => "infinite",
        0 => "0",
        < 0.01 => Invariant($"{epsilon:0.##e-0}"),
        < 1000 => Invariant($"{epsilon:F2}"),
        _ => Invariant($"{epsilon:N0}"),
    };

    /// <summary>1e-5, and 0 for pure epsilon.</summary>
    public static string Delta(double delta) => delta == 0 ? "0"
        : delta < 0.001 ? Invariant($"{delta:0.##e-0}")
        : Invariant($"{delta:0.####}");

    /// <summary>e^epsilon: "9.97", "22,026", "10^43".</summary>
    public static string Factor(double epsilon)
    {
        if (epsilon > 6 * Ln10) return Invariant($"10^{Math.Floor(epsilon / Ln10):F0}");
        var factor = Math.Exp(epsilon);
        return factor < 10 ? Invariant($"{factor:F2}") : Invariant($"{factor:N0}");
    }
}
