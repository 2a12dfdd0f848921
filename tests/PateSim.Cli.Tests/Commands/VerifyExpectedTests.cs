using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands;

public sealed class VerifyExpectedTests
{
    private const string Wide = """
        scenario = tiny
        seeds = [1, 2]
        note = "Ranges that hold for anything."
        figures = [
          { figure = accuracy/student/accuracy, low = 0, high = 1, published = 0.5, source = "A. Nobody, On nothing, 1900" }
          { figure = accuracy/pooled/auroc, low = 0.4, high = 1 }
          { figure = theft/natural-pool/student/label/fidelity@20, low = 0, high = 1 }
        ]
        """;

    [Fact]
    public async Task Runs_within_the_ranges_pass_with_their_mean_and_what_was_published()
    {
        using var cli = new CliRun();
        var result = await VerifyAsync(cli, Wide, 1, 2);
        Assert.True(result.ExitCode == 0, result.Error + result.Out);
        Assert.Contains("tiny, 2 runs, seeds 1, 2; ranges from seeds 1, 2", result.Out, StringComparison.Ordinal);
        Assert.Contains("PASS: all 3 figures as expected.", result.Out, StringComparison.Ordinal);
        Assert.Contains("A. Nobody, On nothing, 1900", result.Out, StringComparison.Ordinal);
        Assert.Equal(3, result.Out.Split("PASS  ").Length - 1);
    }

    [Fact]
    public async Task A_mean_outside_its_range_fails_with_exit_code_4()
    {
        using var cli = new CliRun();
        var result = await VerifyAsync(cli, Wide.Replace("low = 0.4, high = 1", "low = 1.1, high = 2", StringComparison.Ordinal), 1);
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("FAIL  accuracy/pooled/auroc", result.Out, StringComparison.Ordinal);
        Assert.Contains("FAIL: 1 of 3 figures not as expected.", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_that_was_not_measured_fails()
    {
        using var cli = new CliRun();
        var result = await VerifyAsync(cli, Wide.Replace("fidelity@20", "fidelity@21", StringComparison.Ordinal), 1);
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("not measured", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scenario = tiny", "scenario = other", "PS4061")]
    [InlineData("low = 0.4, high = 1", "low = 0.4, hihg = 1", "PS2302")]
    [InlineData("low = 0.4, high = 1", "low = 0.4, high = one", "PS2302")]
    [InlineData("low = 0.4, high = 1", "low = 1, high = 0.4", "PS2302")]
    [InlineData("accuracy/pooled/auroc", "auroc", "PS2302")]
    [InlineData("accuracy/pooled/auroc", "accuracy/student/accuracy", "PS2302")]
    [InlineData("seeds = [1, 2]", "seeds = 1", "PS2302")]
    [InlineData("seeds = [1, 2]", "", "PS2302")]
    public async Task What_is_wrong_is_said_with_its_code(string right, string wrong, string code)
    {
        using var cli = new CliRun();
        var result = await VerifyAsync(cli, Wide.Replace(right, wrong, StringComparison.Ordinal), 1);
        Assert.Equal(code[2] == '2' ? 2 : 4, result.ExitCode);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_of_other_settings_and_a_run_named_twice_are_refused()
    {
        using var cli = new CliRun();
        var file = cli.Write("tiny.expected.conf", Wide);
        Assert.Equal(0, (await cli.RunTinyAsync()).ExitCode);
        Assert.Equal(0, (await cli.RunTinyAsync("student.mlp.l2 = 0.5", "--seed", "6")).ExitCode);
        var paths = cli.RunNames.Select(name => Path.Combine(cli.Runs, name)).ToArray();
        var other = await cli.RunAsync(["verify", .. paths, "--expected", file]);
        Assert.Equal(4, other.ExitCode);
        Assert.Contains("PS4063", other.Error, StringComparison.Ordinal);
        var twice = await cli.RunAsync("verify", paths[0], paths[0], "--expected", file);
        Assert.Equal(4, twice.ExitCode);
        Assert.Contains("PS4064", twice.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_folder_is_not_compared()
    {
        using var cli = new CliRun();
        var file = cli.Write("tiny.expected.conf", Wide);
        Assert.Equal(0, (await cli.RunTinyAsync()).ExitCode);
        var folder = Path.Combine(cli.Runs, cli.RunNames[0]);
        var metrics = Path.Combine(folder, "metrics.csv");
        File.WriteAllText(metrics, File.ReadAllText(metrics).Replace("accuracy", "accurady", StringComparison.Ordinal));
        var result = await cli.RunAsync("verify", folder, "--expected", file);
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("PS4013", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PASS", result.Out, StringComparison.Ordinal);
    }

    /// <summary>The expected files that are shipped can be read, and speak of the scenario beside them.</summary>
    [Fact]
    public void Shipped_expected_files_name_their_scenario_and_at_least_five_seeds()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "PateSim.sln"))) root = Path.GetDirectoryName(root)!;
        var files = Directory.GetFiles(Path.Combine(root, "scenarios"), "*.expected.conf", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var expected = PateSim.Cli.Commands.Verification.ExpectedFile.Read(file);
            var scenario = PateSim.Scenarios.ScenarioLoader.Load(file.Replace(".expected", "", StringComparison.Ordinal));
            Assert.Equal(scenario.Scenario.Name, expected.Scenario);
            Assert.True(expected.Seeds.Length >= 5, file);
        }
    }

    private static async Task<CliResult> VerifyAsync(CliRun cli, string expected, params long[] seeds)
    {
        foreach (var seed in seeds)
        {
            var run = await cli.RunTinyAsync("", "--seed", $"{seed}");
            Assert.True(run.ExitCode == 0, run.Error);
        }
        var paths = cli.RunNames.Select(name => Path.Combine(cli.Runs, name));
        return await cli.RunAsync(["verify", .. paths, "--expected", cli.Write("tiny.expected.conf", expected)]);
    }
}
