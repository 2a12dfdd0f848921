using System.Text.Json;
using System.Text.Json.Serialization;
using PateSim.Learning.Metrics;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Tests.Support;

/// <summary>A record as text in which every field of it stands: equal text, equal results.</summary>
internal static class Bytes
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new ConfusionText() },
    };

    public static string Of(RunRecord record) => JsonSerializer.Serialize(record, Options);

    /// <summary>The counts of a confusion matrix, which has no properties for them.</summary>
    private sealed class ConfusionText : JsonConverter<ConfusionMatrix>
    {
        public override ConfusionMatrix Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ConfusionMatrix value, JsonSerializerOptions options)
        {
            var classes = Enumerable.Range(0, value.ClassCount).ToList();
            writer.WriteStringValue(string.Join(' ', classes.SelectMany(i => classes.Select(j => value[i, j]))));
        }
    }
}
