using PateSim.Reporting.Summary;

namespace PateSim.Cli.Rendering;

/// <summary>Privacy figures for a person: four significant digits, and no bound tighter than it is.</summary>
internal static class PrivacyText
{
    private const int Digits = 4;

    /// <summary>An ε that nothing exceeds: rounded up.</summary>
    public static string Upper(double value) => PrivacyNumbers.Upper(value, Digits);

    /// <summary>An ε that was reached at least: rounded down.</summary>
    public static string Lower(double value) => PrivacyNumbers.Lower(value, Digits);

    /// <summary>Never rounded: 1e-5, 0.01, and 0 for pure ε.</summary>
    public static string Delta(double delta) => PrivacyNumbers.Delta(delta);

    public static string Count(long number) => FormattableString.Invariant($"{number:N0}");

    public static string YesNo(bool value) => value ? "yes" : "no";
}
