using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PateSim.Privacy.Accounting;

namespace PateSim.Cli.Rendering;

/// <summary>One JSON object on stdout; infinities are the strings "Infinity" and "-Infinity".</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Lines = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print(TextWriter output, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Lines))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    public static void Real(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteString(name, value.ToString("R", CultureInfo.InvariantCulture));
    }

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

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>The members that <c>summary.json</c> has, too.</summary>
    public static void Entry(Utf8JsonWriter json, EpsilonEntry entry)
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
}
