using PateSim.Core;
using PateSim.Learning.Calibration;

namespace PateSim.Scenarios.Tests;

public sealed class FleetAndBaselineTests
{
    [Fact]
    public void By_default_all_hospitals_train_the_same_and_two_baselines_stand_beside()
    {
        var scenario = ScenarioLoader.LoadText("name = a").Scenario;
        Assert.Null(scenario.Hospitals.Fleet);
        Assert.Equal(["fedavg", "dp-sgd"], scenario.Baselines.Select(baseline => baseline.Name));
        Assert.Empty(ScenarioLoader.LoadText("name = a, baselines.kinds = []").Scenario.Baselines);
    }

    [Fact]
    public void A_fleet_has_kinds_with_options_shares_and_named_hospitals()
    {
        var fleet = ScenarioLoader.LoadText("""
            name = a
            hospitals {
              calibration = temperature
              fleet {
                teachers { kinds = [knn, fast-forest], knn.k = 7 }
                shares = [0.3, 0.2]
                by-name = ["clinic: 3: knn", "Long Beach : softmax-regression"]
              }
            }
            """).Scenario.Hospitals.Fleet!;
        Assert.Equal(["knn", "fast-forest"], fleet.Teachers.Select(teacher => teacher.Name));
        Assert.Equal(7, fleet.Teachers[0].Options.Int32("k"));
        Assert.All(fleet.Teachers, teacher => Assert.IsType<CalibratedLearner>(teacher.Instance));
        Assert.Equal([0.3, 0.2], fleet.Shares);
        Assert.Equal([("clinic: 3", "knn"), ("Long Beach", "softmax-regression")], fleet.ByName);
    }

    [Theory]
    [InlineData("fleet.shares = [0.5]", "hospitals.fleet.shares", "no teachers")]
    [InlineData("fleet.by-name = [\"a: knn\"]", "hospitals.fleet.by-name", "no teachers")]
    [InlineData("fleet { teachers.kinds = [knn], shares = [0.5, 0.5] }", "hospitals.fleet.shares", "2 shares for 1")]
    [InlineData("fleet { teachers.kinds = [knn, majority], shares = [0.6, 0.5] }", "hospitals.fleet.shares", "1.1")]
    [InlineData("fleet { teachers.kinds = [knn], by-name = [knn] }", "hospitals.fleet.by-name", "HOSPITAL: KIND")]
    [InlineData("fleet { teachers.kinds = [knn], by-name = [\"a: mlp\"] }", "hospitals.fleet.by-name", "softmax-regression")]
    public void A_fleet_that_does_not_fit_is_a_located_problem(string hospitals, string path, string message)
    {
        var error = Assert.Throws<InvalidInputException>(
            () => ScenarioLoader.LoadText($"name = a\nhospitals {{ {hospitals} }}"));
        var problem = Assert.Single(error.Problems);
        Assert.Equal(("PS2300", path), (problem.Code, problem.Subject));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }
}
