using System.Text.Json;

namespace PateSim.Privacy.Golden;

/// <summary>The inputs of one golden entry, read by name.</summary>
internal sealed class GoldenInputs(JsonElement inputs, IReadOnlyDictionary<string, double[]> orderLists)
{
    public bool Has(string name) => inputs.TryGetProperty(name, out _);

    public double Number(string name) => ReadNumber(Property(name));

    /// <summary>A whole number, however it is written.</summary>
    public int Integer(string name) => Whole(Number(name), $"'{name}'");

    /// <summary>Whole numbers between ±2⁵³.</summary>
    public long[] WholeNumbers(string name) => [.. Numbers(name).Select(x => Math.Abs(x) <= 1L << 53 && x == Math.Floor(x)
        ? (long)x
        : throw new FormatException(FormattableString.Invariant($"'{name}' has {x:R}; whole numbers are due.")))];

    /// <summary>A list of numbers; for orders also the name of one of the file's lists.</summary>
    public double[] Numbers(string name)
    {
        var element = Property(name);
        return element.ValueKind == JsonValueKind.String ? OrderList(element.GetString()!) : ReadNumbers(element);
    }

    /// <summary>One of the file's lists of orders.</summary>
    public double[] OrderList(string name) => orderLists.TryGetValue(name, out var list)
        ? list
        : throw new FormatException($"The file has no list of orders '{name}'.");

    /// <summary>Vote counts; refuses fractions and negative numbers.</summary>
    public int[] Counts(string name) => ReadCounts(Property(name));

    public int[][] CountRows(string name) => [.. Rows(name).Select(ReadCounts)];

    public double[][] NumberRows(string name) => [.. Rows(name).Select(ReadNumbers)];

    public bool[] Flags(string name) => [.. Rows(name).Select(e => e.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($"'{name}' has {e}; truth values are due."),
    })];

    private JsonElement Property(string name) => inputs.TryGetProperty(name, out var value)
        ? value
        : throw new FormatException($"the input '{name}' is not present.");

    private JsonElement[] Rows(string name) => Property(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray()]
        : throw new FormatException($"'{name}' is no list.");

    private static int Whole(double number, string what) =>
        Math.Abs(number) <= int.MaxValue && number == Math.Floor(number)
            ? (int)number
            : throw new FormatException(FormattableString.Invariant(
                $"{what} is {number:R}; a whole number up to {int.MaxValue} is due."));

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

    private static double[] ReadNumbers(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().Select(ReadNumber)]
        : throw new FormatException($"A list of numbers is due, not {element.ValueKind}.");

    private static int[] ReadCounts(JsonElement element)
    {
        var numbers = ReadNumbers(element);
        var counts = new int[numbers.Length];
        for (var j = 0; j < numbers.Length; j++)
        {
            if (!(numbers[j] is >= 0 and <= int.MaxValue) || numbers[j] != Math.Floor(numbers[j]))
                throw new FormatException(FormattableString.Invariant(
                    $"Class {j} has {numbers[j]:R} votes; a count is a whole number from 0 to {int.MaxValue}."));
            counts[j] = (int)numbers[j];
        }
        Events.PrivateVotes.Check(counts);
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
