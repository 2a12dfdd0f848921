using PateSim.Data.Tables;

namespace PateSim.Data.Encoders;

/// <summary>What a fit needs of one numeric column over given rows, missing cells left out.</summary>
/// <param name="Count">How many values there are; the others are 0 when there is none.</param>
/// <param name="StandardDeviation">Of the population (divisor n), ≥ 0.</param>
internal readonly record struct ColumnStatistics(
    int Count, double Mean, double StandardDeviation, double Minimum, double Maximum)
{
    public static ColumnStatistics Of(ReadOnlySpan<float> values, ReadOnlySpan<int> rows)
    {
        var count = 0;
        double sum = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        foreach (var row in rows)
        {
            var value = values[row];
            if (float.IsNaN(value)) continue;
            count++;
            sum += value;
            if (value < minimum) minimum = value;
            if (value > maximum) maximum = value;
        }
        if (count == 0) return default;
        var mean = sum / count;
        double squares = 0;
        foreach (var row in rows)
        {
            var difference = values[row] - mean;
            if (!double.IsNaN(difference)) squares += difference * difference;
        }
        return new ColumnStatistics(count, mean, Math.Sqrt(squares / count), minimum, maximum);
    }

    /// <summary>The public constants of a declared range: mean and standard deviation of the uniform distribution on
    /// it.</summary>
    public static ColumnStatistics Of(NumericColumn column) => new(
        0, (column.Minimum + column.Maximum) / 2, (column.Maximum - column.Minimum) / Math.Sqrt(12),
        column.Minimum, column.Maximum);

    /// <summary>The share of each level among the rows that have one; equal shares where none has.</summary>
    public static float[] LevelShares(ReadOnlySpan<short> codes, ReadOnlySpan<int> rows, int levels)
    {
        var counts = new int[levels];
        var total = 0;
        foreach (var row in rows)
        {
            if (codes[row] == RawTable.MissingCode) continue;
            counts[codes[row]]++;
            total++;
        }
        return Array.ConvertAll(counts, c => total == 0 ? 1f / levels : (float)((double)c / total));
    }
}
