using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands;

/// <summary>The project's promise: every result file is the same to the byte, whatever the runtime and the workers.</summary>
public sealed class RuntimeEqualityTests
{
    private const string Breast = """
        name = breast
        data {
          dataset.kind = breast-cancer-wisconsin
          split.shares { public = 0.4, test = 0.2 }
          partitioner { kind = iid, iid.hospitals = 10 }
          encoding { fitted-on = pooled, numeric = min-max }
        }
        hospitals.teacher.kind = lightgbm
        aggregation { queries = 60, mechanism.lnmax.gamma = 0.5 }
        privacy { budget = 40, accountants.kinds = [basic-composition, pld] }
        theft { clone.kind = softmax-regression, attacks.natural-pool { budgets = [20, 100], exposures = [probabilities] } }
        """;

    public static TheoryData<string, long> Cases() => new()
    {
        { CliRun.TinyScenario, 1 },
        { CliRun.TinyScenario, 2 },
        { CliRun.TinyScenario + "\nhospitals.teacher { kind = mlp, mlp.epochs = 3 }\nhospitals.quorum = 0.5", 3 },
        { CliRun.TinyScenario + "\nprivacy.budget = 1\npooled.kind = mlp\ntheft.attacks.kinds = []", 4 },
        {
            CliRun.TinyScenario.Replace("privacy.accountants", "#", StringComparison.Ordinal) + """

            aggregation { queries-per-round = 8, mechanism.kind = interactive-gnmax }
            aggregation.mechanism.interactive-gnmax { threshold = 3, threshold-sigma = 2, sigma = 3, first-threshold = 4 }
            privacy { budget = 20, budget-measure = gdp, on-exhaustion = stop-labelling }
            """, 7
        },
        {
            CliRun.TinyScenario + """

            hospitals {
              calibration = platt
              fleet {
                teachers { kinds = [knn, majority, lightgbm], knn.k = 3 }
                shares = [0.5, 0.2, 0.2]
                by-name = ["clinic-2: softmax-regression"]
              }
            }
            baselines { kinds = [fedprox, dp-sgd, fedavg], fedprox.rounds = 3, fedavg.rounds = 2, dp-sgd.epochs = 3 }
            """, 8
        },
        { Breast, 5 },
        { Breast, 6 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Both_runtimes_write_the_same_bytes(string scenario, long seed)
    {
        using var cli = new CliRun();
        var file = cli.Write("scenario.conf", scenario);
        string[][] ways =
        [
            ["--runtime", "sequential"], ["--runtime", "sequential"], ["--runtime", "actors", "--workers", "1"],
            ["--runtime", "actors", "--workers", "2"], ["--runtime", "actors", "--workers", "5"],
        ];
        var folders = new List<SortedDictionary<string, string>>();
        for (var i = 0; i < ways.Length; i++)
        {
            var runs = Path.Combine(cli.Folder, $"way-{i}");
            var result = await cli.RunAsync(["run", file, "--seed", $"{seed}", "--out", runs, .. ways[i]]);
            Assert.True(result.ExitCode == 0, result.Error);
            folders.Add(Files(Assert.Single(Directory.GetDirectories(runs))));
        }

        Assert.True(folders[0].Count >= 10);
        foreach (var other in folders.Skip(1)) Assert.Equal(folders[0], other);
    }

    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != "timings.json")
            .ToDictionary(path => Path.GetFileName(path)!, path => Convert.ToHexString(File.ReadAllBytes(path))),
        StringComparer.Ordinal);
}
