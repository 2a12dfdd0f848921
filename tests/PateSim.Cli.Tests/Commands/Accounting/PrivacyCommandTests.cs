using System.Text.Json;
using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands.Accounting;

/// <summary><c>privacy calibrate</c>, <c>plan</c> and <c>account</c> on input that is right.</summary>
public sealed class PrivacyCommandTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    private static string[] Split(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private async Task<JsonElement> JsonAsync(string line)
    {
        var result = await _cli.RunAsync([.. Split(line), "--json"]);
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        return JsonDocument.Parse(result.Out).RootElement;
    }

    private static double Epsilon(JsonElement root, string method, string list = "privacy") => root.GetProperty(list)
        .EnumerateArray().Single(e => e.GetProperty("method").GetString() == method).GetProperty("epsilon").GetDouble();

    [Theory]
    [InlineData("calibrate")]
    [InlineData("plan")]
    [InlineData("account")]
    [InlineData("check")]
    [InlineData("audit")]
    public async Task Every_command_has_help_with_examples_that_name_it(string command)
    {
        var result = await _cli.RunAsync("privacy", command, "--help");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        var examples = result.Out[result.Out.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"patesim privacy {command} ", examples, StringComparison.Ordinal);
        Assert.Contains($"patesim privacy {command} ", (await _cli.RunAsync("privacy", "--help")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lnmax --answers 100", "pld")]
    [InlineData("lnmax --answers 100 --sampling discrete", "pld")]
    [InlineData("gnmax --answers 100", "gdp")]
    [InlineData("gnmax --answers 100 --adjacency hospital-added-or-removed --hospitals-per-patient 3", "gdp")]
    [InlineData("gnmax --answers 100 --sampling discrete", "pld")]
    [InlineData("confident-gnmax --answers 100 --checks 300 --threshold-sigma 200", "gdp")]
    [InlineData("confident-gnmax --answers 100 --checks 300 --threshold-sigma 200 --sampling discrete", "pld")]
    public async Task Calibrated_noise_keeps_the_promise_and_is_no_larger_than_needed(string mechanism, string method)
    {
        var root = await JsonAsync($"privacy calibrate --epsilon 2 --delta 1e-6 --mechanism {mechanism}");
        Assert.InRange(Epsilon(root, method), 1.999, 2 + 1e-9);
        Assert.All(root.GetProperty("privacy").EnumerateArray(), entry =>
        {
            Assert.True(entry.GetProperty("releasable").GetBoolean());
            Assert.False(entry.GetProperty("dataDependent").GetBoolean());
        });
    }

    [Fact]
    public async Task The_budget_that_noise_was_calibrated_for_buys_the_answers_it_was_calibrated_for()
    {
        var scale = (await JsonAsync("privacy calibrate --mechanism lnmax --epsilon 3 --answers 100"))
            .GetProperty("scale").GetDouble();
        var root = await JsonAsync(FormattableString.Invariant(
            $"privacy plan --mechanism lnmax --scale {scale:R} --epsilon 3"));
        var plans = root.GetProperty("plans").EnumerateArray()
            .ToDictionary(p => p.GetProperty("method").GetString()!, p => p.GetProperty("answers").GetInt64());
        Assert.Equal(100, plans["pld"]);
        Assert.True(plans["rdp-classic"] < plans["rdp-improved"] && plans["rdp-improved"] < plans["pld"]);
        Assert.Equal((long)(3 * scale / 2), plans["basic-composition"]);
        Assert.True(Epsilon(root, "pld", "plans") <= 3);
    }

    [Fact]
    public async Task The_known_figures_of_100_answers_at_scale_20_stand_in_one_table()
    {
        var votes = _cli.Write("votes.csv", string.Concat(Enumerable.Repeat("100,80,70\n", 100)));
        var result = await _cli.RunAsync(Split($"privacy account {votes} --mechanism lnmax --scale 20"));
        Assert.Equal((ExitCodes.Ok, ""), (result.ExitCode, result.Error));
        var lines = result.Out.Split('\n').Where(l => l.Contains("patient-replaced ", StringComparison.Ordinal))
            .ToDictionary(line => Split(line)[0], Split);
        Assert.Equal("5.85", Rounded("advanced-composition"));
        Assert.Equal("5.30", Rounded("moments-data-independent"));
        Assert.Equal("2.89", Rounded("pld"));
        Assert.All(lines, line => Assert.Contains(line.Value[2], new[] { "1e-5", "0" }));
        Assert.Contains("no", lines["moments-data-dependent"]);
        Assert.Contains("Left out: The accountant 'gdp'", result.Out, StringComparison.Ordinal);

        string Rounded(string method) => double.Parse(lines[method][1], System.Globalization.CultureInfo.InvariantCulture)
            .ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_votes_file_says_which_queries_were_answered()
    {
        var all = _cli.Write("all.csv", "a,b\n90,10\n55,45\n80,20\n");
        var some = _cli.Write("some.csv", "a,b,answered\n90,10,true\n55,45,false\n80,20,true\n");
        const string Noise = "--mechanism confident-gnmax --sigma 20 --threshold 60 --threshold-sigma 30";
        var dear = await JsonAsync($"privacy account {all} {Noise}");
        var cheap = await JsonAsync($"privacy account {some} {Noise}");
        foreach (var method in new[] { "gdp", "rdp-data-dependent-improved", "neighbour-exact" })
            Assert.True(Epsilon(cheap, method) < Epsilon(dear, method));
    }

    [Fact]
    public async Task Accountants_and_orders_can_be_chosen()
    {
        var votes = _cli.Write("votes.csv", "9,1\n8,2\n");
        var root = await JsonAsync(
            $"privacy account {votes} --mechanism gnmax --sigma 5 --accountants rdp --orders 3,2 --delta 0.01");
        Assert.Equal(
            ["rdp-classic", "rdp-improved"],
            root.GetProperty("privacy").EnumerateArray().Select(e => e.GetProperty("method").GetString()));
        // Two answers at order 3: 2·3/25 + ln(100)/2, which is below that at order 2.
        Assert.Equal(6 / 25.0 + Math.Log(100) / 2, Epsilon(root, "rdp-classic"), 12);
    }

    [Fact]
    public async Task The_ledger_of_a_run_has_the_epsilons_of_its_summary()
    {
        await _cli.RunTinyAsync();
        var folder = Path.Combine(_cli.Runs, Assert.Single(_cli.RunNames));
        var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "summary.json"))).RootElement;
        foreach (var path in new[] { folder, Path.Combine(folder, "ledger.csv") })
        {
            var root = await JsonAsync($"privacy account {path}");
            Assert.Equal(Epsilon(summary, "basic-composition"), Epsilon(root, "basic-composition"), 9);
            Assert.Equal(Epsilon(summary, "moments-data-independent"), Epsilon(root, "moments-data-independent"), 9);
        }
        var ledger = Path.Combine(folder, "ledger.csv");
        var plan = await JsonAsync($"privacy plan --mechanism lnmax --scale 20 --epsilon 1000 --spent {ledger}");
        Assert.Equal(30, plan.GetProperty("spentQueries").GetInt32());
    }

    [Fact]
    public async Task The_shipped_confident_scenario_runs_and_its_ledger_pays_for_every_check()
    {
        var scenario = Path.Combine(Repository(), "scenarios", "confident-gnmax.conf");
        var run = await _cli.RunAsync("run", scenario, "--out", _cli.Runs, "--json",
            "--set", "theft.attacks.natural-pool.budgets=[10]", "--set", "student.mlp.epochs=3");
        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        var summary = JsonDocument.Parse(run.Out).RootElement;
        var answered = summary.GetProperty("counts").GetProperty("queriesAnswered").GetInt32();
        Assert.InRange(answered, 100, 499);
        Assert.Equal(0, summary.GetProperty("counts").GetProperty("queriesRefused").GetInt32());

        var ledger = Path.Combine(_cli.Runs, Assert.Single(_cli.RunNames), "ledger.csv");
        var root = await JsonAsync($"privacy account {ledger}");
        // What a run publishes counts every query as answered: how many were shows only on the way.
        Assert.Equal(Epsilon(summary, "gdp"), Epsilon(root, "gdp"));
        Assert.Equal(Epsilon(summary.GetProperty("spending"), "gdp", "odometer"), Epsilon(root, "gdp", "odometer"));
        Assert.True(Epsilon(root, "gdp", "odometer") < Epsilon(root, "gdp"));
        Assert.True(Epsilon(root, "gdp") <= 3);
    }

    [Fact]
    public async Task The_shipped_interactive_scenario_runs_in_rounds_until_its_budget_or_its_queries_end()
    {
        var scenario = Path.Combine(Repository(), "scenarios", "interactive-gnmax.conf");
        var run = await _cli.RunAsync("run", scenario, "--out", _cli.Runs, "--json",
            "--set", "theft.attacks.natural-pool.budgets=[10]", "--set", "student.mlp.epochs=3",
            "--set", "data.dataset.synthetic-clinics.patients=20000", "--set", "aggregation.queries-per-round=600");
        Assert.Equal((ExitCodes.Ok, true), (run.ExitCode, run.Out.Length > 0));
        var spending = JsonDocument.Parse(run.Out).RootElement.GetProperty("spending");
        Assert.Equal(2, spending.GetProperty("roundsAsked").GetInt32());
        Assert.True(spending.GetProperty("confirmed").GetInt32() > 0);
        Assert.True(spending.GetProperty("answered").GetInt32() > 0);
        var individual = spending.GetProperty("individual");
        Assert.True(individual.GetProperty("largest").GetDouble() > 0);
        Assert.False(individual.GetProperty("releasable").GetBoolean());
        Assert.Equal("stop-labelling", spending.GetProperty("budget").GetProperty("onExhaustion").GetString());
        Assert.True(spending.GetProperty("budget").GetProperty("spent").GetDouble()
            <= spending.GetProperty("budget").GetProperty("limit").GetDouble());
    }

    public static TheoryData<string> Mechanisms() =>
    [
        "kind = lnmax", "kind = lnmax, lnmax.sampling = discrete", "kind = gnmax, gnmax.sigma = 5",
        "kind = gnmax, gnmax { sigma = 5, sampling = discrete }",
        "kind = confident-gnmax, confident-gnmax { threshold = 5, threshold-sigma = 4, sigma = 3 }",
        "kind = confident-gnmax, confident-gnmax { threshold = 5, threshold-sigma = 4, sigma = 3, sampling = discrete }",
        "kind = interactive-gnmax, interactive-gnmax { threshold = 3, threshold-sigma = 4, sigma = 3, first-sigma = 2 }",
        "kind = interactive-gnmax, interactive-gnmax { threshold = 3, threshold-sigma = 4, sigma = 3, sampling = discrete }",
    ];

    /// <summary>No flag says again what the ledger holds: every worst case and every reading comes out as the run printed
    /// it, to the last digit.</summary>
    [Theory]
    [MemberData(nameof(Mechanisms))]
    public async Task The_ledger_of_every_mechanism_has_exactly_the_epsilons_of_its_summary(string mechanism)
    {
        foreach (var (budget, hospitals) in new[] { ("", 1), ("budget = 15, budget-measure = rdp", 1), ("", 3) })
        {
            var scenario = CliRun.TinyScenario.Replace(
                "privacy.accountants.kinds = [per-answer, basic-composition, moments]", "", StringComparison.Ordinal)
                + $$"""

                aggregation.mechanism { {{mechanism}} }
                privacy { hospitals-per-patient = {{hospitals}}, {{budget}} }
                theft.attacks.kinds = []
                """;
            var runs = Path.Combine(_cli.Folder, $"{budget.Length}-{hospitals}");
            var run = await _cli.RunAsync("run", _cli.Write("scenario.conf", scenario), "--out", runs, "--json");
            Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
            var summary = JsonDocument.Parse(run.Out).RootElement;
            var ledger = Path.Combine(Assert.Single(Directory.GetDirectories(runs)), "ledger.csv");

            var account = await JsonAsync($"privacy account {ledger} --hospitals-per-patient {hospitals}");

            Assert.Equal(Entries(summary, "privacy"), Entries(account, "privacy"));
            Assert.Equal(Entries(summary.GetProperty("spending"), "odometer"), Entries(account, "odometer"));
            Assert.NotEmpty(Entries(account, "privacy"));
            Assert.Equal("simulation: no guarantee", account.GetProperty("noise").GetString());
            var name = hospitals == 1 ? "patient-replaced" : "patient-replaced(k=3)";
            Assert.All(
                summary.GetProperty("privacy").EnumerateArray(),
                entry => Assert.Equal(name, entry.GetProperty("adjacency").GetString()));
        }

        // Without what was computed from the votes, and without the budget's own promise, which no ledger holds.
        static List<string> Entries(JsonElement root, string list) =>
        [
            .. root.GetProperty(list).EnumerateArray()
                .Where(e => !e.GetProperty("dataDependent").GetBoolean() && e.GetProperty("method").GetString() != "budget")
                .Select(e => string.Join(' ', e.GetProperty("method"), e.GetProperty("epsilon"), e.GetProperty("delta"),
                    e.GetProperty("adjacency"), e.GetProperty("releasable"), e.GetProperty("note")))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PateSim.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
