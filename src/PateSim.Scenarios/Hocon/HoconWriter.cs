using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PateSim.Scenarios.Hocon;

/// <summary>Renders a resolved tree as JSON, which every HOCON reader reads too.</summary>
public static partial class HoconWriter
{
    /// <summary>JSON with two blanks of indentation and LF. Text that is not a number, true, false or null is quoted.
    /// </summary>
    public static string Render(HoconNode node)
    {
        var text = new StringBuilder();
        Write(text, node, 0);
        return text.ToString();
    }

    /// <summary>A JSON string: quotes around it, control characters and half surrogate pairs escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                quoted.Append(c).Append(text[++i]);
            else if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (c == '\t') quoted.Append("\\t");
            else if (c == '\r') quoted.Append("\\r");
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF')
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Whether the text is a JSON number.</summary>
    public static bool IsNumber(string text) => Number().IsMatch(text);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    private static void Write(StringBuilder text, HoconNode node, int depth)
    {
        switch (node)
        {
            case HoconScalar { IsQuoted: false } plain when plain.Text is "true" or "false" || IsNumber(plain.Text):
                text.Append(plain.Text);
                break;
            case HoconScalar scalar:
                text.Append(Quote(scalar.Text));
                break;
            case HoconList list:
                WriteItems(text, '[', ']', list.Items, depth, (item, inner) => Write(text, item, inner));
                break;
            case HoconObject block:
                WriteItems(text, '{', '}', block.Fields, depth, (field, inner) =>
                {
                    text.Append(Quote(field.Key)).Append(": ");
                    Write(text, field.Value, inner);
                });
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteItems<T>(
        StringBuilder text, char open, char close, IReadOnlyCollection<T> items, int depth, Action<T, int> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "\n" : ",\n").Append(' ', 2 * (depth + 1));
            write(item, depth + 1);
            first = false;
        }
        if (!first) text.Append('\n').Append(' ', 2 * depth);
        text.Append(close);
    }
}
