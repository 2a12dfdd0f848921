using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PateSim.Core.Components;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Binding;

/// <summary>
/// The canonical form of a bound scenario: JSON with every default filled in, the chosen components only, keys in the
/// order of the schema, doubles in their shortest round-trip form, LF. Equal settings give equal bytes, however they
/// were written; reading it as a scenario gives the same settings.
/// </summary>
public static class ResolvedScenario
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>UTF-8 without byte order mark; ends with LF.</summary>
    public static string Render(BoundSection root)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Layout)) WriteSection(writer, root);
        buffer.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>SHA-256 of the canonical JSON, 64 lower-case hexadecimal digits.</summary>
    public static string Digest(BoundSection root) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Render(root))));

    private static void WriteSection(Utf8JsonWriter writer, BoundSection section)
    {
        writer.WriteStartObject();
        WriteOptions(writer, section.Spec.Options, section.Options);
        foreach (var slot in section.Spec.Slots)
        {
            writer.WritePropertyName(slot.Name);
            WriteSlot(writer, section.Slots[slot.Name]);
        }
        foreach (var inner in section.Spec.Sections)
        {
            writer.WritePropertyName(inner.Name);
            WriteSection(writer, section.Sections[inner.Name]);
        }
        foreach (var raw in section.Spec.Raws)
        {
            // An empty block says as much as none.
            if (section.Raw(raw.Name) is not { Fields.IsEmpty: false } block) continue;
            writer.WritePropertyName(raw.Name);
            WriteNode(writer, block);
        }
        writer.WriteEndObject();
    }

    private static void WriteSlot(Utf8JsonWriter writer, BoundSlot slot)
    {
        writer.WriteStartObject();
        if (slot.Spec.Many)
        {
            writer.WriteStartArray(slot.Spec.Key);
            if (!slot.IsAll)
            {
                foreach (var component in slot.Chosen) writer.WriteStringValue(component.Name);
            }
            writer.WriteEndArray();
        }
        else writer.WriteString(slot.Spec.Key, slot.Only.Name);
        foreach (var component in slot.Chosen.Concat(slot.Chosen.SelectMany(c => c.Parts)).DistinctBy(c => c.Name))
        {
            writer.WriteStartObject(component.Name);
            WriteOptions(writer, component.Descriptor.Options, component.Options);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter writer, ImmutableArray<OptionSpec> specs, OptionValues options)
    {
        foreach (var spec in specs)
        {
            writer.WritePropertyName(spec.Name);
            if (spec.Type == OptionType.Blocks)
            {
                writer.WriteStartObject();
                foreach (var (name, inner) in options.Blocks(spec.Name))
                {
                    writer.WriteStartObject(name);
                    WriteOptions(writer, spec.Inner, inner);
                    writer.WriteEndObject();
                }
                writer.WriteEndObject();
            }
            else if (options.All.TryGetValue(spec.Name, out var value)) WriteValue(writer, value);
            else writer.WriteNullValue();
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case string text: writer.WriteStringValue(text); break;
            case ImmutableArray<long> list: WriteList(writer, list); break;
            case ImmutableArray<double> list: WriteList(writer, list); break;
            case ImmutableArray<string> list: WriteList(writer, list); break;
            default: throw new NotSupportedException($"{value.GetType()} is not the value of an option.");
        }
    }

    private static void WriteList<T>(Utf8JsonWriter writer, ImmutableArray<T> list) where T : notnull
    {
        writer.WriteStartArray();
        foreach (var item in list) WriteValue(writer, item);
        writer.WriteEndArray();
    }

    private static void WriteNode(Utf8JsonWriter writer, HoconNode node)
    {
        switch (node)
        {
            case HoconObject block:
                writer.WriteStartObject();
                foreach (var field in block.Fields)
                {
                    writer.WritePropertyName(field.Key);
                    WriteNode(writer, field.Value);
                }
                writer.WriteEndObject();
                break;
            case HoconList list:
                writer.WriteStartArray();
                foreach (var item in list.Items) WriteNode(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteRawValue(HoconWriter.Render(node));
                break;
        }
    }
}
