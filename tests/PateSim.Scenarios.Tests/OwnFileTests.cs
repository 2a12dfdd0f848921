using System.Globalization;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Results;
using PateSim.Simulation.Runtime;

namespace PateSim.Scenarios.Tests;

public class OwnFileTests
{
    [Fact]
    public void A_CSV_unknown_to_us_runs_from_end_to_end_with_four_lines()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("patesim").FullName, "own.csv");
        var stream = RandomKey.FromSeed(1).Open();
        var rows = Enumerable.Range(0, 600).Select(i =>
        {
            var ill = stream.NextInt(2);
            var marker = (2 * ill - 1 + stream.NextGaussian()).ToString("F3", CultureInfo.InvariantCulture);
            var sex = stream.NextInt(2) == 0 ? "male" : "female";
            return $"{marker},{sex},clinic {i % 6},{(ill == 1 ? "ill" : "well")}";
        });
        File.WriteAllLines(path, ["marker,sex,clinic,outcome", .. rows]);

        var loaded = ScenarioLoader.LoadText($$"""
            name = own
            data.dataset { kind = csv, csv { file = "{{path}}", label = outcome, hospital = clinic } }
            aggregation { queries = 20, mechanism.lnmax.scale = 2 }
            theft.attacks.natural-pool.budgets = [5, 10]
            """);
        var setup = RunPreparation.Prepare(loaded.Scenario, DataAccess.None, CancellationToken.None);
        var record = new SequentialRunner().Run(setup, null, CancellationToken.None);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        Assert.Equal(RunStatus.Completed, record.Status);
        Assert.Equal(6, record.Disjointness.Hospitals);
        Assert.Equal(["ill", "well"], record.ClassNames.AsEnumerable());
        Assert.Contains(record.Warnings, w => w.StartsWith("The schema was not declared", StringComparison.Ordinal));
    }
}
