using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using PateSim.Core.Components;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Binding;

/// <summary>
/// Reads a value as an option wants it, or raises why it cannot.
/// </summary>
/// <remarks>
/// A whole number is written in digits, or with an exponent and no point when its value is whole: 1000, -3, 1e6, but
/// not 1.0, 1.5e3 or 1e-3. It must fit 64 bits and is never rounded. A number is a JSON number that a double can hold
/// without becoming infinite or, unless it is zero, zero. A flag is true, false, on, off, yes or no. Neither takes
/// quotes.
/// Text takes any single value as written.
/// </remarks>
internal sealed class ValueReader(ProblemCollector problems)
{
    /// <summary>The value in the CLR type of the option, checked; null after raising a problem.</summary>
    public object? Read(OptionSpec spec, HoconNode node, string path)
    {
        var value = ReadTyped(spec, node, path);
        if (value is null || spec.Type is OptionType.IntegerList or OptionType.RealList or OptionType.ChoiceList
            or OptionType.TextList or OptionType.Blocks)
        {
            return value;
        }
        return Check(spec, value, node, path) ? value : null;
    }

    private object? ReadTyped(OptionSpec spec, HoconNode node, string path) => spec.Type switch
    {
        OptionType.Integer => ReadInteger(spec, node, path),
        OptionType.Real => ReadReal(spec, node, path),
        OptionType.Flag => ReadFlag(spec, node, path),
        OptionType.Text or OptionType.Choice => ReadText(spec, node, path),
        OptionType.IntegerList => ReadList<long>(spec, node, path, (n, p) => ReadInteger(spec, n, p)),
        OptionType.RealList => ReadList<double>(spec, node, path, (n, p) => ReadReal(spec, n, p)),
        OptionType.ChoiceList or OptionType.TextList =>
            ReadList<string>(spec, node, path, (n, p) => ReadText(spec, n, p)),
        // Blocks with content are bound by the binder, which knows how to read options.
        OptionType.Blocks => node is HoconObject { Fields.IsEmpty: true }
            ? spec.Default
            : Fail(node, path, $"It is {node.Describe()}, where an empty block is due", spec),
        _ => throw new NotSupportedException($"Options of type {spec.Type} cannot be read."),
    };

    private bool Check(OptionSpec spec, object value, HoconNode node, string path)
    {
        if (spec.Reject(value) is not { } reason) return true;
        var unknown = spec.Type is OptionType.Choice or OptionType.ChoiceList;
        if (unknown) problems.Add(node.Place, ProblemCodes.UnknownName, path, reason);
        else problems.Add(node.Place, ProblemCodes.OutOfRange, path, $"{reason}. It is {spec.DescribeRange()}.");
        return false;
    }

    private object? ReadInteger(OptionSpec spec, HoconNode node, string path)
    {
        if (Number(spec, node, path) is not { } text) return null;
        var exponentAt = text.AsSpan().IndexOfAny('e', 'E');
        var digits = exponentAt < 0 ? text : text[..exponentAt];
        if (digits.Contains('.', StringComparison.Ordinal))
            return Fail(node, path, $"{text} is not written as a whole number; write it without a decimal point", spec);
        var exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(
            text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            exponent = int.MaxValue;
        }
        var bounded = digits.Length <= 40 ? digits : "1" + new string('0', 40);
        var mantissa = BigInteger.Parse(bounded, CultureInfo.InvariantCulture);
        if (exponent < 0) return Fail(node, path, $"{text} is not a whole number", spec);
        if (!mantissa.IsZero && exponent > 18) mantissa = BigInteger.Pow(10, 40);
        else mantissa *= BigInteger.Pow(10, Math.Min(exponent, 18));
        if (mantissa < long.MinValue || mantissa > long.MaxValue)
            return Fail(node, path, $"{text} does not fit 64 bits", spec);
        return (long)mantissa;
    }

    private object? ReadReal(OptionSpec spec, HoconNode node, string path)
    {
        if (Number(spec, node, path) is not { } text) return null;
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) return Fail(node, path, $"{text} is too large for a double", spec);
        var mantissa = text.AsSpan(0, text.AsSpan().IndexOfAny('e', 'E') is var e and >= 0 ? e : text.Length);
        return value == 0 && mantissa.IndexOfAnyInRange('1', '9') >= 0
            ? Fail(node, path, $"{text} is too small for a double, which would make it 0", spec)
            : value;
    }

    /// <summary>The text of a JSON number.</summary>
    private string? Number(OptionSpec spec, HoconNode node, string path)
    {
        if (node is not HoconScalar scalar)
        {
            Fail(node, path, $"It is {node.Describe()}, where one number is due, such as {path} = 1", spec);
            return null;
        }
        var isNumber = HoconWriter.IsNumber(scalar.Text);
        if (isNumber && !scalar.IsQuoted) return scalar.Text;
        var why = isNumber ? $"{scalar.Describe()} is text; write the number without quotes: {scalar.Text}"
            : Spelling(scalar.Text) is { } hint ? $"{scalar.Describe()} is not written as a number; {hint}"
            : $"{scalar.Describe()} is not a number";
        Fail(node, path, why, spec);
        return null;
    }

    private static string? Spelling(string text)
    {
        if (HoconWriter.IsNumber("0" + text)) return $"write 0{text}";
        if (text.Length > 1 && text[^1] == '.' && HoconWriter.IsNumber(text[..^1])) return $"write {text[..^1]}";
        if (text.StartsWith('0') && HoconWriter.IsNumber(text.TrimStart('0'))) return "leave out the leading zeros";
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (plain.Length < text.Length && HoconWriter.IsNumber(plain)) return $"write {plain}";
        var upper = text.TrimStart('-').ToUpperInvariant();
        return upper is "NAN" or "INF" or "INFINITY" ? "it must be finite" : null;
    }

    private object? ReadFlag(OptionSpec spec, HoconNode node, string path)
    {
        if (node is not HoconScalar scalar)
            return Fail(node, path, $"It is {node.Describe()}, where a flag is due, such as {path} = true", spec);
        bool? value = scalar.Text switch
        {
            "true" or "on" or "yes" => true,
            "false" or "off" or "no" => false,
            _ => null,
        };
        if (value is null) return Fail(node, path, $"{scalar.Describe()} is not a flag", spec);
        return scalar.IsQuoted
            ? Fail(node, path, $"{scalar.Describe()} is text; write the flag without quotes: {scalar.Text}", spec)
            : value;
    }

    private object? ReadText(OptionSpec spec, HoconNode node, string path) => node is HoconScalar scalar
        ? scalar.Text
        : Fail(node, path, $"It is {node.Describe()}, where one text is due, such as {path} = \"text\"", spec);

    private object? ReadList<T>(
        OptionSpec spec, HoconNode node, string path, Func<HoconNode, string, object?> readItem) where T : notnull
    {
        if (node is HoconScalar scalar)
        {
            var item = HoconWriter.Render(scalar);
            return Fail(node, path, $"{scalar.Describe()} stands where a list is due; write {path} = [{item}]", spec);
        }
        if (node is not HoconList list)
            return Fail(node, path, $"It is {node.Describe()}, where a list is due, such as {path} = [ ]", spec);
        var items = ImmutableArray.CreateBuilder<T>(list.Items.Length);
        for (var i = 0; i < list.Items.Length; i++)
        {
            var itemPath = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            if (readItem(list.Items[i], itemPath) is not T item) continue;
            if (Check(spec, ImmutableArray.Create(item), list.Items[i], itemPath)) items.Add(item);
        }
        return items.Count == list.Items.Length ? items.ToImmutable() : null;
    }

    private object? Fail(HoconNode node, string path, string why, OptionSpec spec)
    {
        problems.Add(node.Place, ProblemCodes.WrongType, path, $"{why}. It is {spec.DescribeRange()}.");
        return null;
    }
}
