using System.Collections.Immutable;
using System.Text.Json;
using PateSim.Core.Features;

namespace PateSim.Learning.Saving;

/// <summary>The encoding of records as JSON, in model files and in the metadata of ONNX files.</summary>
internal static class EncodingJson
{
    public static void Write(Utf8JsonWriter json, RecordEncoding encoding)
    {
        json.WriteStartArray("encoding");
        foreach (var column in encoding.Columns)
        {
            json.WriteStartObject();
            json.WriteString("column", column.Name);
            json.WriteString("type", column.IsNumeric ? "number" : "category");
            if (column.IsNumeric)
            {
                json.WriteString("unit", column.Unit);
                json.WriteNumber("centre", column.Centre);
                json.WriteNumber("scale", column.Scale);
                json.WriteNumber("missing", column.Fill);
            }
            else
            {
                json.WriteStartArray("levels");
                foreach (var level in column.Levels)
                {
                    json.WriteStartObject();
                    json.WriteString("name", level.Name);
                    WriteTexts(json, "spellings", level.Spellings);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteStartArray("missing");
                foreach (var share in column.Shares) json.WriteNumberValue(share);
                json.WriteEndArray();
            }
            WriteTexts(json, "missingMarks", column.MissingMarks);
            json.WriteBoolean("missingFeature", column.HasMissingFeature);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static RecordEncoding Read(JsonElement encoding) =>
        new([.. encoding.EnumerateArray().Select(ReadColumn)]);

    private static RecordColumn ReadColumn(JsonElement column)
    {
        var name = column.GetProperty("column").GetString()!;
        var marks = Texts(column.GetProperty("missingMarks"));
        var own = column.GetProperty("missingFeature").GetBoolean();
        if (column.GetProperty("type").GetString() == "number")
        {
            return new RecordColumn(
                name, column.GetProperty("unit").GetString()!, [], marks, own, column.GetProperty("centre").GetDouble(),
                column.GetProperty("scale").GetDouble(), column.GetProperty("missing").GetSingle(), []);
        }
        ImmutableArray<RecordLevel> levels =
        [
            .. column.GetProperty("levels").EnumerateArray().Select(level => new RecordLevel(
                level.GetProperty("name").GetString()!, Texts(level.GetProperty("spellings")))),
        ];
        if (levels.IsEmpty) throw new ModelFormatException($"the category '{name}' has no level");
        return new RecordColumn(
            name, "", levels, marks, own, 0, 1, 0,
            [.. column.GetProperty("missing").EnumerateArray().Select(share => share.GetSingle())]);
    }

    private static void WriteTexts(Utf8JsonWriter json, string property, ImmutableArray<string> texts)
    {
        json.WriteStartArray(property);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static ImmutableArray<string> Texts(JsonElement array) =>
        [.. array.EnumerateArray().Select(text => text.GetString()!)];
}
