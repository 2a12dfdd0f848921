using PateSim.Scenarios.Hocon;
using static PateSim.Scenarios.Tests.Hocon.Reading;

namespace PateSim.Scenarios.Tests.Hocon;

public sealed class IncludeTests
{
    private static string[] ProblemsOf(string main, params (string, string)[] files) =>
        Problems(() => HoconReader.ReadFile(main, [], Files(files)));

    [Theory]
    [InlineData("include \"b.conf\"")]
    [InlineData("include file(\"b.conf\")")]
    [InlineData("include required(\"b.conf\")")]
    [InlineData("include required( file( \"b.conf\" ) )")]
    public void An_include_is_relative_to_its_file(string include)
    {
        var files = Files(
            ("dir/a.conf", include + "\nx=1"), ("dir/b.conf", "include \"sub/c.conf\"\ny=2"),
            ("dir/sub/c.conf", "z=3"));
        var document = HoconReader.ReadFile("dir/a.conf", [], files);
        Assert.Equal("{x=1,y=2,z=3}", Flat(document.Root));
        Assert.Equal(["dir/a.conf", "dir/b.conf", "dir/sub/c.conf"], document.Files.Select(f => f.Name));
        Assert.Equal("dir/sub/c.conf(1,3)", document.Root.Find("z")!.Value.Place.ToString());
    }

    [Fact]
    public void Within_a_block_an_include_fills_that_block_and_looks_there_first()
    {
        var files = Files(("a.conf", "n=1\nt { include \"b.conf\", x=${n} }"), ("b.conf", "n=2\nm=${n}\nk=${top}"));
        var root = HoconReader.ReadFile("a.conf", ["top=9"], files).Root;
        Assert.Equal("{n=1,t={k=9,m=2,n=2,x=1},top=9}", Flat(root));
    }

    [Fact]
    public void A_missing_include_is_a_problem_at_its_place() => AssertProblem(
        ProblemsOf("a.conf", ("a.conf", "x=1\n  include \"b.conf\"")),
        "a.conf(2,3): error PS1101", "\"b.conf\"", "There is no such file", Path.GetFullPath("b.conf"));

    [Fact]
    public void A_cycle_prints_its_chain() => AssertProblem(
        ProblemsOf(
            "a.conf", ("a.conf", "x=1\ninclude \"b.conf\""), ("b.conf", "include \"c.conf\""),
            ("c.conf", "y=1\ninclude \"a.conf\"")),
        "c.conf(2,1): error PS1102", "a.conf -> b.conf -> c.conf -> a.conf");

    [Fact]
    public void A_file_that_includes_itself_is_a_cycle() => AssertProblem(
        ProblemsOf("a.conf", ("a.conf", "include \"./a.conf\"")), "a.conf(1,1): error PS1102", "a.conf -> a.conf");

    [Fact]
    public void An_include_that_is_empty_is_a_problem() => AssertProblem(
        ProblemsOf("a.conf", ("a.conf", "x=1\ninclude \"b.conf\""), ("b.conf", "\n")), "b.conf: error PS1003");

    [Fact]
    public void Problems_of_several_files_are_reported_together() => Assert.Equal(
        ["a.conf(2,5)", "b.conf(1,5)"],
        ProblemsOf("a.conf", ("a.conf", "include \"b.conf\"\nx = *"), ("b.conf", "y = *"))
            .Select(p => p[..p.IndexOf(':', StringComparison.Ordinal)]));

    [Fact]
    public void Includes_that_multiply_are_refused()
    {
        var files = Enumerable.Range(0, 14).Select(
            i => ($"f{i}.conf", $"include \"f{i + 1}.conf\"\ninclude \"f{i + 1}.conf\""));
        var problems = ProblemsOf("f0.conf", [.. files, ("f14.conf", "x=1")]);
        Assert.Contains("PS1101", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_main_file_is_a_problem() =>
        AssertProblem(ProblemsOf("none.conf"), "none.conf: error PS1001", "There is no such file");

    [Fact]
    public void A_folder_in_place_of_a_file_is_a_problem() =>
        AssertProblem(Problems(() => HoconReader.ReadFile(".")), ".: error PS1001");

    [Fact]
    public void Files_are_read_from_disk()
    {
        var folder = Directory.CreateTempSubdirectory("patesim");
        try
        {
            var main = Path.Combine(folder.FullName, "a.conf");
            File.WriteAllText(main, "include \"b.conf\"\nx=1");
            File.WriteAllText(Path.Combine(folder.FullName, "b.conf"), "x=0,y=2");
            Assert.Equal("{x=1,y=2}", Flat(HoconReader.ReadFile(main).Root));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
