using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands;

/// <summary>Each fault is found before any training: exit 2, a located message, no folder.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string RestOfRow = ", State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Not-in-family, "
        + "White, Male, 2174, 0, 40, United-States, ";

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("unknown key", "PS2001", "aggregation.querys", "aggregation.querys = 3")]
    [InlineData("delta of 0", "PS2004", "privacy.delta", "privacy.delta = 0")]
    [InlineData("delta of 1", "PS2004", "privacy.delta", "privacy.delta = 1")]
    [InlineData("scale of 0", "PS2004", "scale", "aggregation.mechanism.lnmax.scale = 0")]
    [InlineData("gamma of 0", "PS2004", "gamma", "aggregation.mechanism.lnmax.gamma = 0")]
    [InlineData("scale and gamma at once", "PS2007", "gamma",
        "aggregation.mechanism.lnmax { scale = 20, gamma = 0.05 }")]
    [InlineData("negative scale", "PS2004", "scale", "aggregation.mechanism.lnmax.scale = -20")]
    [InlineData("more queries than public records", "PS2202", "aggregation.queries", "queries-of-test = 0")]
    [InlineData("thief's budget over the pool", "PS2204", "theft.attacks.natural-pool.budgets", "budgets-of-test = 0")]
    [InlineData("duplicate key", "PS1009", "seed", "seed = 6")]
    [InlineData("unclosed brace", "PS1004", "", "privacy {")]
    [InlineData("number where a list is due", "PS2003", "student.mlp.hidden", "hidden-of-test = 0")]
    [InlineData("text where a number is due", "PS2003", "privacy.delta", "privacy.delta = small")]
    [InlineData("unknown component", "PS2005", "aggregation.mechanism.kind", "aggregation.mechanism.kind = lmnax")]
    [InlineData("more hospitals than records", "PS2201", "data.partitioner.iid.hospitals",
        "data.partitioner { kind = iid, iid.hospitals = 100000 }")]
    [InlineData("empty hospital", "PS2004", "data.partitioner.explicit-sizes.sizes",
        "data.partitioner { kind = explicit-sizes, explicit-sizes.sizes = [200, 0] }")]
    public async Task A_scenario_that_cannot_run_is_refused(string what, string code, string path, string line)
    {
        // A key that stands already is replaced, not repeated.
        var text = line switch
        {
            "queries-of-test = 0" => Tiny("queries = 30", "queries = 3000"),
            "budgets-of-test = 0" => Tiny("[10, 20]", "[10, 2000]"),
            "hidden-of-test = 0" => Tiny("hidden = [8, 8]", "hidden = 8"),
            _ => CliRun.TinyScenario + "\n" + line + "\n",
        };
        var file = _cli.Write("bad.conf", text);
        foreach (var command in new[] { new[] { "validate", file }, ["run", file, "--out", _cli.Runs] })
        {
            var result = await _cli.RunAsync(command);
            Assert.True(result.ExitCode == ExitCodes.InvalidInput, $"{what}: {result}");
            Assert.Empty(result.Out);
            Assert.Contains($"error {code}", result.Error, StringComparison.Ordinal);
            Assert.Contains("bad.conf(", result.Error, StringComparison.Ordinal);
            Assert.Contains(path, result.Error, StringComparison.Ordinal);
            Assert.Empty(_cli.RunNames);
        }
    }

    [Fact]
    public async Task All_problems_are_printed_together_one_on_a_line()
    {
        var file = _cli.Write(
            "bad.conf",
            CliRun.TinyScenario + "\nprivacy.delta = 2\ncolour = red\naggregation.mechanism.lnmax.scale = -1\n");
        var result = await _cli.RunAsync("run", file);
        Assert.Equal(ExitCodes.InvalidInput, result.ExitCode);
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Count(line => line.Contains(": error PS", StringComparison.Ordinal)));
        Assert.Equal("3 problems; nothing was run.", lines[^1]);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public async Task Missing_scenario_file()
    {
        var result = await _cli.RunAsync("run", Path.Combine(_cli.Folder, "nowhere.conf"));
        Assert.Equal(ExitCodes.InvalidInput, result.ExitCode);
        Assert.Contains("nowhere.conf: error PS1001", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cyclic_include()
    {
        _cli.Write("b.conf", "include \"a.conf\"\n");
        var result = await _cli.RunAsync("validate", _cli.Write("a.conf", "name = a\ninclude \"b.conf\"\n"));
        Assert.Equal(ExitCodes.InvalidInput, result.ExitCode);
        Assert.Contains("PS1102", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_overlay_is_located_on_the_command_line()
    {
        var file = _cli.Write("tiny.conf", CliRun.TinyScenario);
        foreach (var overlay in new[] { "aggregation.queries", "aggregation.queries=many", "colour=red" })
        {
            var result = await _cli.RunAsync("validate", file, "--set", overlay);
            Assert.Equal(ExitCodes.InvalidInput, result.ExitCode);
            Assert.Contains("--set", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Missing_data_folder_from_option_and_environment()
    {
        var file = _cli.Write("tiny.conf", CliRun.TinyScenario);
        var nowhere = Path.Combine(_cli.Folder, "nowhere");
        var byOption = await _cli.RunAsync("validate", file, "--data", nowhere);
        Assert.Equal(ExitCodes.InvalidInput, byOption.ExitCode);
        Assert.Contains("--data", byOption.Error, StringComparison.Ordinal);
        _cli.Variables["PATESIM_DATA"] = nowhere;
        var byVariable = await _cli.RunAsync("validate", file);
        Assert.Equal(ExitCodes.InvalidInput, byVariable.ExitCode);
        Assert.Contains("PATESIM_DATA", byVariable.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_data_file()
    {
        var data = Directory.CreateDirectory(Path.Combine(_cli.Folder, "data")).FullName;
        var file = _cli.Write("adult.conf", "name = a\ndata { dataset.kind = adult, partitioner.kind = iid }\n");
        var result = await _cli.RunAsync("validate", file, "--data", data);
        Assert.Equal(ExitCodes.InvalidInput, result.ExitCode);
        Assert.Contains("PS3002", result.Error, StringComparison.Ordinal);
        Assert.Contains("adult.data", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PS3007", "39, State-gov, 77516\n")]
    [InlineData("PS3009", "old" + RestOfRow + "<=50K\n")]
    [InlineData("PS3010", "NaN" + RestOfRow + "<=50K\n")]
    [InlineData("PS3012", "39" + RestOfRow + "rich\n")]
    public async Task Wrong_cells_of_a_data_file_are_located(string code, string row)
    {
        _cli.Write("data/adult/adult.data", row);
        _cli.Write("data/adult/adult.test", row);
        var file = _cli.Write("adult.conf", "name = a\ndata { dataset.kind = adult, partitioner.kind = iid }\n");
        var result = await _cli.RunAsync("run", file, "--data", Path.Combine(_cli.Folder, "data"), "--out", _cli.Runs);
        Assert.Equal(ExitCodes.InvalidInput, result.ExitCode);
        Assert.Contains($"error {code}", result.Error, StringComparison.Ordinal);
        Assert.Contains("adult.data(1", result.Error, StringComparison.Ordinal);
        Assert.Empty(_cli.RunNames);
    }

    [Fact]
    public async Task A_wrong_column_of_a_data_file_is_located()
    {
        _cli.Write("data/breast-cancer-wisconsin/wdbc.csv", "diagnosis,colour\nM,red\n");
        var file = _cli.Write(
            "wdbc.conf", "name = a\ndata { dataset.kind = breast-cancer-wisconsin, partitioner.kind = iid }\n");
        var result = await _cli.RunAsync("run", file, "--data", Path.Combine(_cli.Folder, "data"), "--out", _cli.Runs);
        Assert.Equal(ExitCodes.InvalidInput, result.ExitCode);
        Assert.Contains("error PS3014", result.Error, StringComparison.Ordinal);
        Assert.Contains("wdbc.csv(1", result.Error, StringComparison.Ordinal);
        Assert.Contains("colour", result.Error, StringComparison.Ordinal);
        Assert.Empty(_cli.RunNames);
    }

    private static string Tiny(string part, string instead) =>
        CliRun.TinyScenario.Replace(part, instead, StringComparison.Ordinal);
}
