using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace PateSim.Cli.Commands;

/// <summary>Options that are numbers with a range: what is outside is refused with what would be right.</summary>
internal static class CheckedNumber
{
    public const string Positive = "a finite number above 0";

    public static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    /// <summary>An option that is null when it is not written.</summary>
    public static Option<double?> Real(
        string name, string helpName, string description, Func<double, bool>? holds = null, string range = Positive) =>
        new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result => Parse(result, name, holds ?? IsPositive, range),
        };

    public static Option<long?> Whole(string name, string description, long low, long high) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                && value >= low && value <= high)
            {
                return value;
            }
            result.AddError(FormattableString.Invariant($"{name} {text}: it is a whole number from {low} to {high}."));
            return null;
        },
    };

    public static Option<double[]?> List(
        string name, string helpName, string description, Func<double, bool> holds, string range) => new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result =>
            {
                var values = new List<double>();
                foreach (var text in result.Tokens[0].Value.Split(','))
                {
                    if (TryRead(text, out var value) && holds(value)) values.Add(value);
                    else result.AddError($"{name}: '{text}' is not {range}.");
                }
                return [.. values];
            },
        };

    private static double? Parse(ArgumentResult result, string name, Func<double, bool> holds, string range)
    {
        var text = result.Tokens[0].Value;
        if (TryRead(text, out var value) && holds(value)) return value;
        result.AddError($"{name} {text}: it is {range}.");
        return null;
    }

    private static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
