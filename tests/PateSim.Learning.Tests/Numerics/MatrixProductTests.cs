using CsCheck;
using PateSim.Learning.Numerics;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Numerics;

public sealed class MatrixProductTests
{
    [Fact]
    public void Every_element_is_the_chain_of_fused_steps_in_the_order_of_depth() =>
        Gen.Select(Gen.Int[1, 41], Gen.Int[1, 300], Gen.Int[1, 5], Gen.Bool).Sample(
            (rows, depth, panels, transposed) => Check(rows, depth, panels, transposed), iter: 200);

    [Theory]
    [InlineData(32, 104, 8)]
    [InlineData(128, 784, 25)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 513, 2)]
    public void Shapes_of_networks_are_right(int rows, int depth, int panels) => Check(rows, depth, panels, false);

    [Theory]
    [InlineData(5, 2)]
    [InlineData(13, 4)]
    [InlineData(21, 3)]
    public void A_depth_in_segments_is_one_chain(int rows, int panels)
    {
        const int Segments = 3, Depth = 4, Segment = 40;
        var a = Records.Uniform(rows * 2 + Segments * Segment + Depth, 1);
        var b = Records.Uniform(panels * Segments * Depth * 8, 2);
        var c = new float[rows * panels * 8];
        MatrixProduct.Slice(
            rows, Segments, Depth, panels, ref a[0], new Strides(2, 1), Segment, ref b[0],
            new Strides(8, Segments * Depth * 8), ref c[0], new Strides(panels * 8, 8));
        for (var at = 0; at < c.Length; at++)
        {
            var (row, panel, lane) = (at / (panels * 8), at / 8 % panels, at % 8);
            var expected = 0f;
            for (var k = 0; k < Segments * Depth; k++)
            {
                expected = MathF.FusedMultiplyAdd(
                    a[row * 2 + k / Depth * Segment + k % Depth], b[(panel * Segments * Depth + k) * 8 + lane],
                    expected);
            }
            Assert.Equal(expected, c[at]);
        }
    }

    [Fact]
    public void An_operand_that_is_too_short_is_refused()
    {
        static void Multiply(int a, int b, int c) => MatrixProduct.Accumulate(
            2, 3, 1, new float[a], new Strides(3, 1), new float[b], new Strides(8, 24), new float[c],
            new Strides(8, 8));
        Multiply(6, 24, 16);
        Assert.Throws<ArgumentException>(() => Multiply(5, 24, 16));
        Assert.Throws<ArgumentException>(() => Multiply(6, 23, 16));
        Assert.Throws<ArgumentException>(() => Multiply(6, 24, 15));
    }

    /// <summary>A in either order, C accumulated onto what was there.</summary>
    private static void Check(int rows, int depth, int panels, bool transposed)
    {
        var a = Records.Uniform(rows * depth, 1);
        var b = Records.Uniform(panels * depth * 8, 2);
        var start = Records.Uniform(rows * panels * 8, 3);
        var c = (float[])start.Clone();
        var strides = transposed ? new Strides(1, rows) : new Strides(depth, 1);
        MatrixProduct.Accumulate(
            rows, depth, panels, a, strides, b, new Strides(8, depth * 8), c, new Strides(panels * 8, 8));
        for (var r = 0; r < rows; r++)
        {
            for (var column = 0; column < panels * 8; column++)
            {
                var expected = start[r * panels * 8 + column];
                for (var k = 0; k < depth; k++)
                {
                    expected = MathF.FusedMultiplyAdd(
                        a[r * strides.First + k * strides.Second],
                        b[(column / 8 * depth + k) * 8 + column % 8], expected);
                }
                Assert.Equal(expected, c[r * panels * 8 + column]);
            }
        }
    }
}
