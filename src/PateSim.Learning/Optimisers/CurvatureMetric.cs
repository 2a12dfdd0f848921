using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Optimisers;

/// <summary>
/// An estimate of the curvature of a linear model's loss by the weights of one logit and its intercept:
/// M = s·X̃ᵀX̃ + λ·diag(1, …, 1, 0), X̃ the records with a column of ones.
/// </summary>
/// <remarks>
/// <para>One-hot columns are nearly collinear with the intercept and with each other; a diagonal metric does not see
/// that
/// and needs some hundred iterations on ten thousands of records, where the whole matrix needs some twenty. With few
/// records the penalty rules and the diagonal of M serves as well for less work.</para>
/// <para>Which of the two is used depends on the shape of the data alone.</para>
/// </remarks>
internal sealed class CurvatureMetric
{
    private const int MostColumns = 256, RecordsPerColumn = 8, SmallestBlock = 2048, MostBlocks = 8, Chunk = 256;

    private readonly float[] _inverseDiagonal;
    private readonly Cholesky? _factor;

    /// <param name="features">Shape [n, d].</param>
    /// <param name="spread">s, the mean p(1 − p) assumed.</param>
    /// <param name="penalty">λ ≥ 0.</param>
    /// <exception cref="TrainingException">A column's squares overflow single precision.</exception>
    public CurvatureMetric(FeatureMatrix features, float spread, float penalty, int threads)
    {
        var columns = features.Columns;
        Dimension = FloatMath.Pad(columns + 1);
        _inverseDiagonal = new float[Dimension];
        if (columns <= MostColumns && features.Rows >= RecordsPerColumn * columns)
        {
            var gram = Gram(features, threads);
            for (var j = 0; j < columns; j++) RequireFinite(gram[j * Dimension + j], j);
            for (var i = 0; i < gram.Length; i++) gram[i] *= spread;
            for (var j = 0; j < columns; j++) gram[j * Dimension + j] += penalty;
            for (var j = columns + 1; j < Dimension; j++) gram[j * Dimension + j] = 1;
            _factor = Cholesky.Factor(gram, Dimension);
            return;
        }
        for (var row = 0; row < features.Rows; row++)
            VectorKernels.AddProduct(_inverseDiagonal.AsSpan(0, columns), features.Row(row), features.Row(row));
        _inverseDiagonal[columns] = features.Rows;
        for (var j = 0; j < Dimension; j++)
        {
            RequireFinite(_inverseDiagonal[j], j);
            var curvature = spread * _inverseDiagonal[j] + (j < columns ? penalty : 0);
            _inverseDiagonal[j] = curvature > 0 ? 1 / curvature : 1;
        }
    }

    /// <summary>d weights, the intercept, and zeros up to a whole number of vectors.</summary>
    public int Dimension { get; }

    /// <summary>vector ← M⁻¹·vector.</summary>
    public void Solve(Span<float> vector)
    {
        if (_factor is null) VectorKernels.Multiply(vector, _inverseDiagonal);
        else _factor.Solve(vector);
    }

    private static void RequireFinite(float squares, int column)
    {
        if (float.IsFinite(squares)) return;
        throw new TrainingException(
            $"The values of feature {column} are too large: their squares overflow single precision. Standardise it.");
    }

    /// <summary>X̃ᵀX̃, shape [dimension, dimension].</summary>
    private float[] Gram(FeatureMatrix features, int threads)
    {
        var blocks = FixedBlocks.Over(features.Rows, SmallestBlock, MostBlocks);
        var size = Dimension * Dimension;
        var parts = new float[blocks.Count * size];
        FixedBlocks.Run(blocks.Count, threads, block =>
        {
            var rows = new float[Chunk * Dimension];
            var end = blocks.Start(block) + blocks.Length(block);
            for (var first = blocks.Start(block); first < end; first += Chunk)
            {
                var count = Math.Min(Chunk, end - first);
                for (var i = 0; i < count; i++)
                {
                    features.Row(first + i).CopyTo(rows.AsSpan(i * Dimension));
                    rows[i * Dimension + features.Columns] = 1;
                }
                MatrixProduct.Accumulate(
                    Dimension, count, Dimension / FloatMath.Lanes,
                    rows, new Strides(1, Dimension), rows, new Strides(Dimension, FloatMath.Lanes),
                    parts.AsSpan(block * size, size), new Strides(Dimension, FloatMath.Lanes));
            }
        });
        for (var block = 1; block < blocks.Count; block++)
            VectorKernels.AddScaled(parts.AsSpan(0, size), 1, parts.AsSpan(block * size, size));
        return parts[..size];
    }
}
