using System.Text.Json;
using System.Text.Json.Serialization;
using PateSim.Simulation.Results;

namespace PateSim.Simulation.Tests.Support;

/// <summary>A record as text in which every field of it stands: equal text, equal results.</summary>
internal static class Bytes
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Of(RunRecord record) => JsonSerializer.Serialize(record, Options);
}
