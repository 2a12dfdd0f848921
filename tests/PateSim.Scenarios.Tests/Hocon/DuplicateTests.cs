using PateSim.Scenarios.Hocon;
using static PateSim.Scenarios.Tests.Hocon.Reading;

namespace PateSim.Scenarios.Tests.Hocon;

public sealed class DuplicateTests
{
    [Theory]
    [InlineData("a=1\na=2", "run.conf(2,1): error PS1009 a:", "run.conf(1,1)")]
    [InlineData("a=1\na=1", "run.conf(2,1): error PS1009 a:", "run.conf(1,1)")]
    [InlineData("a.b=1\na { b=2 }", "run.conf(2,5): error PS1009 a.b:", "run.conf(1,1)")]
    [InlineData("a { b=1, c=2, b=3 }", "run.conf(1,15): error PS1009 a.b:", "run.conf(1,5)")]
    [InlineData("a=1\na { b=1 }", "run.conf(2,1): error PS1009 a:", "run.conf(1,1)")]
    [InlineData("a { b=1 }\na=1", "run.conf(2,1): error PS1009 a:", "run.conf(1,1)")]
    [InlineData("a=1\na.b=1", "run.conf(2,1): error PS1009 a:", "run.conf(1,1)")]
    [InlineData("a=[1]\na=[2]", "run.conf(2,1): error PS1009 a:", "run.conf(1,1)")]
    [InlineData("b=1\na=2\na=${b}", "run.conf(3,1): error PS1009 a:", "run.conf(2,1)")]
    [InlineData("a=[{x=1,x=2}]", "run.conf(1,9): error PS1009 a.x:", "run.conf(1,5)")]
    public void A_key_written_twice_names_both_places(string text, string placeAndCode, string other) =>
        AssertProblem(Problems(text), placeAndCode, other);

    [Theory]
    [InlineData("a=[1]\na=${a} [2]", "{a=[1,2]}")]
    [InlineData("a=x\na=${a}y", "{a=xy}")]
    [InlineData("a=1\na=${?b}", "{a=1}")]
    [InlineData("b=2\na=1\na=${?b}", "{a=2,b=2}")]
    [InlineData("b { x=1, y=1 }\na=${b}\na { y=2 }", "{a={x=1,y=2},b={x=1,y=1}}")]
    [InlineData("b { x=1, y=1 }\na { y=2 }\na=${b}", "{a={x=1,y=1},b={x=1,y=1}}")]
    public void What_builds_on_an_earlier_value_is_no_duplicate(string text, string expected) =>
        Assert.Equal(expected, FlatRead(text));

    [Fact]
    public void A_file_may_override_what_it_includes_but_an_include_may_not_override_its_file()
    {
        var files = Files(("base.conf", "a=1\nb=1"), ("other.conf", "a=3"));
        var above = HoconReader.ReadText("include \"base.conf\"\ninclude \"other.conf\"\nb=2", "run.conf", [], files);
        Assert.Equal("{a=3,b=2}", Flat(above.Root));
        AssertProblem(
            Problems(() => HoconReader.ReadText("b=2\ninclude \"base.conf\"", "run.conf", [], files)),
            "base.conf(2,1): error PS1009 b:", "already at run.conf(1,1)");
    }
}
