using System.Globalization;
using CsCheck;
using PateSim.Reporting.Summary;

namespace PateSim.Reporting.Tests.Summary;

public class PrivacyNumbersTests
{
    [Theory]
    [InlineData(0.0, "0", "1.00")]
    [InlineData(1.234e-5, "1.24e-5", "1.001")]
    [InlineData(0.0023, "0.0023", "1.003")]
    [InlineData(0.025, "0.025", "1.026")]
    [InlineData(0.05, "0.05", "1.052")]
    [InlineData(0.1 + 0.2, "0.3", "1.35")]
    [InlineData(0.9999, "1", "2.72")]
    [InlineData(1.0, "1.00", "2.72")]
    [InlineData(2.3, "2.30", "9.98")]
    [InlineData(2.301, "2.31", "9.99")]
    [InlineData(2.96, "2.96", "19.3")]
    [InlineData(9.999, "10.00", "22,005")]
    [InlineData(10.0, "10.00", "22,027")]
    [InlineData(78.94, "78.94", "2.0 x 10^34")]
    [InlineData(100.0, "100.00", "2.7 x 10^43")]
    [InlineData(999.999, "1000.00", "2.0 x 10^434")]
    [InlineData(12344.2, "12,345", "1.1 x 10^5361")]
    [InlineData(double.PositiveInfinity, "infinite", null)]
    public void Epsilon_and_its_factor_are_rounded_up(double epsilon, string text, string? factor)
    {
        Assert.Equal(text, PrivacyNumbers.Epsilon(epsilon));
        if (factor is not null) Assert.Equal(factor, PrivacyNumbers.Factor(epsilon));
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1e-5, "1e-5")]
    [InlineData(1.23456e-5, "1.23456e-5")]
    [InlineData(0.01, "0.01")]
    public void Delta_is_never_rounded(double delta, string text) => Assert.Equal(text, PrivacyNumbers.Delta(delta));

    [Fact]
    public void No_printed_bound_is_on_the_wrong_side_nor_far_off() => Gen.Double[-12, 12].Sample(logarithm =>
    {
        var value = Math.Pow(10, logarithm);
        var tolerance = 1e-12 * value;
        foreach (var text in new[] { PrivacyNumbers.Upper(value, 4), PrivacyNumbers.Epsilon(value) })
            Assert.InRange(Read(text), value - tolerance, 1.0101 * value);
        Assert.InRange(Read(PrivacyNumbers.Lower(value, 4)), 0.999 * value, value + tolerance);
    });

    [Fact]
    public void No_printed_factor_is_below_the_true_one() => Gen.Double[0, 700].Sample(epsilon =>
    {
        var text = PrivacyNumbers.Factor(epsilon).Replace(" x 10^", "e", StringComparison.Ordinal);
        Assert.InRange(Read(text), Math.Exp(epsilon) * (1 - 1e-9), Math.Exp(epsilon) * 1.11);
    });

    [Theory]
    [InlineData(40.0, "40")]
    [InlineData(0.025, "0.025")]
    [InlineData(1 / 60.0, "0.0166667")]
    [InlineData(1e-5, "1e-5")]
    public void Parameters_have_six_digits(double value, string text) =>
        Assert.Equal(text, PrivacyNumbers.Parameter(value));

    private static double Read(string text) =>
        double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
