using System.Runtime.Intrinsics;
using PateSim.Learning.Numerics;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Numerics;

public sealed class FloatMathTests
{
    [Fact]
    public void Exp_is_within_its_stated_error()
    {
        for (var x = -87.3; x <= 88.3; x += 0.00371)
        {
            var single = (float)x;
            var expected = Math.Exp(single);
            Assert.InRange(Math.Abs(FloatMath.Exp(single) - expected) / expected, 0, 2e-7);
        }
        Assert.Equal(1f, FloatMath.Exp(0f));
        Assert.True(float.IsNaN(FloatMath.Exp(float.NaN)));
        Assert.InRange(FloatMath.Exp(float.NegativeInfinity), 0, 2e-38f);
        Assert.True(float.IsFinite(FloatMath.Exp(float.PositiveInfinity)));
    }

    [Fact]
    public void Log_of_one_plus_is_within_its_stated_error()
    {
        for (var t = 1e-30; t <= 1; t = t * 1.03 + 1e-6)
        {
            var single = (float)Math.Min(1, t);
            var expected = Math.Log(1 + (double)single);
            if (single < 1e-4) expected = single - (double)single * single / 2 + (double)single * single * single / 3;
            var actual = FloatMath.LogOnePlus(Vector256.Create(single)).ToScalar();
            Assert.InRange(Math.Abs(actual - expected) / expected, 0, 3e-7);
        }
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2.718281828459045)]
    [InlineData(123456.789)]
    [InlineData(1e300)]
    public void Log_is_a_logarithm(double x) =>
        Assert.Equal(Math.Log(x), FloatMath.Log(x), 1e-13 * Math.Max(1, Math.Abs(Math.Log(x))));

    [Fact]
    public void Eight_sums_at_once_are_the_eight_single_sums_bit_for_bit()
    {
        var values = Records.Uniform(64, 3);
        var rows = Enumerable.Range(0, 8).Select(i => Vector256.LoadUnsafe(ref values[8 * i])).ToArray();
        var together = FloatMath.SumLanes(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7]);
        for (var i = 0; i < 8; i++) Assert.Equal(FloatMath.SumLanes(rows[i]), together.GetElement(i));
    }

    [Fact]
    public void Lanes_are_summed_in_the_documented_order()
    {
        var v = Records.Uniform(8, 5);
        var expected = ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
        Assert.Equal(expected, FloatMath.SumLanes(Vector256.LoadUnsafe(ref v[0])));
    }
}
