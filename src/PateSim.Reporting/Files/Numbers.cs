using System.Globalization;

namespace PateSim.Reporting.Files;

/// <summary>Numbers as result files hold them, whatever the culture of the machine.</summary>
internal static class Numbers
{
    /// <summary>The shortest text that reads back as the same double; "Infinity", "-Infinity", "NaN".</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Text(double? value) => value is { } number ? Text(number) : "";

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(int value) => Text((long)value);

    public static string Text(int? value) => value is { } number ? Text((long)number) : "";

    public static string Text(bool value) => value ? "true" : "false";
}
