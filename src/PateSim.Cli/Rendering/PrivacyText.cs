namespace PateSim.Cli.Rendering;

/// <summary>Privacy figures for a person: four significant digits.</summary>
internal static class PrivacyText
{
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "infinite",
        0 => "0",
        < 0.001 => FormattableString.Invariant($"{value:0.###e-0}"),
        < 1000 => FormattableString.Invariant($"{value:G4}"),
        _ => FormattableString.Invariant($"{value:N0}"),
    };

    /// <summary>Never rounded: 1e-5, 0.01, and 0 for pure ε.</summary>
    public static string Delta(double delta) => delta switch
    {
        0 => "0",
        < 0.001 => FormattableString.Invariant($"{delta:0.###############e-0}"),
        _ => FormattableString.Invariant($"{delta:R}"),
    };

    public static string Count(long number) => FormattableString.Invariant($"{number:N0}");

    public static string YesNo(bool value) => value ? "yes" : "no";
}
