using System.Globalization;

namespace PateSim.Reporting.Tests.Support;

/// <summary>Cultures that would spoil numbers, made by hand since the invariant mode knows none.</summary>
internal static class Cultures
{
    /// <summary>Runs under decimal commas, other signs, groups and names of infinity.</summary>
    public static T Hostile<T>(Func<T> run)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "minus ";
        culture.NumberFormat.PositiveInfinitySymbol = "unendlich";
        culture.NumberFormat.NaNSymbol = "keine Zahl";
        culture.DateTimeFormat.TimeSeparator = ".";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
