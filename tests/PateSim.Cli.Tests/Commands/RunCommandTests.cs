using System.Text.Json;
using PateSim.Cli.Tests.Support;
using PateSim.Reporting.Folders;

namespace PateSim.Cli.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_run_prints_its_results_on_stdout_and_its_progress_on_stderr()
    {
        var result = await _cli.RunTinyAsync();
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        string[] parts =
        [
            "tiny, seed 5: completed\n8 hospitals, 30 queries; lnmax with scale 20 (gamma 0.05), ",
            "epsilon 0.1 per answer\n",
            "for whom: patient-replaced, one hospital per patient", "Accuracy: of 1,000 patients",
            "Privacy loss: epsilon", "Theft: with 20 queries", "Run folder: ",
        ];
        Assert.All(parts, part => Assert.Contains(part, result.Out, StringComparison.Ordinal));
        Assert.Contains("teachers ", result.Error, StringComparison.Ordinal);
        Assert.Contains("theft ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("teachers 0/8", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Out);
        Assert.All(
            result.Out.Split('\n').Where(line => !line.StartsWith("Run folder", StringComparison.Ordinal)),
            line => Assert.True(line.Length <= 100 && line == line.TrimEnd() && line.All(char.IsAscii), line));

        var name = Assert.Single(_cli.RunNames);
        Assert.EndsWith("-s5", name, StringComparison.Ordinal);
        var verified = await _cli.RunAsync("verify", Path.Combine(_cli.Runs, name));
        Assert.Equal(ExitCodes.Ok, verified.ExitCode);
        Assert.Contains("intact", verified.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_prints_the_summary_file_and_nothing_else()
    {
        var result = await _cli.RunTinyAsync("", "--json");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        var folder = Path.Combine(_cli.Runs, Assert.Single(_cli.RunNames));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, "summary.json")), result.Out);
        using var summary = JsonDocument.Parse(result.Out);
        Assert.Equal("completed", summary.RootElement.GetProperty("status").GetString());
        Assert.Equal(8, summary.RootElement.GetProperty("counts").GetProperty("hospitals").GetInt32());
        Assert.Contains(folder, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sequential_and_actors_and_any_number_of_workers_write_the_same_bytes()
    {
        string[][] ways = [["--runtime", "sequential"], ["--workers", "1"], ["--runtime", "actors", "--workers", "3"]];
        foreach (var way in ways) Assert.Equal(ExitCodes.Ok, (await _cli.RunTinyAsync("", way)).ExitCode);
        var names = _cli.RunNames;
        Assert.Equal(3, names.Length);
        Assert.EndsWith("-3", names[^1], StringComparison.Ordinal);
        Assert.Single(names.Select(name => RunFolderCheck.Verify(Path.Combine(_cli.Runs, name)).Seal).Distinct());
    }

    [Fact]
    public async Task The_seed_option_and_overlays_replace_what_the_file_says()
    {
        var result = await _cli.RunTinyAsync(
            "", "--seed", "-9", "--set", "aggregation.queries=25", "--set", "name=other", "--json");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        using var summary = JsonDocument.Parse(result.Out);
        Assert.Equal(-9, summary.RootElement.GetProperty("seeds").GetProperty("root").GetInt64());
        Assert.Equal(25, summary.RootElement.GetProperty("counts").GetProperty("queries").GetInt32());
        Assert.StartsWith("other-", Assert.Single(_cli.RunNames), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_folder_fails_verification()
    {
        await _cli.RunTinyAsync();
        var folder = Path.Combine(_cli.Runs, Assert.Single(_cli.RunNames));
        await File.AppendAllTextAsync(Path.Combine(folder, "theft.csv"), "more\n");
        var result = await _cli.RunAsync("verify", folder);
        Assert.Equal(ExitCodes.VerificationFailed, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains("theft.csv: error PS4013", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifying_what_is_no_run_folder_fails()
    {
        var result = await _cli.RunAsync("verify", _cli.Folder);
        Assert.Equal(ExitCodes.VerificationFailed, result.ExitCode);
        Assert.Contains("PS4011", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_run_keeps_its_folder_and_ends_with_3()
    {
        var result = await _cli.RunTinyAsync("privacy { budget = 0.15, on-exhaustion = fail }");
        Assert.Equal(ExitCodes.RunFailed, result.ExitCode);
        Assert.Contains("error PS4020", result.Error, StringComparison.Ordinal);
        Assert.Contains("FAILED", result.Out, StringComparison.Ordinal);
        var folder = Path.Combine(_cli.Runs, Assert.Single(_cli.RunNames));
        Assert.True(RunFolderCheck.Verify(folder).IsIntact);
        var manifest = await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"));
        Assert.Contains("\"status\": \"failed\"", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_says_what_would_run_and_trains_nothing()
    {
        var result = await _cli.RunAsync("validate", _cli.Write("tiny.conf", CliRun.TinyScenario));
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Contains("hospitals  8 with", result.Out, StringComparison.Ordinal);
        Assert.Contains(
            "mechanism  lnmax with scale 20 (gamma 0.05), epsilon 0.1 per answer", result.Out, StringComparison.Ordinal);
        Assert.Contains("delta 1e-5, patient-replaced", result.Out, StringComparison.Ordinal);
        Assert.Contains("Valid; nothing was run.", result.Out, StringComparison.Ordinal);
        Assert.Empty(_cli.RunNames);
    }
}
