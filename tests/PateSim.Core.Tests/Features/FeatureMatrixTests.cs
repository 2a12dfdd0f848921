using PateSim.Core.Features;

namespace PateSim.Core.Tests.Features;

public sealed class FeatureMatrixTests
{
    private static readonly FeatureMatrix Matrix = new(3, 2, [1, 2, 3, 4, 5, 6]);

    [Fact]
    public void Values_lie_row_after_row()
    {
        Assert.Equal((3, 2), (Matrix.Rows, Matrix.Columns));
        Assert.Equal([3, 4], Matrix.Row(1).ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], Matrix.Values.ToArray());
        Assert.Equal(Matrix.Values.ToArray(), Matrix.Memory.ToArray());
    }

    [Fact]
    public void A_matrix_may_have_no_rows()
    {
        var empty = new FeatureMatrix(0, 4, []);
        Assert.Equal((0, 4), (empty.Rows, empty.Columns));
        Assert.Throws<ArgumentOutOfRangeException>(() => empty.Row(0).Length);
    }

    [Theory]
    [InlineData(0, 0, float.NaN, "row 0, column 0 is NaN")]
    [InlineData(1, 2, float.PositiveInfinity, "row 1, column 2 is Infinity")]
    [InlineData(3, 1, float.NegativeInfinity, "row 3, column 1 is -Infinity")]
    public void A_value_that_is_not_finite_is_refused_with_its_place(int row, int column, float value, string saying)
    {
        var values = new float[12];
        values[row * 3 + column] = value;
        var error = Assert.Throws<ArgumentException>(() => new FeatureMatrix(4, 3, values));
        Assert.Contains(saying, error.Message, StringComparison.Ordinal);
        Assert.Equal("values", error.ParamName);
    }

    [Theory]
    [InlineData(3, 2, 5, "5 values do not fill 3 × 2")]
    [InlineData(0, 2, 1, "1 values do not fill 0 × 2")]
    [InlineData(65_536, 65_536, 0, "0 values do not fill 65536 × 65536")]
    public void A_length_that_is_not_rows_times_columns_is_refused(int rows, int columns, int length, string saying)
    {
        var error = Assert.Throws<ArgumentException>(() => new FeatureMatrix(rows, columns, new float[length]));
        Assert.Contains(saying, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_cannot_be_and_null_are_refused()
    {
        Assert.Equal(-1, Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureMatrix(-1, 2, [])).ActualValue);
        Assert.Equal(0, Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureMatrix(2, 0, [])).ActualValue);
        Assert.Throws<ArgumentNullException>(() => new FeatureMatrix(1, 1, null!));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void A_row_that_is_not_there_is_refused_with_its_number(int row)
    {
        Assert.Equal(row, Assert.Throws<ArgumentOutOfRangeException>(() => Matrix.Row(row).Length).ActualValue);
        Assert.Equal(row, Assert.Throws<ArgumentOutOfRangeException>(() => Matrix.Select([0, row])).ActualValue);
    }

    [Fact]
    public void Select_takes_rows_in_the_order_given_also_twice_and_copies_them()
    {
        var selected = Matrix.Select([2, 0, 2]);
        Assert.Equal((3, 2), (selected.Rows, selected.Columns));
        Assert.Equal([5, 6, 1, 2, 5, 6], selected.Values.ToArray());
        Assert.Equal((0, 2), (Matrix.Select([]).Rows, Matrix.Select([]).Columns));
    }

    [Fact]
    public void A_selection_beyond_one_array_is_refused_before_memory_is_taken()
    {
        // 65,536 rows of 65,536 features: 2^32 values, which is 0 in 32-bit arithmetic.
        var row = new FeatureMatrix(1, 65_536, new float[65_536]);
        var error = Assert.Throws<ArgumentException>(() => row.Select(new int[65_536]));
        Assert.Contains("65536 rows of 65536 features", error.Message, StringComparison.Ordinal);
    }
}
