using System.Text.Json;

namespace PateSim.Privacy.Golden;

/// <summary>The inputs of one golden entry, read by name.</summary>
internal sealed class GoldenInputs(JsonElement inputs, IReadOnlyDictionary<string, double[]> orderLists)
{
    public bool Has(string name) => inputs.TryGetProperty(name, out _);

    public double Number(string name) => ReadNumber(inputs.GetProperty(name));

    public int Integer(string name) => inputs.GetProperty(name).GetInt32();

    /// <summary>A list of numbers; for orders also the name of one of the file's lists.</summary>
    public double[] Numbers(string name)
    {
        var element = inputs.GetProperty(name);
        return element.ValueKind == JsonValueKind.String ? orderLists[element.GetString()!] : ReadNumbers(element);
    }

    /// <summary>One of the file's lists of orders.</summary>
    public double[] OrderList(string name) => orderLists[name];

    /// <summary>Vote counts; refuses fractions and negative numbers.</summary>
    public int[] Counts(string name) => ReadCounts(inputs.GetProperty(name));

    public int[][] CountRows(string name) => [.. inputs.GetProperty(name).EnumerateArray().Select(ReadCounts)];

    public double[][] NumberRows(string name) => [.. inputs.GetProperty(name).EnumerateArray().Select(ReadNumbers)];

    public bool[] Flags(string name) => [.. inputs.GetProperty(name).EnumerateArray().Select(e => e.GetBoolean())];

    /// <summary>A number, or one of the strings Infinity, -Infinity and NaN.</summary>
    public static double ReadNumber(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString() switch
        {
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            "NaN" => double.NaN,
            var text => throw new FormatException($"'{text}' is no number."),
        },
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => throw new FormatException($"A number is due, not {element.ValueKind}."),
    };

    private static double[] ReadNumbers(JsonElement element) => [.. element.EnumerateArray().Select(ReadNumber)];

    private static int[] ReadCounts(JsonElement element)
    {
        var numbers = ReadNumbers(element);
        var counts = new int[numbers.Length];
        for (var j = 0; j < numbers.Length; j++)
        {
            counts[j] = (int)numbers[j];
            if (counts[j] != numbers[j] || counts[j] < 0)
                throw new FormatException(
                    $"Class {j} has {numbers[j]:R} votes; a count is a whole number, at least 0.");
        }
        return counts;
    }
}

/// <summary>The values computed for one golden entry, by name; truth values are 1 and 0.</summary>
internal sealed class GoldenOutputs
{
    private readonly Dictionary<string, double[]> _values = new(StringComparer.Ordinal);

    public double[]? Find(string name) => _values.GetValueOrDefault(name);

    public GoldenOutputs Set(string name, params double[] values)
    {
        _values[name] = values;
        return this;
    }

    public GoldenOutputs Set(string name, bool value) => Set(name, value ? 1 : 0);

    public GoldenOutputs Set(string name, IEnumerable<double> values) => Set(name, [.. values]);
}
