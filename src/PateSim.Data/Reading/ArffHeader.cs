using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PateSim.Core;

namespace PateSim.Data.Reading;

/// <summary>What an ARFF file says of one column.</summary>
/// <param name="Type">numeric, nominal, string or date.</param>
/// <param name="Levels">Of a nominal attribute; otherwise empty.</param>
internal sealed record ArffAttribute(string Name, int Line, string Type, ImmutableArray<string> Levels)
{
    public const string Numeric = "numeric", Nominal = "nominal", Free = "string", Date = "date";
}

/// <summary>Reads the header of ARFF, the format of Weka: lines <c>@attribute</c> up to <c>@data</c>.</summary>
internal static class ArffHeader
{
    /// <exception cref="InvalidInputException">A line is none of a header.</exception>
    public static ImmutableArray<ArffAttribute> Read(TextBlocks text)
    {
        var attributes = ImmutableArray.CreateBuilder<ArffAttribute>();
        while (true)
        {
            var line = text.Line;
            if (text.ReadLine() is not { } whole) break;
            var content = whole.Trim();
            if (content.Length == 0 || content[0] == '%' || StartsWith(content, "@relation")) continue;
            if (StartsWith(content, "@data")) return attributes.ToImmutable();
            if (!StartsWith(content, "@attribute"))
                throw Refuse(text, line, $"'{Shorten(content)}' stands where @attribute or @data is due.");
            if (attributes.Count == CsvHeader.MostColumns)
                throw Refuse(text, line, $"The file has more than {CsvHeader.MostColumns} attributes.");
            attributes.Add(Attribute(text, line, content["@attribute".Length..].Trim()));
        }
        throw ProblemList.Single(
            DataProblems.BadArff, text.Place, "The file has no line @data: this is no ARFF file.");
    }

    internal static InvalidInputException Refuse(TextBlocks text, int line, string message) => ProblemList.Single(
        DataProblems.BadArff, string.Create(CultureInfo.InvariantCulture, $"{text.Place}({line})"), message);

    internal static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static ArffAttribute Attribute(TextBlocks text, int line, string content)
    {
        var position = 0;
        var name = Token(content, ref position, " \t{", out var isClosed);
        if (!isClosed) throw Refuse(text, line, $"The name of the attribute '{Shorten(content)}' is not closed.");
        var type = content[position..].Trim();
        if (type.StartsWith('{')) return new ArffAttribute(name, line, ArffAttribute.Nominal, Levels(text, line, name, type));
        var word = type.Split([' ', '\t'], 2)[0].ToUpperInvariant();
        return new ArffAttribute(name, line, word switch
        {
            "NUMERIC" or "REAL" or "INTEGER" => ArffAttribute.Numeric,
            "STRING" => ArffAttribute.Free,
            "DATE" => ArffAttribute.Date,
            _ => throw Refuse(
                text, line, $"The attribute '{Shorten(name)}' is of the type '{Shorten(type)}'; known are numeric, real, "
                + "integer, string, date and {level, level}."),
        }, []);
    }

    private static ImmutableArray<string> Levels(TextBlocks text, int line, string name, string type)
    {
        var levels = ImmutableArray.CreateBuilder<string>();
        var position = 1;
        while (true)
        {
            var level = Token(type, ref position, ",}", out var isClosed);
            levels.Add(level);
            while (position < type.Length && type[position] is ' ' or '\t') position++;
            if (!isClosed || position >= type.Length || type[position] is not (',' or '}'))
                throw Refuse(text, line, $"The levels of '{Shorten(name)}' are not written as {{level, level}}.");
            if (type[position++] == ',') continue;
            if (type[position..].Trim() is { Length: > 0 } rest)
                throw Refuse(text, line, $"'{Shorten(rest)}' stands behind the levels of '{Shorten(name)}'.");
            return levels.ToImmutable();
        }
    }

    // A word, or what stands in quotes with a backslash before a quote inside.
    private static string Token(string text, ref int position, string ends, out bool isClosed)
    {
        while (position < text.Length && text[position] is ' ' or '\t') position++;
        isClosed = true;
        if (position >= text.Length) return "";
        var quote = text[position];
        if (quote is not ('\'' or '"'))
        {
            var start = position;
            while (position < text.Length && !ends.Contains(text[position])) position++;
            return text[start..position].TrimEnd();
        }
        var plain = new StringBuilder();
        for (position++; position < text.Length && text[position] != quote; position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length) position++;
            plain.Append(text[position]);
        }
        isClosed = position < text.Length;
        position = Math.Min(text.Length, position + 1);
        return plain.ToString();
    }

    private static bool StartsWith(string line, string word) =>
        line.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
