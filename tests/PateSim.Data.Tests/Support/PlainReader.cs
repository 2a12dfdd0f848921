using System.Globalization;
using System.Text;

namespace PateSim.Data.Tests.Support;

/// <summary>A second reader of delimited text, written apart from the first: character by character over a string, slow
/// and simple. Null where the text is not written by the rules.</summary>
internal static class PlainReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static List<string[]>? Read(byte[] bytes, char delimiter, bool arff = false)
    {
        string text;
        try
        {
            text = Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
        var records = new List<string[]>();
        var rest = text.TrimEnd(delimiter == '\t' ? [' ', '\r', '\n'] : [' ', '\t', '\r', '\n']);
        var at = 0;
        while (at < rest.Length)
        {
            if (arff && rest[at] == '%')
            {
                while (at < rest.Length && rest[at] != '\n') at++;
                at++;
                continue;
            }
            if (Record(rest, ref at, delimiter, arff) is not { } record) return null;
            records.Add(record);
        }
        return records;
    }

    /// <summary>The nearest single, through the nearest double's digits; null for what is no number.</summary>
    public static float? Number(string cell) =>
        cell.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '.' or 'e' or 'E')
        && float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string[]? Record(string text, ref int at, char delimiter, bool arff)
    {
        var cells = new List<string>();
        while (true)
        {
            var cell = new StringBuilder();
            while (delimiter != '\t' && at < text.Length && text[at] is ' ' or '\t') at++;
            if (at < text.Length && (text[at] == '"' || arff && text[at] == '\''))
            {
                var quote = text[at++];
                while (true)
                {
                    if (at >= text.Length) return null;
                    if (arff && text[at] == '\\' && at + 1 < text.Length)
                    {
                        cell.Append(text[at + 1] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var c => c });
                        at += 2;
                    }
                    else if (text[at] != quote) cell.Append(text[at++]);
                    else if (!arff && at + 1 < text.Length && text[at + 1] == quote)
                    {
                        cell.Append(quote);
                        at += 2;
                    }
                    else break;
                }
                at++;
                while (delimiter != '\t' && at < text.Length && text[at] is ' ' or '\t') at++;
                cells.Add(cell.ToString());
            }
            else
            {
                while (at < text.Length && text[at] != delimiter && text[at] is not ('\n' or '\r'))
                {
                    if (text[at] == '"' || arff && text[at] == '\'') return null;
                    cell.Append(text[at++]);
                }
                cells.Add(delimiter == '\t' ? cell.ToString() : cell.ToString().TrimEnd(' ', '\t'));
            }
            if (at >= text.Length) return [.. cells];
            if (text[at] == delimiter)
            {
                if (++at == text.Length) return [.. cells, ""];
                continue;
            }
            if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n') at++;
            if (text[at] != '\n') return null;
            at++;
            return [.. cells];
        }
    }
}
