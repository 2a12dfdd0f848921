using PateSim.Core.Components;
using PateSim.Scenarios.Binding;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Tests.Binding;

public sealed class SchemaReferenceTests
{
    private static string[] Differences(string text) =>
        [.. SchemaReference.Compare(Schemas.Section, HoconReader.ReadText(text, "reference.conf").Root)
            .Select(d => $"{d.Kind} {d}")];

    [Fact]
    public void The_file_shows_every_key_with_default_summary_and_range()
    {
        const string expected = """
            # A schema for tests.

            # Root seed. A whole number.
            seed = 1
            # Name of the run. Text. May stay unset.
            name = null

            # How hospitals learn.
            teacher {
              # One of boosted, forest, linear.
              kind = linear

              # The boosted one.
              boosted {
                # Count. A whole number from 1 to 100.
                trees = 3

            """;
        var text = SchemaReference.Render(Schemas.Section);
        Assert.StartsWith(expected.ReplaceLineEndings("\n").TrimEnd('\n'), text, StringComparison.Ordinal);
        Assert.Contains(
            "  # Failure probability, δ. A number between 0 and 1, ends excluded.\n  delta = 1E-05\n", text,
            StringComparison.Ordinal);
        Assert.Contains("  kinds = [forest, linear]\n", text, StringComparison.Ordinal);
        Assert.Contains("  epsilons = [0.5, 2]\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 100));
    }

    [Fact]
    public void Reading_and_binding_the_file_gives_exactly_the_defaults()
    {
        var text = SchemaReference.Render(Schemas.Section);
        Assert.Equal(
            ResolvedScenario.Render(Schemas.Bind("akka { }")), ResolvedScenario.Render(Schemas.Bind(text)));
        Assert.Empty(Differences(text));
    }

    [Fact]
    public void Awkward_text_defaults_survive()
    {
        string[] defaults = ["", "null", "true", "5", "-x", "a b", "a.b", "x\n\"y\"", "include", "plain-word"];
        var schema = new SectionSpec("", "")
        {
            Options = [.. defaults.Select((d, i) => OptionSpec.Text($"o{i}", $"A {new string('x', 40)} text.", d))],
        };
        var bound = Binder.Bind(schema, HoconReader.ReadText(SchemaReference.Render(schema)));
        Assert.Equal(defaults, defaults.Select((_, i) => bound.Options.Text($"o{i}")));
    }

    [Fact]
    public void What_must_be_written_stands_as_null()
    {
        var schema = new SectionSpec("", "") { Options = [OptionSpec.Text("file", "Which.", null).AsRequired()] };
        var text = SchemaReference.Render(schema);
        Assert.Equal("# Which. Text. It must be written.\nfile = null\n", text);
        Assert.Empty(SchemaReference.Compare(schema, HoconReader.ReadText(text).Root));
    }

    [Fact]
    public void Differences_are_found_in_both_directions()
    {
        var text = SchemaReference.Render(Schemas.Section)
            .Replace("seed = 1\n", "", StringComparison.Ordinal)
            .Replace("delta = 1E-05", "delta = 1e-5\n  gone = 3", StringComparison.Ordinal)
            .Replace("queries = 100", "queries = 99", StringComparison.Ordinal)
            .Replace("kind = linear", "kind = forest", StringComparison.Ordinal)
            .Replace("epsilons = [0.5, 2]", "epsilons = [2, 0.5]", StringComparison.Ordinal)
            .Replace("noise = laplace", "noise = laplas", StringComparison.Ordinal)
            .Replace("memoise = true", "memoise = null", StringComparison.Ordinal);
        var found = Differences(text);
        Assert.Equal(7, found.Length);
        string[] expected =
        [
            "MissingInFile reference.conf(1,1): seed: ",
            "UnknownToSchema reference.conf(", "privacy.gone: ",
            "DefaultDiffers reference.conf(", "privacy.queries: The file shows 99; the default is 100.",
            "teacher.kind: The file shows forest; the default is linear.",
            "privacy.epsilons: The file shows [2, 0.5]; the default is [0.5, 2].",
            "privacy.noise: 'laplas' is unknown.",
            "privacy.memoise: The file shows null; the default is true.",
        ];
        Assert.All(expected, part => Assert.Contains(found, f => f.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_missing_block_is_one_difference() => Assert.Contains(
        Differences("seed = 1, name = null"),
        d => d.StartsWith("MissingInFile reference.conf(1,1): privacy: ", StringComparison.Ordinal));
}
