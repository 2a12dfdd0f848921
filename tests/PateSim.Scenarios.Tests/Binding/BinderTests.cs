using PateSim.Core.Components;
using PateSim.Scenarios.Binding;
using PateSim.Scenarios.Hocon;
using static PateSim.Scenarios.Tests.Hocon.Reading;

namespace PateSim.Scenarios.Tests.Binding;

public sealed class BinderTests
{
    [Fact]
    public void What_is_not_written_has_its_default()
    {
        var bound = Schemas.Bind("{}");
        Assert.Equal(1, bound.Options.Integer("seed"));
        Assert.False(bound.Options.Has("name"));
        Assert.Equal(1e-5, bound.Section("privacy").Options.Real("delta"));
        Assert.False(bound.Section("privacy").Options.Has("scale"));
        Assert.Equal("linear", bound.Slot("teacher").Only.Name);
        Assert.Equal(["forest", "linear"], bound.Slot("attacks").Chosen.Select(c => c.Name));
        Assert.Null(bound.Raw("akka"));
        Assert.Equal("run.conf(default)", bound.PlaceOf("privacy.delta").ToString());
    }

    [Fact]
    public void What_is_written_is_read_in_its_type()
    {
        var bound = Schemas.Bind("""
            seed = -3, name = two words
            privacy {
              delta = 1e-6, scale = 20, queries = 1e2, memoise = off, noise = "gaussian"
              epsilons = [1, 2.5], budgets = [5], exposures = [scores, label]
            }
            teacher { kind = forest, forest { trees = 50 }, linear { trees = 7 } }
            attacks { kinds = [boosted] }
            akka { loglevel = INFO, actor.provider = cluster }
            """);
        var privacy = bound.Section("privacy").Options;
        Assert.Equal((-3L, "two words"), (bound.Options.Integer("seed"), bound.Options.Text("name")));
        Assert.Equal((1e-6, 20.0, 100L, false), (
            privacy.Real("delta"), privacy.Real("scale"), privacy.Integer("queries"), privacy.Flag("memoise")));
        Assert.Equal("gaussian", privacy.Text("noise"));
        Assert.Equal([1, 2.5], privacy.RealList("epsilons").ToArray());
        Assert.Equal([5L], privacy.IntegerList("budgets").ToArray());
        Assert.Equal(["scores", "label"], privacy.TextList("exposures").ToArray());
        Assert.Equal(50, bound.Slot("teacher").Only.Options.Integer("trees"));
        Assert.Equal("boosted", Assert.Single(bound.Slot("attacks").Chosen).Name);
        var akka = Akka.Configuration.ConfigurationFactory.ParseString(HoconWriter.Render(bound.Raw("akka")!));
        Assert.Equal(("INFO", "cluster"), (akka.GetString("loglevel"), akka.GetString("actor.provider")));
    }

    [Theory]
    [InlineData(
        "seeed = 1", "run.conf(1,1): error PS2001 seeed: ", "Known: akka, attacks, name, privacy, seed, teacher.",
        "Did you mean 'seed'?")]
    [InlineData("privacy { detla = 1 }", "run.conf(1,11): error PS2001 privacy.detla: ", "Did you mean 'delta'?")]
    [InlineData(
        "teacher { linear { tres = 1 } }", "run.conf(1,20): error PS2001 teacher.linear.tres: ",
        "Did you mean 'trees'?")]
    [InlineData("teacher { forest { tres = 1 } }", "run.conf(1,20): error PS2001 teacher.forest.tres: ")]
    [InlineData(
        "teacher { forrest { } }", "run.conf(1,11): error PS2001 teacher.forrest: ", "Did you mean 'forest'?")]
    [InlineData("teacher { kinds = [linear] }", "run.conf(1,11): error PS2001 teacher.kinds: ", "teacher.kind = a")]
    [InlineData("attacks { kind = linear }", "run.conf(1,11): error PS2001 attacks.kind: ", "attacks.kinds = [a, b]")]
    [InlineData(
        "teacher { kind = forrest }",
        "run.conf(1,18): error PS2005 teacher.kind: 'forrest' is unknown. Known: boosted, forest, linear.",
        "Did you mean 'forest'?")]
    [InlineData(
        "attacks { kinds = [linear, lineal] }",
        "run.conf(1,28): error PS2005 attacks.kinds[1]: 'lineal' is unknown.", "Did you mean 'linear'?")]
    [InlineData(
        "attacks { kinds = [linear, linear] }",
        "run.conf(1,19): error PS2008 attacks.kinds: 'linear' is chosen more than once")]
    [InlineData("attacks { kinds = [] }", "run.conf(1,19): error PS2008 attacks.kinds: At least 1")]
    [InlineData(
        "attacks { kinds = linear }", "run.conf(1,19): error PS2003 attacks.kinds: ",
        "write attacks.kinds = [\"linear\"]")]
    [InlineData("privacy = 5", "run.conf(1,11): error PS2003 privacy: It is '5', where a block is due")]
    [InlineData("teacher = linear", "run.conf(1,11): error PS2003 teacher: It is 'linear', where a block is due")]
    [InlineData(
        "privacy { noise = gausian }", "run.conf(1,19): error PS2005 privacy.noise: 'gausian' is unknown.",
        "Did you mean 'gaussian'?")]
    [InlineData(
        "privacy { delta = 1 }",
        "run.conf(1,19): error PS2004 privacy.delta: 1 is out of range.",
        "It is a number between 0 and 1, ends excluded.")]
    [InlineData(
        "privacy { queries = 0 }",
        "run.conf(1,21): error PS2004 privacy.queries: 0 is out of range. It is a whole number from 1 to 1000.")]
    [InlineData(
        "privacy { budgets = [5, 0] }", "run.conf(1,25): error PS2004 privacy.budgets[1]: 0 is out of range.")]
    [InlineData(
        "teacher { forest { trees = 500 } }",
        "run.conf(1,28): error PS2004 teacher.forest.trees: 500 is out of range.")]
    [InlineData("seed = null", "run.conf(1,8): error PS2006 seed: It cannot be null.")]
    [InlineData("privacy = null", "run.conf(1,11): error PS2003 privacy: It is null, where a block is due")]
    public void What_does_not_fit_the_schema_is_located(string text, string start, params string[] parts) =>
        AssertProblem(Schemas.Problems(text), start, parts);

    [Fact]
    public void Null_unsets_an_option_that_may_stay_unset() =>
        Assert.False(Schemas.Bind("privacy.scale = 3", "privacy.scale = null").Section("privacy").Options.Has("scale"));

    [Fact]
    public void An_option_that_must_be_written_is_reported_at_its_block()
    {
        var schema = new SectionSpec("", "")
        {
            Sections = [new SectionSpec("data", "") { Options = [OptionSpec.Text("file", "", null).AsRequired()] }],
            Slots =
            [
                SlotSpec.One("teacher", "", [Needy("needy"), Needy("other")], "needy"),
                SlotSpec.One("student", "", [Needy("needy")], null),
            ],
        };
        var problems = Problems(() => Binder.Bind(schema, HoconReader.ReadText(
            "data {\n}\nteacher { other { } }", "run.conf")));
        Assert.Equal(
            [
                "run.conf(1,1): error PS2002 student.kind: It must be written. Known: needy.",
                "run.conf(1,1): error PS2002 data.file: It must be written. It is text.",
                "run.conf(3,1): error PS2002 teacher.needy.trees: It must be written. It is a whole number.",
            ],
            problems);
        AssertProblem(
            Problems(() => Binder.Bind(schema, HoconReader.ReadText(
                "data.file = null, teacher.needy.trees = 1, student { kind = needy, needy.trees = 2 }", "run.conf"))),
            "run.conf(1,13): error PS2002 data.file");

        static ComponentDescriptor Needy(string name) =>
            new("teacher", name, "", [OptionSpec.Integer("trees", "", null).AsRequired()], []);
    }

    [Fact]
    public void All_problems_of_one_reading_come_in_file_order() => Assert.Equal(
        ["run.conf(1,8)", "run.conf(2,17)", "run.conf(3,1)", "run.conf(4,20)", "--set #1(1,8)"],
        Schemas.Problems("seed = x\nprivacy.noise = x\nfoo = 1\nattacks { kinds = [nope] }", "name = []")
            .Select(p => p[..p.IndexOf(": error", StringComparison.Ordinal)]));

    [Fact]
    public void Later_checks_find_the_place_of_a_path()
    {
        var bound = Schemas.Bind("privacy {\n  scale = 3\n}", "privacy.queries = 7");
        var privacy = bound.Section("privacy");
        Assert.Equal(
            "run.conf(2,11): error PS2100 privacy.scale: too low",
            privacy.At("scale", "PS2100", "too low").ToString());
        Assert.Equal("run.conf(2,11)", bound.At("privacy.scale", "PS2100", "").Place);
        Assert.Equal("run.conf(1,1)", privacy.At("", "PS2100", "").Place);
        Assert.Equal("--set #1(1,19)", privacy.At("queries", "PS2100", "").Place);
        Assert.Equal("run.conf(default)", privacy.At("delta", "PS2100", "").Place);
        Assert.True(privacy.IsWritten("scale"));
        Assert.False(privacy.IsWritten("delta"));
    }

    [Fact]
    public void Components_are_made_and_options_that_do_not_fit_together_are_located()
    {
        var bound = Schemas.Bind("teacher { linear { trees = 3, leaves = 9 } }\nattacks.forest.leaves = 50");
        var problems = new Scenarios.ProblemCollector();
        Assert.Null(bound.Slot("teacher").Create(Schemas.Brewers, problems));
        var attack = Assert.Single(bound.Slot("attacks").CreateAll(Schemas.Brewers, problems));
        Assert.Equal(new Schemas.Brewer("linear", 1), attack.Instance);
        Assert.Equal(
            [
                "run.conf(1,40): error PS2007 teacher.linear.leaves: 9 leaves are more than the trees.",
                "run.conf(2,25): error PS2007 attacks.forest.leaves: 50 leaves are more than the trees.",
            ],
            problems.Sorted().Select(p => p.ToString()));
        Assert.Equal(
            "run.conf(1,40): error PS2007 teacher.linear.leaves: why",
            bound.Slot("teacher").Only.At(new OptionException("leaves", "why")).ToString());
    }

    [Fact]
    public void A_schema_with_one_key_for_two_things_is_refused()
    {
        var schema = new SectionSpec("", "")
        {
            Options = [OptionSpec.Integer("a", "", 1)],
            Sections = [new SectionSpec("a", "")],
        };
        Assert.Throws<ArgumentException>(() => Binder.Bind(schema, HoconReader.ReadText("{}")));
    }
}
