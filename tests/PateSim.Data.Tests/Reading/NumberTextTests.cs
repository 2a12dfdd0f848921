using System.Globalization;
using System.Text;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;

namespace PateSim.Data.Tests.Reading;

public sealed class NumberTextTests
{
    [Fact]
    public void The_short_way_gives_what_the_long_one_does()
    {
        var stream = RandomKey.FromSeed(3007).Open();
        for (var i = 0; i < 50_000; i++)
        {
            var digits = 1 + stream.NextInt(9);
            var text = new StringBuilder(stream.NextInt(3) == 0 ? "-" : "");
            var point = stream.NextInt(digits + 3);
            for (var d = 0; d < digits; d++)
            {
                if (d == point) text.Append('.');
                text.Append((char)('0' + stream.NextInt(10)));
            }
            var cell = Encoding.UTF8.GetBytes(text.ToString());
            Assert.Null(NumberText.Read(cell, out var value));
            Assert.Equal(
                BitConverter.SingleToInt32Bits(float.Parse(text.ToString(), CultureInfo.InvariantCulture)),
                BitConverter.SingleToInt32Bits(value));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1e")]
    [InlineData("0x1")]
    [InlineData("١")]
    public void What_is_no_number_is_none(string cell) =>
        Assert.Equal("PS3009", NumberText.Read(Encoding.UTF8.GetBytes(cell), out _));

    [Theory]
    [InlineData("0e-99", null)]
    [InlineData("0.0000000000", null)]
    [InlineData("1.2e-38", null)]
    [InlineData("1e-38", "PS3133")]
    [InlineData("0.00000000000000000000000000000000000000000001", "PS3133")]
    [InlineData("3.5e38", "PS3010")]
    [InlineData("3.4e38", null)]
    public void What_single_precision_cannot_tell_is_refused(string cell, string? code) =>
        Assert.Equal(code, NumberText.Read(Encoding.UTF8.GetBytes(cell), out _));
}
