using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PateSim.Core.Components;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Binding;

/// <summary>How a reference file differs from the schema.</summary>
public enum DifferenceKind
{
    /// <summary>The schema has it, the file does not.</summary>
    MissingInFile,

    /// <summary>The file has it, the schema does not.</summary>
    UnknownToSchema,

    /// <summary>The file shows another default than the schema.</summary>
    DefaultDiffers,
}

/// <param name="Place">In the file: of the key, or of the block that should hold it.</param>
public sealed record SchemaDifference(DifferenceKind Kind, string Path, SourcePlace Place, string Message)
{
    public override string ToString() => $"{Place}: {Path}: {Message}";
}

/// <summary>A complete scenario file that documents a schema: every key with its default, summary and range.</summary>
public static class SchemaReference
{
    private const int Width = 100;

    /// <summary>
    /// The file as text. Reading and binding it gives exactly the defaults. What is unset by default, and what must be
    /// written, stands as <c>key = null</c>, so that required options alone are missing in it.
    /// </summary>
    public static string Render(SectionSpec schema)
    {
        var text = new StringBuilder();
        if (schema.Summary.Length > 0) Comment(text, 0, schema.Summary).Append('\n');
        WriteMembers(text, schema, 0);
        return text.ToString();
    }

    /// <summary>All differences between the schema and a file that documents it, in both directions, in file order.
    /// </summary>
    public static ImmutableArray<SchemaDifference> Compare(SectionSpec schema, HoconObject file) =>
        [.. ReferenceComparison.Run(schema, file).OrderBy(difference => difference.Place)];

    /// <summary>A default as it is written in a file; null for an unset one.</summary>
    public static string RenderValue(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => HoconPath.RenderKey(text) == text && !char.IsAsciiDigit(text[0]) && !IsWord(text)
            ? text : HoconWriter.Quote(text),
        IDictionary => "{}",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object>().Select(RenderValue)) + "]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static bool IsWord(string text) =>
        text is "null" or "true" or "false" or "on" or "off" or "yes" or "no" || text.StartsWith('-');

    private static void WriteMembers(StringBuilder text, SectionSpec spec, int depth)
    {
        WriteOptions(text, spec.Options, depth);
        foreach (var slot in spec.Slots) WriteSlot(text, slot, depth);
        foreach (var section in spec.Sections)
        {
            Open(text, section.Name, section.Summary, depth);
            WriteMembers(text, section, depth + 1);
            Close(text, depth);
        }
        foreach (var raw in spec.Raws)
        {
            Open(text, raw.Name, raw.Summary, depth);
            Close(text, depth);
        }
    }

    private static void WriteSlot(StringBuilder text, SlotSpec slot, int depth)
    {
        Open(text, slot.Name, slot.Summary, depth);
        var names = string.Join(", ", slot.Components.Select(c => c.Name));
        Comment(text, depth + 1, slot.Many ? $"Any of {names}." : $"One of {names}.");
        object? chosen = slot.Many ? slot.Default : slot.Default.FirstOrDefault();
        Line(text, depth + 1, $"{slot.Key} = {RenderValue(chosen)}{(chosen is null ? " # must be written" : "")}");
        foreach (var component in slot.Components)
        {
            Open(text, component.Name, component.Summary, depth + 1);
            WriteOptions(text, component.Options, depth + 2);
            Close(text, depth + 1);
        }
        Close(text, depth);
    }

    private static void WriteOptions(StringBuilder text, ImmutableArray<OptionSpec> options, int depth)
    {
        foreach (var option in options)
        {
            var range = option.DescribeRange();
            var unset = option.Required ? " It must be written." : option.Default is null ? " May stay unset." : "";
            Comment(
                text, depth, $"{option.Summary} {char.ToUpperInvariant(range[0])}{range[1..]}.{unset}");
            foreach (var inner in option.Inner)
            {
                var innerRange = inner.DescribeRange();
                Comment(
                    text, depth, $"- {inner.Name}: {inner.Summary} {char.ToUpperInvariant(innerRange[0])}{innerRange[1..]}."
                    + (inner.Default is null ? " May stay unset." : $" By default {RenderValue(inner.Default)}."));
            }
            var value = option.Required ? null : option.Default;
            Line(text, depth, $"{HoconPath.RenderKey(option.Name)} = {RenderValue(value)}");
        }
    }

    private static void Open(StringBuilder text, string key, string summary, int depth)
    {
        if (text.Length > 0 && text[^2] != '{') text.Append('\n');
        if (summary.Length > 0) Comment(text, depth, summary);
        Line(text, depth, $"{HoconPath.RenderKey(key)} {{");
    }

    private static void Close(StringBuilder text, int depth) => Line(text, depth, "}");

    private static void Line(StringBuilder text, int depth, string line) =>
        text.Append(' ', 2 * depth).Append(line).Append('\n');

    private static StringBuilder Comment(StringBuilder text, int depth, string comment)
    {
        var line = "#";
        foreach (var word in comment.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 1 && 2 * depth + line.Length + 1 + word.Length > Width)
            {
                Line(text, depth, line);
                line = "#";
            }
            line += " " + word;
        }
        Line(text, depth, line);
        return text;
    }
}
