namespace PateSim.Core.Features;

/// <summary>Encoded records: n rows of d single-precision features, shape [n, d], row-major, all finite.</summary>
/// <threadsafety>Immutable: the array handed over at construction must not be written afterwards.</threadsafety>
public sealed class FeatureMatrix
{
    private readonly float[] _values;

    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">d ≥ 1.</param>
    /// <param name="values">Shape [n, d], row-major; ownership passes to the matrix.</param>
    /// <exception cref="ArgumentException">The length is not n·d, or a value is not finite.</exception>
    public FeatureMatrix(int rows, int columns, float[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentNullException.ThrowIfNull(values);
        if (values.LongLength != (long)rows * columns)
            throw new ArgumentException($"{values.LongLength} values do not fill {rows} × {columns}.", nameof(values));
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(
                    $"The feature at row {i / columns}, column {i % columns} is {values[i]}; features are finite.",
                    nameof(values));
        }
        (Rows, Columns, _values) = (rows, columns, values);
    }

    /// <summary>n, the number of records.</summary>
    public int Rows { get; }

    /// <summary>d, the number of features.</summary>
    public int Columns { get; }

    /// <summary>All values, row after row, length n·d.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>All values as memory, for work that runs on other threads.</summary>
    public ReadOnlyMemory<float> Memory => _values;

    /// <summary>The features of one record, length d.</summary>
    public ReadOnlySpan<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        return _values.AsSpan(row * Columns, Columns);
    }

    /// <summary>A new matrix of the named rows, in the order given; a row may be named several times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">More values than one array holds.</exception>
    public FeatureMatrix Select(ReadOnlySpan<int> rows)
    {
        var length = (long)rows.Length * Columns;
        if (length > Array.MaxLength)
            throw new ArgumentException($"{rows.Length} rows of {Columns} features exceed one array.", nameof(rows));
        var values = GC.AllocateUninitializedArray<float>((int)length);
        for (var i = 0; i < rows.Length; i++) Row(rows[i]).CopyTo(values.AsSpan(i * Columns));
        return new FeatureMatrix(rows.Length, Columns, values);
    }
}
