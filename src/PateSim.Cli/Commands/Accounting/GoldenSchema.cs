using System.Text.Json;
using PateSim.Core;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>What a golden-vector file must look like before its entries can be evaluated: every fault with its place.
/// </summary>
internal static class GoldenSchema
{
    private const string Code = "PS3911";
    private const int MostProblems = 20;

    /// <exception cref="InvalidInputException">The text is no JSON, or no file of schema version 1.</exception>
    public static void Validate(string text, string path)
    {
        using var document = Parse(text, path);
        var problems = Faults(document.RootElement).Take(MostProblems)
            .Select(fault => new Problem(Code, path, fault.Subject, fault.Message)).ToList();
        if (problems.Count > 0) throw new InvalidInputException(problems);
    }

    private static JsonDocument Parse(string text, string path)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException error)
        {
            var place = FormattableString.Invariant($"{path}({error.LineNumber + 1},{error.BytePositionInLine + 1})");
            var message = error.Message.Split(" LineNumber:")[0];
            throw new InvalidInputException(new Problem(Code, place, "", "this is no JSON: " + message));
        }
    }

    private static IEnumerable<(string Subject, string Message)> Faults(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            yield return ("", $"the file is one JSON object, not {root.ValueKind}.");
            yield break;
        }
        if (!root.TryGetProperty("schema_version", out var version) || version.ValueKind != JsonValueKind.Number
            || version.GetDouble() != 1)
        {
            yield return ("schema_version", "it must be the number 1.");
        }
        if (root.TryGetProperty("order_lists", out var lists))
        {
            if (lists.ValueKind != JsonValueKind.Object) yield return ("order_lists", "it is an object of lists.");
            else foreach (var list in lists.EnumerateObject().Where(list => !IsNumbers(list.Value)))
                yield return ($"order_lists.{list.Name}", "it is a list of numbers.");
        }
        if (!root.TryGetProperty("entries", out var entries) || entries.ValueKind != JsonValueKind.Array)
        {
            yield return ("entries", "it must be a list of entries.");
            yield break;
        }
        if (entries.GetArrayLength() == 0) yield return ("entries", "there are no entries.");
        foreach (var fault in entries.EnumerateArray().SelectMany((entry, index) => EntryFaults(entry, index)))
            yield return fault;
    }

    private static IEnumerable<(string Subject, string Message)> EntryFaults(JsonElement entry, int index)
    {
        var place = FormattableString.Invariant($"entries[{index}]");
        if (entry.ValueKind != JsonValueKind.Object)
        {
            yield return (place, $"an entry is an object, not {entry.ValueKind}.");
            yield break;
        }
        foreach (var name in new[] { "id", "kind" })
        {
            if (!Has(entry, name, JsonValueKind.String)) yield return ($"{place}.{name}", "a text is due.");
        }
        foreach (var name in new[] { "inputs", "outputs" })
        {
            if (!Has(entry, name, JsonValueKind.Object)) yield return ($"{place}.{name}", "an object is due.");
        }
        foreach (var name in new[] { "rtol", "atol" })
        {
            if (!Has(entry, name, JsonValueKind.Number) || !(entry.GetProperty(name).GetDouble() >= 0))
                yield return ($"{place}.{name}", "a number, at least 0, is due.");
        }
        foreach (var name in new[] { "outputs", "outputs_hp" })
        {
            if (!Has(entry, name, JsonValueKind.Object)) continue;
            foreach (var output in entry.GetProperty(name).EnumerateObject().Where(output => !IsOutput(output.Value)))
            {
                yield return (
                    $"{place}.{name}.{output.Name}", "a number, a truth value, null, or a list of them is due.");
            }
        }
    }

    private static bool Has(JsonElement entry, string name, JsonValueKind kind) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == kind;

    private static bool IsNumbers(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(IsScalar);

    private static bool IsOutput(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().All(IsScalar),
        JsonValueKind.Object => value.EnumerateObject().All(part => IsOutput(part.Value)),
        _ => IsScalar(value),
    };

    private static bool IsScalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => true,
        JsonValueKind.String => value.GetString() is "Infinity" or "-Infinity" or "NaN",
        _ => false,
    };
}
