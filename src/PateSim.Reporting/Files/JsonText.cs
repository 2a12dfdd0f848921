using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PateSim.Learning.Metrics;
using PateSim.Privacy.Accounting;

namespace PateSim.Reporting.Files;

/// <summary>Writes JSON with stable bytes: two spaces, LF, members in the order of writing.</summary>
/// <remarks>Infinities and NaN, which JSON numbers cannot hold, are the strings "Infinity", "-Infinity" and "NaN".
/// </remarks>
public static class JsonText
{
    private static readonly JsonWriterOptions Lines = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A file that is one object.</summary>
    internal static RunFile File(string name, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Object(buffer, Lines, members);
        return new RunFile(name, buffer.WrittenMemory);
    }

    /// <summary>One object as indented text that ends with LF.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        Object(buffer, Lines, members);
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>One object on one line, with its LF.</summary>
    internal static void Line(IBufferWriter<byte> buffer, Action<Utf8JsonWriter> members) =>
        Object(buffer, OneLine, members);

    public static void Real(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteString(name, Numbers.Text(value));
    }

    public static void Real(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.Real(name, number);
        else json.WriteNull(name);
    }

    public static void Estimate(this Utf8JsonWriter json, string name, Estimate value)
    {
        json.WriteStartObject(name);
        json.Real("value", value.Value);
        json.Real("low", value.Lower);
        json.Real("high", value.Upper);
        json.WriteEndObject();
    }

    public static void Estimate(this Utf8JsonWriter json, string name, Estimate? value)
    {
        if (value is { } estimate) json.Estimate(name, estimate);
        else json.WriteNull(name);
    }

    /// <summary>An ε with all that it must not be printed without, as members of the object that is open.</summary>
    public static void Epsilon(Utf8JsonWriter json, EpsilonEntry entry)
    {
        json.WriteString("method", entry.Method);
        json.Real("epsilon", entry.Epsilon);
        json.Real("delta", entry.Delta);
        json.WriteString("adjacency", entry.Adjacency.Name);
        json.WriteBoolean("dataDependent", entry.DataDependent);
        json.WriteBoolean("releasable", entry.Releasable);
        json.WriteString("note", entry.Note);
        json.WriteString("detail", entry.Detail);
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>An array of objects.</summary>
    public static void Objects<T>(
        this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> members)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Object(
        IBufferWriter<byte> buffer, JsonWriterOptions options, Action<Utf8JsonWriter> members)
    {
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
    }
}
