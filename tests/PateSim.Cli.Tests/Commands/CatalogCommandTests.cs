using PateSim.Cli.Tests.Support;
using PateSim.Scenarios;

namespace PateSim.Cli.Tests.Commands;

public sealed class CatalogCommandTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Without_a_kind_the_kinds_are_listed()
    {
        var result = await _cli.RunAsync("list");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal(
            ScenarioSchema.Catalogs.Select(catalog => catalog.Kind + "s"),
            result.Out.Split('\n').Where(line => line.Length > 0 && line[0] != ' ').Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("dataset", "datasets")]
    [InlineData("partitioner", "partitioners")]
    [InlineData("split", "splits")]
    [InlineData("mechanism", "mechanisms")]
    [InlineData("accountant", "accountants")]
    [InlineData("teacher", "teachers")]
    [InlineData("student", "students")]
    [InlineData("clone", "clones")]
    [InlineData("attack", "ATTACKS")]
    public async Task Singular_and_plural_list_the_same_components(string singular, string plural)
    {
        var one = await _cli.RunAsync("list", singular);
        var many = await _cli.RunAsync("list", plural);
        Assert.Equal(ExitCodes.Ok, one.ExitCode);
        Assert.Equal(one, many);
        var catalog = ScenarioSchema.Catalogs.Single(c => c.Kind == singular);
        Assert.NotEmpty(catalog.Components);
        Assert.All(catalog.Components, component =>
            Assert.Contains($"\n{component.Name} ", one.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_component_is_described_with_its_options_and_source_in_100_columns()
    {
        foreach (var component in ScenarioSchema.Catalogs.SelectMany(catalog => catalog.Components))
        {
            var result = await _cli.RunAsync("describe", component.Kind, component.Name);
            Assert.Equal(ExitCodes.Ok, result.ExitCode);
            Assert.Empty(result.Error);
            Assert.StartsWith($"{component.Kind} {component.Name}\n", result.Out, StringComparison.Ordinal);
            foreach (var option in component.Options)
                Assert.Contains($"\n  {option.Name} = ", result.Out, StringComparison.Ordinal);
            Assert.Equal(component.Citation.Length > 0, result.Out.Contains("\nSource\n", StringComparison.Ordinal));
            Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= 100, line));
        }
    }
}
