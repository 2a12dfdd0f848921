using Akka.Configuration;
using CsCheck;
using static PateSim.Scenarios.Tests.Hocon.Reading;

namespace PateSim.Scenarios.Tests.Hocon;

/// <summary>Equal to Akka's parser where that one is right; where it is not, both are pinned.</summary>
public sealed class AkkaDifferenceTests
{
    [Theory]
    [InlineData("a = 1\nb = two words\nc = \"quoted # text\"")]
    [InlineData("a { b { c = 1, d = 2 }\n e = [1, 2, 3] }")]
    [InlineData("a.b.c = 1\na.b.d = 2\na { e = 3 }")]
    [InlineData("a : 1\nb : { c : true }")]
    [InlineData("# comment\na = 1 # tail\n// other\nb = 2 // tail")]
    [InlineData("a = [\n 1,\n 2\n]\nb = [{x = 1}, {x = 2}]")]
    [InlineData("a = \"\"\"several\nlines\"\"\"\nb = 1")]
    [InlineData("a { x = 1 }\na { y { z = 2 } }")]
    [InlineData("base { x = 1, y = 2 }\nb = ${base}")]
    [InlineData("n = 5\nb = ${n}\nc { d = ${n} }")]
    [InlineData("a = 1e-5, b = -3, c = 10s, d = 128k")]
    [InlineData("\"quoted.key\" = 1\nb.\"c.d\" = 2")]
    [InlineData("akka { loglevel = INFO, actor { provider = cluster, debug { receive = off } } }")]
    public void Valid_files_read_alike(string text) => Assert.Equal(AkkaOracle.Read(text), AkkaOracle.Ours(text));

    [Fact]
    public void Random_trees_in_random_styles_read_alike() => HoconSamples.Text.Sample(
        text => Assert.Equal(AkkaOracle.Read(text), AkkaOracle.Ours(text)), iter: 1500, threads: 1);

    [Fact]
    public void Akka_reads_a_missing_number_as_zero() =>
        Assert.Equal(0, ConfigurationFactory.ParseString("a = 1").GetInt("b"));

    [Fact]
    public void Akka_reads_a_decimal_comma_as_the_end_of_the_number()
    {
        Assert.Equal(1, ConfigurationFactory.ParseString("x = 1,5").GetDouble("x"));
        Assert.Contains("PS1008", Assert.Single(Problems("x = 1,5")), StringComparison.Ordinal);
    }

    [Fact]
    public void Akka_accepts_a_brace_that_is_never_closed()
    {
        Assert.Equal("{<a>={<b>=<1>}}", AkkaOracle.Read("a { b = 1"));
        Assert.Contains("PS1004", Assert.Single(Problems("a { b = 1")), StringComparison.Ordinal);
    }

    [Fact]
    public void Akka_ignores_plus_equals()
    {
        Assert.NotEqual("{<a>=[<1>,<2>]}", AkkaOracle.Read("a = [1]\na += 2"));
        Assert.Equal("{<a>=[<1>,<2>]}", AkkaOracle.Ours("a = [1]\na += 2"));
    }

    [Fact]
    public void Akka_swallows_the_line_after_an_optional_substitution()
    {
        Assert.Equal(0, ConfigurationFactory.ParseString("a = ${?NOT_DEFINED_ANYWHERE}\nb = 2").GetInt("b"));
        Assert.Equal("{<b>=<2>}", AkkaOracle.Ours("a = ${?nothing}\nb = 2"));
    }

    [Fact]
    public void Akka_refuses_a_comma_after_a_block()
    {
        Assert.Throws<FormatException>(() => AkkaOracle.Read("a { b { c = 1 }, d = 2 }"));
        Assert.Equal("{<a>={<b>={<c>=<1>},<d>=<2>}}", AkkaOracle.Ours("a { b { c = 1 }, d = 2 }"));
    }

    [Fact]
    public void Akka_drops_a_substituted_block_that_another_block_follows()
    {
        const string text = "base { x = 1, y = 2 }\nb = ${base} { y = 3 }";
        Assert.Equal("{<b>={<y>=<3>},<base>={<x>=<1>,<y>=<2>}}", AkkaOracle.Read(text));
        Assert.Equal("{<b>={<x>=<1>,<y>=<3>},<base>={<x>=<1>,<y>=<2>}}", AkkaOracle.Ours(text));
    }

    [Fact]
    public void Akka_trims_quoted_text_in_lists()
    {
        Assert.Equal("{<a>=[<x>]}", AkkaOracle.Read("a = [\" x\"]"));
        Assert.Equal("{<a>=[< x>]}", AkkaOracle.Ours("a = [\" x\"]"));
    }

    [Fact]
    public void Akka_lets_the_last_of_two_equal_keys_win()
    {
        Assert.Equal("{<a>=<2>}", AkkaOracle.Read("a = 1\na = 2"));
        Assert.Contains("PS1009", Assert.Single(Problems("a = 1\na = 2")), StringComparison.Ordinal);
    }
}
