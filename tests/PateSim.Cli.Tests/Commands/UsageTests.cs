using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("Required command")]
    [InlineData("Did you mean 'run'?", "rnu", "x.conf")]
    [InlineData("Did you mean '--runtime'?", "run", "x.conf", "--runtme", "actors")]
    [InlineData("Did you mean 'sequential'?", "run", "x.conf", "--runtime", "sequentail")]
    [InlineData("Required argument missing", "run")]
    [InlineData("--seed 1.5", "run", "x.conf", "--seed", "1.5")]
    [InlineData("--seed 99999999999999999999", "run", "x.conf", "--seed", "99999999999999999999")]
    [InlineData("--workers 0", "run", "x.conf", "--workers", "0")]
    [InlineData("--workers many", "run", "x.conf", "--workers", "many")]
    [InlineData("--out names no folder", "run", "x.conf", "--out", "")]
    [InlineData("'surplus' is unknown here", "validate", "x.conf", "surplus")]
    [InlineData("The kind 'mechanims' is unknown", "list", "mechanims")]
    [InlineData("Did you mean 'lnmax'?", "describe", "mechanism", "lmnax")]
    [InlineData("Required argument missing", "describe", "mechanism")]
    [InlineData("Required argument missing", "verify")]
    public async Task A_command_line_that_cannot_be_understood_ends_with_1_and_a_hint(string hint, params string[] args)
    {
        var result = await _cli.RunAsync(args);
        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    [InlineData("list")]
    [InlineData("describe")]
    [InlineData("verify")]
    public async Task Every_command_has_help_with_examples_that_name_it(string command)
    {
        var result = await _cli.RunAsync(command, "--help");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Empty(result.Error);
        var examples = result.Out[result.Out.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"patesim {command}", examples, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_of_the_program_shows_an_example_of_each_command()
    {
        var result = await _cli.RunAsync("--help");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        foreach (var command in new[] { "run", "validate", "list", "describe", "verify" })
            Assert.Contains($"  patesim {command}", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_stands_alone_on_its_line()
    {
        var result = await _cli.RunAsync("--version");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal(ToolVersion.Current + "\n", result.Out);
        Assert.True(Version.TryParse(ToolVersion.Current, out _));
    }
}
