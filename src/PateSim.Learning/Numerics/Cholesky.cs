namespace PateSim.Learning.Numerics;

/// <summary>A = L·Lᵀ for a symmetric matrix that need only be roughly positive: weak pivots are raised.</summary>
internal sealed class Cholesky
{
    /// <summary>The smallest pivot, as a share of its diagonal element: about what rounding leaves of it.</summary>
    private const float WeakestPivot = 1e-5f;

    private readonly float[] _lower;
    private readonly int _size;

    private Cholesky(float[] lower, int size) => (_lower, _size) = (lower, size);

    /// <summary>Factors in place.</summary>
    /// <param name="matrix">Shape [size, size], row-major; the lower triangle is read and overwritten.</param>
    public static Cholesky Factor(float[] matrix, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = matrix.AsSpan(i * size, size);
            for (var j = 0; j < i; j++)
            {
                var above = matrix.AsSpan(j * size, size);
                row[j] = (row[j] - VectorKernels.Dot(row[..j], above)) / above[j];
            }
            var pivot = row[i] - VectorKernels.Dot(row[..i], row);
            var least = WeakestPivot * row[i];
            if (!(pivot > least)) pivot = least;
            row[i] = pivot > 0 && float.IsFinite(pivot) ? MathF.Sqrt(pivot) : 1;
        }
        return new Cholesky(matrix, size);
    }

    /// <summary>vector ← A⁻¹·vector, shape [size].</summary>
    public void Solve(Span<float> vector)
    {
        for (var i = 0; i < _size; i++)
        {
            var row = _lower.AsSpan(i * _size, _size);
            vector[i] = (vector[i] - VectorKernels.Dot(row[..i], vector)) / row[i];
        }
        for (var i = _size - 1; i >= 0; i--)
        {
            var row = _lower.AsSpan(i * _size, _size);
            vector[i] /= row[i];
            VectorKernels.AddScaled(vector[..i], -vector[i], row);
        }
    }
}
