using System.Text.Json;
using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands.Accounting;

/// <summary>The two commands that give verdicts.</summary>
public sealed class CheckAndAuditTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    private static string File(params string[] entries) =>
        $$"""{"schema_version":1,"entries":[{{string.Join(',', entries)}}]}""";

    [Fact]
    public async Task Every_golden_vector_of_the_repository_passes()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder!.FullName, "PateSim.sln"))) folder = folder.Parent;
        var path = Path.Combine(folder.FullName, "tests", "PateSim.Privacy.Tests", "golden", "privacy.json");
        var result = await _cli.RunAsync("privacy", "check", path);
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        var lines = result.Out.TrimEnd('\n').Split('\n');
        Assert.Equal("274 passed, 0 failed", lines[^1]);
        Assert.Equal(33 + 1, lines.Length);
    }

    [Fact]
    public async Task An_entry_that_fails_ends_with_4_and_the_count_in_the_last_line()
    {
        var path = _cli.Write("golden.json", File(
            """{"id":"good","kind":"gaussian_pair_renyi","inputs":{},"outputs":{},"rtol":0,"atol":0}""",
            """{"id":"odd","kind":"nothing_known","inputs":{},"outputs":{"x":1},"rtol":0,"atol":0}"""));
        var result = await _cli.RunAsync("privacy", "check", path);
        Assert.Equal(ExitCodes.VerificationFailed, result.ExitCode);
        Assert.Matches("^[0-9]+ passed, [1-9][0-9]* failed$", result.Out.TrimEnd('\n').Split('\n')[^1]);
        Assert.Contains("odd: the kind 'nothing_known' is unknown", result.Out, StringComparison.Ordinal);

        var json = await _cli.RunAsync("privacy", "check", path, "--json");
        Assert.Equal(ExitCodes.VerificationFailed, json.ExitCode);
        Assert.True(JsonDocument.Parse(json.Out).RootElement.GetProperty("failed").GetInt32() >= 1);
    }

    [Fact]
    public async Task An_honest_mechanism_passes_the_audit_of_its_scenario()
    {
        var scenario = _cli.Write("tiny.conf", CliRun.TinyScenario);
        var result = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "20000");
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        Assert.Contains("Not refuted", result.Out, StringComparison.Ordinal);
        Assert.Contains("patient-replaced", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_that_is_too_small_is_refuted_with_4()
    {
        var scenario = _cli.Write("tiny.conf", CliRun.TinyScenario + "\naggregation.mechanism.lnmax.scale = 1");
        var honest = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "20000", "--claim", "2");
        Assert.Equal(ExitCodes.Ok, honest.ExitCode);

        var result = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "20000", "--claim", "0.1");
        Assert.Equal(ExitCodes.VerificationFailed, result.ExitCode);
        Assert.Contains("REFUTED: a lower bound lies above the claim", result.Out, StringComparison.Ordinal);

        var json = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "20000", "--claim", "0.1", "--json");
        Assert.Equal(ExitCodes.VerificationFailed, json.ExitCode);
        var root = JsonDocument.Parse(json.Out).RootElement;
        Assert.True(root.GetProperty("refuted").GetBoolean());
        Assert.Contains(root.GetProperty("games").EnumerateArray(), game =>
            game.GetProperty("method").GetString() == "answer" && game.GetProperty("verdict").GetString() == "REFUTED");
    }

    [Fact]
    public async Task The_audit_addresses_its_randomness()
    {
        var scenario = _cli.Write("tiny.conf", CliRun.TinyScenario);
        var first = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "5000", "--json");
        var second = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "5000", "--json");
        Assert.Equal(first.Out, second.Out);
    }

    public static TheoryData<string> Scenarios =>
    [
        "kind = lnmax, lnmax { scale = 2, sampling = discrete }",
        "kind = gnmax, gnmax.sigma = 4",
        "kind = gnmax, gnmax { sigma = 4, sampling = discrete }",
        "kind = confident-gnmax, confident-gnmax { threshold = 5, threshold-sigma = 3, sigma = 4 }",
        "kind = confident-gnmax, confident-gnmax { threshold = 5, threshold-sigma = 3, sigma = 4, sampling = discrete }",
        "kind = interactive-gnmax, interactive-gnmax { threshold = 4, threshold-sigma = 3, sigma = 4 }",
        "kind = interactive-gnmax, interactive-gnmax { threshold = 4, threshold-sigma = 3, sigma = 4, sampling = discrete }",
    ];

    /// <summary>False alarm: at most 1e-6 for each.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_mechanism_can_be_audited_by_its_scenario(string mechanism)
    {
        var scenario = _cli.Write("tiny.conf", CliRun.TinyScenario.Replace(
            "privacy.accountants.kinds = [per-answer, basic-composition, moments]",
            "privacy.accountants.kinds = [rdp, pld]", StringComparison.Ordinal)
            + $"\naggregation.mechanism {{ {mechanism} }}");
        var result = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "500", "--json");
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        var root = JsonDocument.Parse(result.Out).RootElement;
        Assert.False(root.GetProperty("refuted").GetBoolean());
        var methods = root.GetProperty("games").EnumerateArray()
            .Select(game => game.GetProperty("method").GetString()).ToHashSet();
        string[] due =
            ["answer", "answers", "one-run", "one-run-answers", "accountant", "repeats", "hospital", "canaries"];
        Assert.Subset(methods, [.. due]);
        Assert.Equal(1, root.GetProperty("data").GetProperty("votesClaimed").GetInt32());
    }

    [Fact]
    public async Task An_audit_without_data_trains_no_teacher()
    {
        var scenario = _cli.Write("tiny.conf", CliRun.TinyScenario);
        var result = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "1000", "--without-data");
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain("Data:", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit", "SCENARIO")]
    [InlineData("check", "GOLDEN")]
    [InlineData("calibrate", "--mechanism lnmax --epsilon 1 --answers 100000")]
    [InlineData("plan", "--mechanism lnmax --scale 20 --epsilon 100")]
    [InlineData("account", "VOTES --mechanism gnmax --sigma 40")]
    public async Task A_cancelled_command_prints_no_result_and_ends_with_130(string command, string args)
    {
        args = args.Replace("SCENARIO", _cli.Write("tiny.conf", CliRun.TinyScenario), StringComparison.Ordinal)
            .Replace("GOLDEN", _cli.Write("golden.json", File("""
                {"id":"a","kind":"gaussian_pair_renyi","inputs":{"mu0":0,"s0":1,"mu1":1,"s1":1,"order":2},
                 "outputs":{"renyi":1},"rtol":0,"atol":1e-9}
                """)), StringComparison.Ordinal)
            .Replace("VOTES", _cli.Write("votes.csv", "10,5,5\n12,4,4\n"), StringComparison.Ordinal);
        var result = await _cli.RunAsync(new CancellationToken(true), ["privacy", command, .. args.Split(' ')]);
        Assert.Equal((ExitCodes.Cancelled, ""), (result.ExitCode, result.Out));
    }
}
