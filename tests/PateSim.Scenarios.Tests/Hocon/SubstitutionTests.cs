using PateSim.Scenarios.Hocon;
using static PateSim.Scenarios.Tests.Hocon.Reading;

namespace PateSim.Scenarios.Tests.Hocon;

public sealed class SubstitutionTests
{
    [Theory]
    [InlineData("a=1\nb=${a}", "{a=1,b=1}")]
    [InlineData("b=${a}\na=1", "{a=1,b=1}")]
    [InlineData("b=${ a.c }\na.c=1", "{a={c=1},b=1}")]
    [InlineData("b=${a.\"x.y\"}\na { \"x.y\"=1 }", "{a={x.y=1},b=1}")]
    [InlineData("a=1\nb=${a}0", "{a=1,b=10}")]
    [InlineData("a=1\nb=x ${a} y ${a}${a}", "{a=1,b=x 1 y 11}")]
    [InlineData("a=\"1\"\nb=${a}0", "{a=\"1\",b=\"10\"}")]
    [InlineData("a=[1]\nb=${a} [2] ${a}", "{a=[1],b=[1,2,1]}")]
    [InlineData("a=[1]\nb=[${a},2]", "{a=[1],b=[[1],2]}")]
    [InlineData("a=[${?x},2,${?y}]", "{a=[2]}")]
    [InlineData("a={x=1,y=1}\nb=${a} {y=2}", "{a={x=1,y=1},b={x=1,y=2}}")]
    [InlineData("a={x={p=1,q=1}}\nb=${a} {x={q=2}}", "{a={x={p=1,q=1}},b={x={p=1,q=2}}}")]
    [InlineData("a={x={p=1}}\nb=${a} {x=2}", "{a={x={p=1}},b={x=2}}")]
    [InlineData("a=${?x}\nb=1", "{b=1}")]
    [InlineData("a=${?x} ${?y}\nb=1", "{b=1}")]
    [InlineData("a=${?x}foo", "{a=foo}")]
    [InlineData("a=${?a}foo", "{a=foo}")]
    [InlineData("a=null\nb=${a}", "{a=null,b=null}")]
    [InlineData("bar { foo=42, baz=${bar.foo} }", "{bar={baz=42,foo=42}}")]
    [InlineData("bar { a=${foo.d}, b=1 }\nfoo { c=${bar.b}, d=2 }", "{bar={a=2,b=1},foo={c=1,d=2}}")]
    [InlineData("a { x=1 }\nb=${a}\nc=${b}\nd=${c.x}", "{a={x=1},b={x=1},c={x=1},d=1}")]
    [InlineData("base { y=[1] }\na=${base}\na.y=${a.y} [2]", "{a={y=[1,2]},base={y=[1]}}")]
    [InlineData("base { y=[1] }\nbase.y=${base.y} [2]\na=${base}", "{a={y=[1,2]},base={y=[1,2]}}")]
    [InlineData("p=a\na { x=1 }\nb=[${a}, {x=${p}}]", "{a={x=1},b=[{x=1},{x=a}],p=a}")]
    public void A_substitution_stands_for_what_it_refers_to(string text, string expected) =>
        Assert.Equal(expected, FlatRead(text));

    [Theory]
    [InlineData(
        "seed=1\na=${sed}", "run.conf(2,3): error PS1104", "${sed} refers to nothing", "Did you mean ${seed}?")]
    [InlineData("a { seed=1 }\nb=${a.sead}", "run.conf(2,3): error PS1104", "Did you mean ${a.seed}?")]
    [InlineData("a=${b}\nb=${a}", "run.conf(2,3): error PS1105", "a -> b -> a")]
    [InlineData("a=${a}", "run.conf(1,3): error PS1105", "a -> a")]
    [InlineData("a=x${b}\nb=${c}\nc=[${a}]", "run.conf(3,4): error PS1105", "a -> b -> c -> c[0] -> a")]
    [InlineData("a { b=${a} }", "run.conf(1,5): error PS1105", "The block holds itself", "a -> a.b -> a")]
    [InlineData("a=[1]\nb=${a} x", "run.conf(2,3): error PS1106 b:", "a list, 'x'")]
    [InlineData("a=x\nb=${a} {y=1}", "run.conf(2,3): error PS1106 b:", "'x', a block")]
    [InlineData("a=x\na += y", "run.conf(2,6): error PS1106 a:", "'x', a list")]
    [InlineData("a=${HOME}", "run.conf(1,3): error PS1107", "'HOME'", "environment variables are not read", "--set")]
    [InlineData("a=${?HOME}", "run.conf(1,3): error PS1107", "environment variables are not read")]
    [InlineData("a=${}", "run.conf(1,3): error PS1006", "it is empty")]
    [InlineData("a=${b c}", "run.conf(1,3): error PS1006", "it holds a blank")]
    [InlineData("a=$b", "run.conf(1,3): error PS1005", "The character $")]
    public void What_cannot_be_resolved_is_located(string text, string placeAndCode, params string[] parts) =>
        AssertProblem(Problems(text), placeAndCode, parts);

    [Fact]
    public void A_value_from_a_substitution_has_the_place_of_its_use()
    {
        var value = Read("n = 1\nb {\n  trees = ${n}\n}").Find("b")!.Value as HoconObject;
        Assert.Equal("run.conf(3,11)", value!.Find("trees")!.Value.Place.ToString());
    }

    [Fact]
    public void The_environment_is_read_when_it_is_given()
    {
        var options = new HoconOptions { Environment = name => name == "SITE" ? "7" : null };
        Assert.Equal("{a=7}", Flat(HoconReader.ReadText("a=${SITE}\nb=${?NONE}", "x", [], options).Root));
        Assert.Contains(
            "PS1104", Assert.Single(Problems(() => HoconReader.ReadText("b=${NONE}", "x", [], options))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_overridden_needs_no_definition() =>
        Assert.Equal("{a=2}", FlatRead("a=${nothing}", "a=2"));

    [Fact]
    public void Long_chains_are_refused_and_do_not_overflow_the_stack()
    {
        var forward = string.Join("\n", Enumerable.Range(0, 50_000).Select(i => $"a{i} = ${{a{i + 1}}}"));
        Assert.Contains("PS1109", Problems(forward + "\na50000 = 1")[0], StringComparison.Ordinal);
        var backward = string.Join(
            "\n", Enumerable.Range(0, 5_000).Select(i => $"a{i + 1} = ${{a{i}}} {{ x{i % 3} = {i} }}"));
        Assert.Contains("PS1109", Problems("a0 { y = 1 }\n" + backward)[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a0 = [1,2,3,4]", "${a#} ${a#}")]
    [InlineData("a0 = abcdefgh", "${a#}${a#}")]
    [InlineData("a0 { x = 1 }", "{ p = ${a#}, q = ${a#} }")]
    [InlineData("a0 { x = 1 }", "[${a#}, ${a#}]")]
    public void Substitutions_that_unfold_without_bounds_are_refused(string first, string step)
    {
        var lines = Enumerable.Range(0, 60).Select(i =>
            $"a{i + 1} = " + step.Replace("#", $"{i}", StringComparison.Ordinal));
        Assert.Contains(
            Problems(first + "\n" + string.Join("\n", lines)),
            p => p.Contains("PS1109", StringComparison.Ordinal) || p.Contains("PS1011", StringComparison.Ordinal));
    }
}
