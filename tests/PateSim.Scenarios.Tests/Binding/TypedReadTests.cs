using PateSim.Core.Components;
using PateSim.Scenarios.Binding;
using PateSim.Scenarios.Hocon;
using static PateSim.Scenarios.Tests.Hocon.Reading;

namespace PateSim.Scenarios.Tests.Binding;

public sealed class TypedReadTests
{
    private static OptionValues Read(OptionSpec option, string value) => Binder.Bind(
        new SectionSpec("", "") { Options = [option] }, HoconReader.ReadText($"x = {value}", "f")).Options;

    private static string Refusal(OptionSpec option, string value) =>
        Assert.Single(Problems(() => Read(option, value)));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("-12", -12)]
    [InlineData("1e3", 1000)]
    [InlineData("2E+2", 200)]
    [InlineData("-1e0", -1)]
    [InlineData("0e999999999999", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Whole_numbers_are_read(string text, long expected) =>
        Assert.Equal(expected, Read(OptionSpec.Integer("x", "", 5), text).Integer("x"));

    [Theory]
    [InlineData("1.0", "without a decimal point")]
    [InlineData("1.5", "without a decimal point")]
    [InlineData("1.5e3", "without a decimal point")]
    [InlineData("1e-3", "is not a whole number")]
    [InlineData("10e-1", "is not a whole number")]
    [InlineData("9223372036854775808", "does not fit 64 bits")]
    [InlineData("1e19", "does not fit 64 bits")]
    [InlineData("1e999999999999", "does not fit 64 bits")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890", "does not fit 64 bits")]
    [InlineData("\"5\"", "without quotes: 5")]
    [InlineData("007", "leave out the leading zeros")]
    [InlineData("1_000", "write 1000")]
    [InlineData("5 6", "'5 6' is not a number")]
    [InlineData("ten", "'ten' is not a number. It is a whole number.")]
    [InlineData("0x10", "is not a number")]
    [InlineData("true", "'true' is not a number")]
    [InlineData("[5]", "It is a list, where one number is due, such as x = 1")]
    [InlineData("{y=5}", "It is a block { }, where one number is due")]
    public void What_is_not_a_whole_number_is_refused(string text, string why)
    {
        var refusal = Refusal(OptionSpec.Integer("x", "", 5), text);
        Assert.StartsWith("f(1,5): error PS2003 x: ", refusal, StringComparison.Ordinal);
        Assert.Contains(why, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("-1.5e-3", -0.0015)]
    [InlineData("1e5", 100000)]
    [InlineData("0.1", 0.1)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("4.9e-324", double.Epsilon)]
    [InlineData("0.0e-999", 0)]
    public void Numbers_are_read(string text, double expected) =>
        Assert.Equal(expected, Read(OptionSpec.Real("x", "", 5), text).Real("x"));

    [Theory]
    [InlineData("1e309", "too large")]
    [InlineData("1e-400", "too small")]
    [InlineData("NaN", "must be finite")]
    [InlineData("-Infinity", "must be finite")]
    [InlineData(".5", "write 0.5")]
    [InlineData("5.", "write 5")]
    [InlineData("\"0.5\"", "without quotes: 0.5")]
    [InlineData("[0.5]", "It is a list, where one number is due")]
    [InlineData("10s", "is not a number")]
    public void What_is_not_a_number_is_refused(string text, string why) =>
        Assert.Contains(why, Refusal(OptionSpec.Real("x", "", 5), text), StringComparison.Ordinal);

    [Theory]
    [InlineData("true", true)]
    [InlineData("on", true)]
    [InlineData("yes", true)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("no", false)]
    public void Flags_are_read(string text, bool expected) =>
        Assert.Equal(expected, Read(OptionSpec.Flag("x", "", !expected), text).Flag("x"));

    [Theory]
    [InlineData("1", "'1' is not a flag. It is true or false.")]
    [InlineData("True", "'True' is not a flag")]
    [InlineData("\"true\"", "write the flag without quotes: true")]
    [InlineData("[true]", "where a flag is due")]
    public void What_is_not_a_flag_is_refused(string text, string why) =>
        Assert.Contains(why, Refusal(OptionSpec.Flag("x", "", false), text), StringComparison.Ordinal);

    [Theory]
    [InlineData("5", "write x = [5]")]
    [InlineData("\"5\"", "write x = [\"5\"]")]
    [InlineData("{y=5}", "It is a block { }, where a list is due")]
    public void What_is_not_a_list_is_refused_with_the_list_form(string text, string why) =>
        Assert.Contains(why, Refusal(OptionSpec.RealList("x", "", [1]), text), StringComparison.Ordinal);

    [Fact]
    public void Each_wrong_element_is_located() => Assert.Equal(
        ["f(1,9): error PS2003 x[1]:", "f(1,15): error PS2003 x[3]:", "f(1,20): error PS2003 x[4]:"],
        Problems(() => Read(OptionSpec.RealList("x", "", [1]), "[1, a, 2, [3], null]"))
            .Select(p => string.Join(' ', p.Split(' ').Take(4))));

    [Theory]
    [InlineData("two words", "two words")]
    [InlineData("\"a#b\"", "a#b")]
    [InlineData("5", "5")]
    [InlineData("\"\"", "")]
    public void Text_is_any_single_value(string text, string expected) =>
        Assert.Equal(expected, Read(OptionSpec.Text("x", "", "none"), text).Text("x"));

    [Fact]
    public void A_list_is_no_text() => Assert.Contains(
        "where one text is due", Refusal(OptionSpec.Text("x", "", ""), "[a]"), StringComparison.Ordinal);
}
