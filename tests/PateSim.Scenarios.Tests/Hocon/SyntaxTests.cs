using PateSim.Scenarios.Hocon;
using static PateSim.Scenarios.Tests.Hocon.Reading;

namespace PateSim.Scenarios.Tests.Hocon;

public sealed class SyntaxTests
{
    [Theory]
    [InlineData("a=1", "{a=1}")]
    [InlineData("{a=1}", "{a=1}")]
    [InlineData("\uFEFFa=1", "{a=1}")]
    [InlineData("{}", "{}")]
    [InlineData("a : 1", "{a=1}")]
    [InlineData("a {b=1}", "{a={b=1}}")]
    [InlineData("a\n{\n\tb=1\r\n}\r\n", "{a={b=1}}")]
    [InlineData("a=1,b=2\nc=3,\nd=4,", "{a=1,b=2,c=3,d=4}")]
    [InlineData("a=1\n,b=2", "{a=1,b=2}")]
    [InlineData("a.b.c=1\na.b.d=2", "{a={b={c=1,d=2}}}")]
    [InlineData("a.\"b.c\".d=1", "{a={b.c={d=1}}}")]
    [InlineData("\"a b\"=1", "{a b=1}")]
    [InlineData("a { x=1 }\na { y=2 }", "{a={x=1,y=2}}")]
    [InlineData("a = {x=1} {y=2}", "{a={x=1,y=2}}")]
    [InlineData("a = [1] [2,3]", "{a=[1,2,3]}")]
    [InlineData("a = [1\n2\n\n3,\n]", "{a=[1,2,3]}")]
    [InlineData("a =\n[\n1 ]", "{a=[1]}")]
    [InlineData("a = [[1],[]]", "{a=[[1],[]]}")]
    [InlineData("a = [{x=1},{x=2}]", "{a=[{x=1},{x=2}]}")]
    [InlineData("a = one  two # three", "{a=one  two}")]
    [InlineData("a = one // two", "{a=one}")]
    [InlineData("a = data/x-1.csv", "{a=data/x-1.csv}")]
    [InlineData("# only\na=1 # x\n// y\n", "{a=1}")]
    [InlineData("a = \"# no // comment\"", "{a=\"# no // comment\"}")]
    [InlineData("a = \"x\\ty\\u00e9\\\\\"", "{a=\"x\\tyé\\\\\"}")]
    [InlineData("a = \"\"\"x\\n\"y\"\n\"\"\"\"", "{a=\"x\\\\n\\\"y\\\"\\n\\\"\"}")]
    [InlineData("a = \"\"", "{a=\"\"}")]
    [InlineData("a = one\" two\" three", "{a=\"one two three\"}")]
    [InlineData("a = 1e+5, b = -1.5E-3, c = 10.0.0.1", "{a=1e+5,b=-1.5E-3,c=10.0.0.1}")]
    [InlineData("a = null, b = \"null\", c = true", "{a=null,b=\"null\",c=true}")]
    [InlineData("a += 1\na += [2]", "{a=[1,[2]]}")]
    [InlineData("a = [0]\na += 1", "{a=[0,1]}")]
    [InlineData("b { a = [0] }\nb { a += 1 }\nb.a += 2", "{b={a=[0,1,2]}}")]
    public void Well_formed_text_reads_as_its_tree(string text, string expected) =>
        Assert.Equal(expected, FlatRead(text));

    [Theory]
    [InlineData("", "run.conf: error PS1003", "no setting")]
    [InlineData("  # nothing\n\n", "run.conf: error PS1003", "no setting")]
    [InlineData("a {\n b { c = 1 }\n", "run.conf(1,3): error PS1004", "This { is never closed")]
    [InlineData("a = [1, 2\nb = 2", "run.conf(2,3): error PS1005", "=")]
    [InlineData("a = [1, 2\n", "run.conf(1,5): error PS1004", "This [ is never closed")]
    [InlineData("a = \"x\nb = 1", "run.conf(1,5): error PS1004", "quote is not closed")]
    [InlineData("a = \"\"\"x\nb = 1", "run.conf(1,5): error PS1004", "three quotes are never closed")]
    [InlineData("a = ${x\nb = 1", "run.conf(1,5): error PS1004", "no } on its line")]
    [InlineData("a = 1\n}", "run.conf(2,1): error PS1005", "This } closes nothing")]
    [InlineData("a { b = 1 ]\n}", "run.conf(1,11): error PS1005", "This ] does not close the { of line 1, column 3")]
    [InlineData("x = 1,5", "run.conf(1,7): error PS1008", "1.5", "[1, 5]")]
    [InlineData("a { x = 1,5\n}", "run.conf(1,11): error PS1008", "The decimal sign is the point: 1.5")]
    [InlineData("a", "run.conf(1,1): error PS1008", "'a' is a key without a value")]
    [InlineData("a =\nb = 1", "run.conf(1,1): error PS1007", "'a' has no value")]
    [InlineData("a { b = }", "run.conf(1,5): error PS1007", "'b' has no value")]
    [InlineData("a b = 1", "run.conf(1,3): error PS1005", "After the key 'a', one of = : += {")]
    [InlineData("= 1", "run.conf(1,1): error PS1006", "No key stands before")]
    [InlineData("a..b = 1", "run.conf(1,1): error PS1006", "a dot has no key")]
    [InlineData(".a = 1", "run.conf(1,1): error PS1006", "a dot has no key")]
    [InlineData("a. = 1", "run.conf(1,1): error PS1006", "a dot has no key")]
    [InlineData("${a} = 1", "run.conf(1,1): error PS1006", "A substitution cannot be a key")]
    [InlineData("a = 1,,b = 2", "run.conf(1,7): error PS1005", "Nothing stands before this comma")]
    [InlineData("a = b = c", "run.conf(1,7): error PS1005", "= cannot stand in a value")]
    [InlineData("a = C:x", "run.conf(1,6): error PS1005", "The character :")]
    [InlineData("a = *.csv", "run.conf(1,5): error PS1005", "The character *", "double quotes")]
    [InlineData("a = 'x'", "run.conf(1,5): error PS1005", "Single quotes do not quote")]
    [InlineData("a = \"\\x\"", "run.conf(1,6): error PS1010", "backslash")]
    [InlineData("a = \"\\u12\"", "run.conf(1,6): error PS1010", "four hexadecimal digits")]
    [InlineData("a = \"\\ud800\"", "run.conf(1,5): error PS1010", "surrogate")]
    [InlineData("a = x\0y", "run.conf(1,6): error PS1002", "U+0000")]
    [InlineData("a = \"x\u0007\"", "run.conf(1,7): error PS1002", "U+0007")]
    [InlineData("[1]", "run.conf(1,1): error PS1005", "not a list")]
    [InlineData("{a = 1}\nb = 2", "run.conf(2,1): error PS1005", "closed already")]
    [InlineData("include = 1", "run.conf(1,1): error PS1103", "A key called include takes quotes")]
    [InlineData("include url(\"http://x\")", "run.conf(1,1): error PS1103", "Only files")]
    public void What_is_not_well_formed_is_located(string text, string placeAndCode, params string[] parts)
    {
        // A list that is not closed swallows the next line, and then both are reported.
        var problems = Problems(text);
        if (text.StartsWith("a = [1, 2\nb", StringComparison.Ordinal)) problems = [problems[^1]];
        AssertProblem(problems, placeAndCode, parts);
    }

    [Fact]
    public void All_problems_are_reported_in_file_order() => Assert.Equal(
        ["run.conf(1,5)", "run.conf(3,7)", "run.conf(4,1)", "run.conf(5,3)"],
        Problems("a = *\nb = 1\nc { d @ 1 }\ne\nf { g = 1").Select(p => p[..p.IndexOf(':', StringComparison.Ordinal)]));

    [Fact]
    public void Hundreds_of_problems_are_counted_and_not_all_printed()
    {
        var problems = Problems(string.Join("\n", Enumerable.Repeat("a = *", 1000)));
        Assert.Equal(Limits.Problems + 1, problems.Length);
        Assert.Contains("800 more problems", problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_located() => AssertProblem(
        Problems(() => HoconReader.ReadBytes([.. "a=1\nb"u8, 0xE9, .. "=1"u8], "run.conf")),
        "run.conf(2,2): error PS1002", "0xE9", "Save the file as UTF-8");

    [Fact]
    public void Utf16_is_recognised() => AssertProblem(
        Problems(() => HoconReader.ReadBytes([0xFF, 0xFE, (byte)'a', 0], "run.conf")),
        "run.conf(1,1): error PS1002", "It looks like UTF-16");

    [Fact]
    public void A_file_that_is_too_large_is_refused() => AssertProblem(
        Problems(() => HoconReader.ReadBytes(new byte[Limits.FileBytes + 1], "run.conf")), "run.conf: error PS1012");

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a=", "}")]
    [InlineData("{a=[", "]}")]
    public void Nesting_is_limited(string open, string close)
    {
        string Nested(int count) => "x = " + string.Concat(Enumerable.Repeat(open, count)) + "1"
            + string.Concat(Enumerable.Repeat(close, count));
        Read(Nested(30));
        Assert.Contains(Problems(Nested(100)), p => p.Contains("PS1011", StringComparison.Ordinal));
        Assert.Contains(Problems(Nested(100_000)), p => p.Contains("PS1011", StringComparison.Ordinal));
        Assert.Contains(
            Problems("x = " + string.Concat(Enumerable.Repeat(open, 100_000))),
            p => p.Contains("PS1011", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_of_too_many_elements_is_refused() => AssertProblem(
        Problems(string.Join('.', Enumerable.Repeat("a", 1000)) + " = 1"), "run.conf(1,1): error PS1011");

    [Fact]
    public void Many_blocks_of_one_key_merge_in_linear_time()
    {
        var text = string.Join("\n", Enumerable.Range(0, 50_000).Select(i => $"a.k{i} = {i}"));
        Assert.Equal(50_000, ((HoconObject)Read(text).Find("a")!.Value).Fields.Length);
    }
}
