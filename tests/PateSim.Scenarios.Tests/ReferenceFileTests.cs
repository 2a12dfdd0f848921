using PateSim.Core;
using PateSim.Scenarios.Binding;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Tests;

/// <summary>Holds <c>scenarios/reference.conf</c> against the code, in both directions.</summary>
public class ReferenceFileTests
{
    private static readonly string File = Path.Combine(RepositoryRoot.Path, "scenarios", "reference.conf");

    [Fact]
    public void Every_key_is_documented_with_its_default_and_every_documented_key_exists() =>
        Assert.Empty(SchemaReference.Compare(ScenarioSchema.Root, HoconReader.ReadFile(File).Root));

    /// <summary>To update the file, run this test with PATESIM_UPDATE=1.</summary>
    [Fact]
    public void The_text_is_what_the_schema_renders()
    {
        var expected = SchemaReference.Render(ScenarioSchema.Root);
        if (Environment.GetEnvironmentVariable("PATESIM_UPDATE") == "1") System.IO.File.WriteAllText(File, expected);

        Assert.Equal(expected, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Read_as_a_scenario_it_lacks_the_name_alone()
    {
        var exception = Assert.Throws<InvalidInputException>(() => ScenarioLoader.Load(File));
        Assert.Equal("name", Assert.Single(exception.Problems).Subject);

        var named = ScenarioLoader.Load(File, ["name=bare"]);
        Assert.Equal(ScenarioLoader.LoadText("name = bare").ResolvedJson, named.ResolvedJson);
    }
}
