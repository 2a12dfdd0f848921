using System.Text.Json;
using PateSim.Cli.Commands.Accounting;
using PateSim.Cli.Tests.Support;
using PateSim.Core.Randomness;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

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
            game.GetProperty("method").GetString() == "two-run" && game.GetProperty("verdict").GetString() == "REFUTED");
    }

    [Fact]
    public async Task The_audit_addresses_its_randomness()
    {
        var scenario = _cli.Write("tiny.conf", CliRun.TinyScenario);
        var first = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "5000", "--json");
        var second = await _cli.RunAsync("privacy", "audit", scenario, "--trials", "5000", "--json");
        Assert.Equal(first.Out, second.Out);
    }

    /// <summary>False alarm of the honest half: at most 1e-6.</summary>
    [Fact]
    public void A_twin_that_uses_the_inverse_scale_is_caught()
    {
        Assert.False(Audit(new NoisyArgmax(2)).Refuted);
        Assert.True(Audit(new Twin(new NoisyArgmax(2), new NoisyArgmax(0.5))).Refuted);
    }

    [Fact]
    public void The_one_run_game_catches_noise_that_is_hardly_there()
    {
        var report = Audit(new Twin(new NoisyArgmax(20), new NoisyArgmax(0.05)));
        Assert.True(report.Lines.Single(line => line.Method == "one-run").Finding.Violated);
    }

    private static AuditReport Audit(IAggregationMechanism mechanism) => AuditReport.Of(
        new AuditSubject(mechanism, 3, 10), 20_000, 0.999999, RandomKey.FromSeed(3), CancellationToken.None);

    /// <summary>Claims the one mechanism's cost and draws the other's noise.</summary>
    private sealed class Twin(IAggregationMechanism claimed, IAggregationMechanism played) : IAggregationMechanism
    {
        public string Name => claimed.Name;

        public double NoiseScale => claimed.NoiseScale;

        public double PerAnswerEpsilon => claimed.PerAnswerEpsilon;

        public bool ExactSampling => claimed.ExactSampling;

        public bool UsesStudent => false;

        public VoteAnswer Answer(
            ReadOnlySpan<int> votes, INoiseSource noise, ReadOnlySpan<double> studentProbabilities = default) =>
            played.Answer(votes, noise);

        public PrivacyEvent Event(
            ReadOnlySpan<int> votes, VoteAnswer answer, ReadOnlySpan<double> studentProbabilities = default) =>
            claimed.Event(votes, answer);

        public PrivacyEvent WorstCaseEvent(int classCount, int teacherCount) =>
            claimed.WorstCaseEvent(classCount, teacherCount);
    }
}
