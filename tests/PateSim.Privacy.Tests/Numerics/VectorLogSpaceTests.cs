using System.Runtime.Intrinsics;
using CsCheck;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Tests.Numerics;

/// <summary>The vectorised functions against those on one number, and against the runtime's own.</summary>
public sealed class VectorLogSpaceTests
{
    // Units in the last place of a relative error.
    private const double Ulp = 2.220446049250313e-16;

    private static void Near(double expected, double actual, double ulps) =>
        Assert.InRange(actual, expected - Math.Abs(expected) * ulps * Ulp, expected + Math.Abs(expected) * ulps * Ulp);

    [Fact]
    public void The_runtimes_exponential_and_logarithm_are_accurate_to_two_units() =>
        Gen.Select(Gen.Double[-700, 700], Gen.Double[-700, 700], Gen.Double[-1e-3, 1e-3]).Sample((x, y, z) =>
        {
            Near(Math.Exp(x), Vector512.Exp(Vector512.Create(x))[3], 2);
            var any = Math.Exp(y);
            Near(Math.Log(any), Vector512.Log(Vector512.Create(any))[5], 2);
            Near(Math.Log(1 + z), Vector512.Log(Vector512.Create(1 + z))[0], 2);
        }, iter: 2000);

    [Fact]
    public void Log1P_keeps_its_digits_for_numbers_of_any_size() =>
        Gen.Select(Gen.Double[-300, 300], Gen.Double[-0.999, 0.999]).Sample((exponent, part) =>
        {
            var large = Math.Pow(10, exponent);
            Near(LogSpace.Log1P(large), VectorLogSpace.Log1P(Vector512.Create(large))[1], 6);
            Near(LogSpace.Log1P(part), VectorLogSpace.Log1P(Vector512.Create(part))[7], 6);
        }, iter: 2000);

    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(-1e-300)]
    [InlineData(1e-17)]
    public void Log1P_of_what_one_swallows_is_the_number_itself(double x) =>
        Assert.Equal(Vector512.Create(x), VectorLogSpace.Log1P(Vector512.Create(x)));

    [Fact]
    public void Sums_agree_with_those_of_one_number() =>
        Gen.Select(Gen.Double[-800, 800], Gen.Double[-800, 800]).Sample((a, b) =>
        {
            var sum = VectorLogSpace.Add(Vector512.Create(a), Vector512.Create(b))[2];
            Assert.Equal(LogSpace.Add(a, b), sum, 1e-13);
        }, iter: 2000);

    [Theory]
    [InlineData(-1e-200, -700)]
    [InlineData(0, -40)]
    [InlineData(-1e-12, -27)]
    public void A_sum_near_one_keeps_the_digits_of_its_small_logarithm(double a, double b)
    {
        var sum = VectorLogSpace.Add(Vector512.Create(b), Vector512.Create(a))[4];
        Near(a + Math.Exp(b), sum, 1e5);
        Assert.NotEqual(0, sum);
    }

    [Fact]
    public void A_lane_does_not_see_its_neighbours() =>
        Gen.Select(Gen.Double[-50, 50].Array[8], Gen.Double[-50, 50].Array[8]).Sample((a, b) =>
        {
            var all = VectorLogSpace.Add(Vector512.Create(a), Vector512.Create(b));
            for (var i = 0; i < 8; i++)
                Assert.Equal(all[i], VectorLogSpace.Add(Vector512.Create(a[i]), Vector512.Create(b[i]))[7 - i]);
        });
}
