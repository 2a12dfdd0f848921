using PateSim.Learning.Numerics;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Numerics;

public sealed class VectorKernelsTests
{
    public static TheoryData<int> Lengths => [1, 7, 8, 31, 32, 33, 104, 1000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Kernels_agree_with_plain_loops(int length)
    {
        var (a, b) = (Records.Uniform(length, 1), Records.Uniform(length, 2));
        Assert.Equal(a.Zip(b, (x, y) => (double)x * y).Sum(), VectorKernels.Dot(a, b), 1e-5);
        Assert.Equal(a.Max(Math.Abs), VectorKernels.MaxMagnitude(a));

        var target = (float[])a.Clone();
        VectorKernels.AddScaled(target, 0.37f, b);
        for (var i = 0; i < length; i++) Assert.Equal(MathF.FusedMultiplyAdd(0.37f, b[i], a[i]), target[i]);

        VectorKernels.Combine(target, a, -2, b);
        for (var i = 0; i < length; i++) Assert.Equal(MathF.FusedMultiplyAdd(-2, b[i], a[i]), target[i]);

        a.CopyTo(target, 0);
        VectorKernels.Multiply(target, b);
        for (var i = 0; i < length; i++) Assert.Equal(a[i] * b[i], target[i]);

        a.CopyTo(target, 0);
        VectorKernels.AddProduct(target, b, b);
        for (var i = 0; i < length; i++) Assert.Equal(MathF.FusedMultiplyAdd(b[i], b[i], a[i]), target[i]);
    }

    [Fact]
    public void Not_a_number_is_seen_by_the_largest_magnitude()
    {
        for (var i = 0; i < 19; i++)
        {
            var a = Records.Uniform(19, 1);
            a[i] = float.NaN;
            Assert.True(float.IsNaN(VectorKernels.MaxMagnitude(a)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Cholesky_solves(int size)
    {
        var root = Records.Uniform(size * size, 4);
        var matrix = new float[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                for (var k = 0; k < size; k++) matrix[i * size + j] += root[i * size + k] * root[j * size + k];
            }
            matrix[i * size + i] += 1;
        }
        var expected = Records.Uniform(size, 5);
        var vector = new float[size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++) vector[i] += matrix[i * size + j] * expected[j];
        }
        Cholesky.Factor(matrix, size).Solve(vector);
        for (var i = 0; i < size; i++) Assert.Equal(expected[i], vector[i], 1e-3);
    }

    [Fact]
    public void Blocks_depend_on_the_rows_alone_and_cover_them()
    {
        foreach (var rows in new[] { 1, 7, 8, 130, 511, 1024, 1025, 32561, 1_000_003 })
        {
            var blocks = FixedBlocks.Over(rows, 512, 64);
            Assert.InRange(blocks.Count, 1, 64);
            var next = 0;
            for (var i = 0; i < blocks.Count; i++)
            {
                Assert.Equal(next, blocks.Start(i));
                Assert.True(blocks.Length(i) > 0);
                next += blocks.Length(i);
            }
            Assert.Equal(rows, next);
        }
    }
}
