using System.Collections.Immutable;
using System.Globalization;

namespace PateSim.Core.Components;

/// <summary>What an option holds. The CLR type of its value stands beside each.</summary>
public enum OptionType
{
    /// <summary>long</summary>
    Integer,

    /// <summary>double</summary>
    Real,

    /// <summary>bool</summary>
    Flag,

    /// <summary>string</summary>
    Text,

    /// <summary>string, one of <see cref="OptionSpec.Choices"/></summary>
    Choice,

    /// <summary>ImmutableArray of long</summary>
    IntegerList,

    /// <summary>ImmutableArray of double</summary>
    RealList,

    /// <summary>ImmutableArray of string, each one of <see cref="OptionSpec.Choices"/></summary>
    ChoiceList,

    /// <summary>ImmutableArray of string, each as written</summary>
    TextList,

    /// <summary>ImmutableSortedDictionary of string to <see cref="OptionValues"/>: blocks under names that the user
    /// chooses, each with the options of <see cref="OptionSpec.Inner"/></summary>
    Blocks,
}

/// <summary>
/// One option of a component or a section: the single description from which reading, checking, help and
/// <c>scenarios/reference.conf</c> are derived, so that they cannot drift apart.
/// </summary>
public sealed record OptionSpec
{
    private OptionSpec(string name, OptionType type, string summary, object? @default) =>
        (Name, Type, Summary, Default) = (name, type, summary, @default);

    /// <summary>Lower case words joined by hyphens, as written in scenario files.</summary>
    public string Name { get; }

    public OptionType Type { get; }

    /// <summary>One sentence: meaning, symbol and unit.</summary>
    public string Summary { get; }

    /// <summary>The value where none is written; null means that the option may stay unset (then
    /// <see cref="OptionValues.Has"/> is false).</summary>
    public object? Default { get; private init; }

    /// <summary>Smallest permitted number (or list element); null for none.</summary>
    public double? Minimum { get; private init; }

    /// <summary>Largest permitted number (or list element); null for none.</summary>
    public double? Maximum { get; private init; }

    /// <summary>True when <see cref="Minimum"/> and <see cref="Maximum"/> themselves are not permitted.</summary>
    public bool Exclusive { get; private init; }

    /// <summary>True when the option must be written: it has no default and may not stay unset.</summary>
    public bool Required { get; private init; }

    public ImmutableArray<string> Choices { get; private init; } = [];

    /// <summary>The options of each block of <see cref="OptionType.Blocks"/>.</summary>
    public ImmutableArray<OptionSpec> Inner { get; private init; } = [];

    public static OptionSpec Integer(
        string name, string summary, long? @default, double? minimum = null, double? maximum = null) =>
        new(name, OptionType.Integer, summary, @default) { Minimum = minimum, Maximum = maximum };

    public static OptionSpec Real(
        string name, string summary, double? @default, double? minimum = null, double? maximum = null,
        bool exclusive = false) =>
        new(name, OptionType.Real, summary, @default) { Minimum = minimum, Maximum = maximum, Exclusive = exclusive };

    public static OptionSpec Flag(string name, string summary, bool @default) =>
        new(name, OptionType.Flag, summary, @default);

    public static OptionSpec Text(string name, string summary, string? @default) =>
        new(name, OptionType.Text, summary, @default);

    public static OptionSpec Choice(
        string name, string summary, string @default, params ImmutableArray<string> choices) =>
        new(name, OptionType.Choice, summary, @default) { Choices = choices };

    public static OptionSpec IntegerList(
        string name, string summary, ImmutableArray<long> @default, double? minimum = null, double? maximum = null) =>
        new(name, OptionType.IntegerList, summary, @default) { Minimum = minimum, Maximum = maximum };

    public static OptionSpec RealList(
        string name, string summary, ImmutableArray<double> @default, double? minimum = null, double? maximum = null,
        bool exclusive = false) =>
        new(name, OptionType.RealList, summary, @default)
        {
            Minimum = minimum,
            Maximum = maximum,
            Exclusive = exclusive,
        };

    public static OptionSpec ChoiceList(
        string name, string summary, ImmutableArray<string> @default, params ImmutableArray<string> choices) =>
        new(name, OptionType.ChoiceList, summary, @default) { Choices = choices };

    public static OptionSpec TextList(string name, string summary, ImmutableArray<string>? @default) =>
        new(name, OptionType.TextList, summary, @default);

    /// <summary>Blocks under names of the user's own; none by default.</summary>
    public static OptionSpec Blocks(string name, string summary, params ImmutableArray<OptionSpec> inner) =>
        new(name, OptionType.Blocks, summary, ImmutableSortedDictionary.Create<string, OptionValues>(StringComparer.Ordinal))
        {
            Inner = inner,
        };

    /// <summary>The same option without its default, which must be written.</summary>
    public OptionSpec AsRequired() => this with { Required = true, Default = null };

    /// <summary>Why a value is not permitted, or null when it is. The value has the CLR type of <see cref="Type"/>.
    /// </summary>
    public string? Reject(object value) => value switch
    {
        long number => RejectNumber(number, number.ToString(CultureInfo.InvariantCulture)),
        double number when !double.IsFinite(number) =>
            number.ToString(CultureInfo.InvariantCulture) + " is not a finite number",
        double number => RejectNumber(number, Format(number)!),
        string text when Type == OptionType.Choice && !Choices.Contains(text) =>
            $"'{text}' is unknown. {Suggestion.Describe(text, Choices)}",
        ImmutableArray<long> list => list.Select(n => Reject(n)).FirstOrDefault(r => r is not null),
        ImmutableArray<double> list => list.Select(n => Reject(n)).FirstOrDefault(r => r is not null),
        ImmutableArray<string> list when Type == OptionType.ChoiceList => list.Where(t => !Choices.Contains(t))
            .Select(t => $"'{t}' is unknown. {Suggestion.Describe(t, Choices)}").FirstOrDefault(),
        _ => null,
    };

    /// <summary>Whether a value has the CLR type that belongs to <see cref="Type"/>; no conversion is made.</summary>
    public bool Holds(object value) => value switch
    {
        long => Type == OptionType.Integer,
        double => Type == OptionType.Real,
        bool => Type == OptionType.Flag,
        string => Type is OptionType.Text or OptionType.Choice,
        ImmutableArray<long> list => Type == OptionType.IntegerList && !list.IsDefault,
        ImmutableArray<double> list => Type == OptionType.RealList && !list.IsDefault,
        ImmutableArray<string> list => Type is OptionType.ChoiceList or OptionType.TextList && !list.IsDefault,
        ImmutableSortedDictionary<string, OptionValues> => Type == OptionType.Blocks,
        _ => false,
    };

    /// <summary>The permitted values in words, such as "a number above 0", "one of a, b".</summary>
    public string DescribeRange()
    {
        var kind = Type switch
        {
            OptionType.Integer => "a whole number",
            OptionType.Real => "a number",
            OptionType.Flag => "true or false",
            OptionType.Text => "text",
            OptionType.Choice => "one of " + string.Join(", ", Choices),
            OptionType.IntegerList => "a list of whole numbers",
            OptionType.RealList => "a list of numbers",
            OptionType.TextList => "a list of texts",
            OptionType.Blocks => "a block of blocks with " + string.Join(", ", Inner.Select(o => o.Name)),
            _ => "a list of " + string.Join(", ", Choices),
        };
        var (low, high) = (Format(Minimum), Format(Maximum));
        return (low, high, Exclusive) switch
        {
            (null, null, _) => kind,
            (not null, null, true) => $"{kind} above {low}",
            (not null, null, false) => $"{kind}, at least {low}",
            (null, not null, true) => $"{kind} below {high}",
            (null, not null, false) => $"{kind}, at most {high}",
            (_, _, true) => $"{kind} between {low} and {high}, ends excluded",
            _ => $"{kind} from {low} to {high}",
        };
    }

    private static string? Format(double? bound) =>
        bound?.ToString("R", CultureInfo.InvariantCulture);

    private string? RejectNumber(double number, string written)
    {
        var tooLow = Minimum is { } low && (Exclusive ? number <= low : number < low);
        var tooHigh = Maximum is { } high && (Exclusive ? number >= high : number > high);
        return tooLow || tooHigh ? $"{written} is out of range" : null;
    }
}
