using System.Text.Json;
using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands;

public sealed class DataSplitTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    private Task<CliResult> SplitAsync(string more, params string[] args) =>
        _cli.RunAsync(["data", "split", _cli.Write("tiny.conf", CliRun.TinyScenario + "\n" + more), .. args]);

    [Fact]
    public async Task A_split_prints_sizes_classes_and_measures_and_draws_them()
    {
        var figures = Path.Combine(_cli.Folder, "figures");
        var result = await SplitAsync("", "--out", figures);
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        string[] parts =
        [
            "240 private in 8 hospitals, 80 public (split), 80 test", "each record counts as", "Gini 0.", "equal",
            "of 3 classes per hospital", "bit of the class; chance alone", "clinic-001", "clinic-008",
        ];
        Assert.All(parts, part => Assert.Contains(part, result.Out, StringComparison.Ordinal));
        Assert.Equal(4, Directory.GetFiles(figures).Length);
        Assert.All(Directory.GetFiles(figures), path => Assert.Contains(path, result.Error, StringComparison.Ordinal));
        Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public async Task The_split_of_a_run_is_the_same_and_its_folder_can_be_rebuilt()
    {
        const string More = "data.shifts { kinds = [label-noise], label-noise.rate = 0.5 }";
        var split = await SplitAsync(More, "--json", "--no-figures");
        Assert.Equal(ExitCodes.Ok, split.ExitCode);
        using var json = JsonDocument.Parse(split.Out);
        Assert.Equal(ExitCodes.Ok, (await _cli.RunTinyAsync(More)).ExitCode);
        var folder = Path.Combine(_cli.Runs, Assert.Single(_cli.RunNames));
        using var certificate = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "disjointness.json")));
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "summary.json")));
        var digest = json.RootElement.GetProperty("assignmentDigest").GetString();
        Assert.Equal(digest, certificate.RootElement.GetProperty("assignmentDigest").GetString());
        Assert.Equal(
            json.RootElement.GetProperty("heterogeneity").GetProperty("labelInformation").GetDouble(),
            summary.RootElement.GetProperty("heterogeneity").GetProperty("labelInformation").GetDouble());
        Assert.True(certificate.RootElement.GetProperty("shifts")[0].GetProperty("changedLabels").GetInt32() > 60);

        var verified = await _cli.RunAsync("verify", folder, "--rebuild");
        Assert.Equal(ExitCodes.Ok, verified.ExitCode);
        Assert.Contains("shared out again, gives the certificate's assignment", verified.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_set_about_nobody_runs_and_leaves_out_what_it_cannot_measure()
    {
        var result = await _cli.RunTinyAsync("data.public.source { kind = uniform, uniform.records = 60 }", "--json");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        using var json = JsonDocument.Parse(result.Out);
        var models = json.RootElement.GetProperty("accuracy").EnumerateArray()
            .Select(entry => entry.GetProperty("model").GetString()).ToList();
        Assert.Contains("student", models);
        Assert.DoesNotContain("noisy-vote", models);
        Assert.DoesNotContain(
            json.RootElement.GetProperty("theft").EnumerateArray(),
            entry => entry.GetProperty("victim").GetString() == "no-victim");
        Assert.Equal(60, json.RootElement.GetProperty("counts").GetProperty("publicRecords").GetInt32());
        Assert.Contains(
            json.RootElement.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetString()!.StartsWith("The public set has no recorded diagnoses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_that_do_not_fit_the_data_are_located()
    {
        var result = await SplitAsync("data.public.deidentify.drop = [agee]");
        Assert.Equal(ExitCodes.InvalidInput, result.ExitCode);
        Assert.Matches(
            @"tiny\.conf\(\d+,31\): error PS2263 data\.public\.deidentify\.drop: 'agee' is no feature column", result.Error);
        Assert.Contains("Did you mean 'age'?", result.Error, StringComparison.Ordinal);
    }
}
