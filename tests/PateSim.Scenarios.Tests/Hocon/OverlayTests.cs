using static PateSim.Scenarios.Tests.Hocon.Reading;

namespace PateSim.Scenarios.Tests.Hocon;

public sealed class OverlayTests
{
    [Theory]
    [InlineData("a=2", "{a=2,b={c=1}}")]
    [InlineData("b.c=5", "{a=1,b={c=5}}")]
    [InlineData("b.d.e=[1,2]", "{a=1,b={c=1,d={e=[1,2]}}}")]
    [InlineData("b={d=1}", "{a=1,b={c=1,d=1}}")]
    [InlineData("a=null", "{a=null,b={c=1}}")]
    [InlineData("a=\"x y\"", "{a=\"x y\",b={c=1}}")]
    [InlineData("a=${b.c}", "{a=1,b={c=1}}")]
    [InlineData("b=7", "{a=1,b=7}")]
    [InlineData("x += 3", "{a=1,b={c=1},x=[3]}")]
    public void An_overlay_goes_over_the_file(string overlay, string expected) =>
        Assert.Equal(expected, FlatRead("a=1\nb { c=1 }", overlay));

    [Fact]
    public void The_last_overlay_wins() => Assert.Equal("{a=3}", FlatRead("a=1", "a=2", "a=3"));

    [Fact]
    public void Substitutions_see_overlays() => Assert.Equal("{a=2,b=2}", FlatRead("a=1\nb=${a}", "a=2"));

    [Fact]
    public void A_value_of_an_overlay_has_its_place()
    {
        var root = Read("a=1", "b=1", "teacher.x=5");
        var value = ((PateSim.Scenarios.Hocon.HoconObject)root.Find("teacher")!.Value).Find("x")!.Value;
        Assert.Equal("--set #2(1,11)", value.Place.ToString());
    }

    [Theory]
    [InlineData("a", "--set #1(1,1): error PS1108", "'a' is not one setting")]
    [InlineData("", "--set #1(1,1): error PS1108", "path=value")]
    [InlineData("a=1\nb=2", "--set #1(1,1): error PS1108", "not one setting")]
    [InlineData("a=", "--set #1(1,1): error PS1007", "'a' has no value")]
    [InlineData("=1", "--set #1(1,1): error PS1006", "No key")]
    [InlineData("a=1,5", "--set #1(1,5): error PS1008", "1.5")]
    [InlineData("a=[1", "--set #1(1,3): error PS1004", "never closed")]
    [InlineData("a=*", "--set #1(1,3): error PS1005", "double quotes")]
    [InlineData("a=${none}", "--set #1(1,3): error PS1104", "refers to nothing")]
    public void A_bad_overlay_is_located(string overlay, string placeAndCode, params string[] parts) =>
        AssertProblem(Problems("a=1", overlay), placeAndCode, parts);
}
