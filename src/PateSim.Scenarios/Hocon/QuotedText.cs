using System.Globalization;
using System.Text;

namespace PateSim.Scenarios.Hocon;

/// <summary>Text in double quotes (on one line, with escapes) or in triple double quotes (as it stands).</summary>
internal sealed class QuotedText(string text, ProblemCollector problems)
{
    /// <summary>Reads from the opening quote.</summary>
    /// <returns>The decoded text, or null after raising a problem, and the index behind what was read.</returns>
    public (string? Value, int End) Read(int start, SourcePlace place) =>
        text.AsSpan(start).StartsWith("\"\"\"") ? ReadTriple(start, place) : ReadLine(start, place);

    private (string? Value, int End) ReadTriple(int start, SourcePlace place)
    {
        var end = text.IndexOf("\"\"\"", start + 3, StringComparison.Ordinal);
        if (end < 0)
        {
            problems.Add(place, ProblemCodes.Unclosed, "", "These three quotes are never closed.");
            return (null, text.Length);
        }
        // Four or five quotes at the end: the first ones belong to the text.
        while (end + 3 < text.Length && text[end + 3] == '"') end++;
        var value = text[(start + 3)..end];
        var control = value.AsSpan().IndexOfAnyInRange('\0', '\b');
        if (control < 0) return (value, end + 3);
        problems.Add(
            place, ProblemCodes.BadCharacter, "",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The quoted text holds the control character U+{(int)value[control]:X4}."));
        return (null, end + 3);
    }

    private (string? Value, int End) ReadLine(int start, SourcePlace place)
    {
        var value = new StringBuilder();
        var good = true;
        var at = start + 1;
        while (true)
        {
            if (at >= text.Length || text[at] == '\n')
            {
                problems.Add(
                    place, ProblemCodes.Unclosed, "",
                    "This quote is not closed on its line; text over several lines takes three quotes.");
                return (null, at);
            }
            var c = text[at];
            if (c == '"') break;
            if (c == '\\')
            {
                good &= ReadEscape(ref at, value, place with { Column = place.Column + at - start });
                continue;
            }
            if (char.IsControl(c) && c is not ('\t' or '\r'))
            {
                good = false;
                problems.Add(
                    place with { Column = place.Column + at - start }, ProblemCodes.BadCharacter, "",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The control character U+{(int)c:X4} must be written as \\u{(int)c:x4}."));
            }
            value.Append(c);
            at++;
        }
        var result = value.ToString();
        if (good && HasHalfSurrogate(result))
        {
            good = false;
            problems.Add(place, ProblemCodes.BadEscape, "", "This text holds half a surrogate pair.");
        }
        return (good ? result : null, at + 1);
    }

    private bool ReadEscape(ref int at, StringBuilder value, SourcePlace place)
    {
        var letter = at + 1 < text.Length ? text[at + 1] : '\n';
        if (letter == 'u')
        {
            var digits = text.AsSpan(at + 2, Math.Min(4, text.Length - at - 2));
            if (digits.Length == 4 && ushort.TryParse(
                digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                value.Append((char)code);
                at += 6;
                return true;
            }
            problems.Add(place, ProblemCodes.BadEscape, "", "\\u takes four hexadecimal digits.");
            at += 2;
            return false;
        }
        const string letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
        var known = letters.IndexOf(letter);
        if (known >= 0)
        {
            value.Append(meanings[known]);
            at += 2;
            return true;
        }
        problems.Add(
            place, ProblemCodes.BadEscape, "",
            "A backslash starts one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000; write \\\\ for a backslash itself.");
        at += letter == '\n' ? 1 : 2;
        return false;
    }

    private static bool HasHalfSurrogate(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1])) return true;
            i++;
        }
        return false;
    }
}
