using System.Collections.Immutable;
using CsCheck;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Simulation.Tests.Preparation;

public sealed class FleetPreparationTests
{
    private static readonly Chosen<ILearner> Softmax = LearnerCatalogs.Teachers["softmax-regression"].With();
    private static readonly Chosen<ILearner> Neighbours = LearnerCatalogs.Teachers["knn"].With();
    private static readonly Chosen<ILearner> Majority = LearnerCatalogs.Teachers["majority"].With();

    [Fact]
    public void Without_a_fleet_all_hospitals_train_the_same() =>
        Assert.All(Names(Assign(new HospitalPlan(Softmax, 1), 7)), name => Assert.Equal("softmax-regression", name));

    [Fact]
    public void Shares_are_met_as_nearly_as_whole_hospitals_allow() => Gen.Select(
        Gen.Int[0, 60], Gen.Int[0, 100], Gen.Int[0, 100], Gen.Long).Sample((hospitals, a, b, seed) =>
        {
            if (a + b > 100) return;
            var names = Names(Assign(Plan([a / 100.0, b / 100.0]), hospitals, seed));
            Assert.InRange(names.Count(n => n == "knn"), a * hospitals / 100, a * hospitals / 100 + 1);
            Assert.InRange(names.Count(n => n == "majority"), b * hospitals / 100, b * hospitals / 100 + 1);
            Assert.Equal((a + b) * hospitals / 100, names.Count(n => n != "softmax-regression"));
        }, iter: 300);

    [Fact]
    public void The_key_says_which_hospitals_they_are()
    {
        var one = Names(Assign(Plan([0.3, 0.3]), 40, 1));
        Assert.Equal(one, Names(Assign(Plan([0.3, 0.3]), 40, 1)));
        Assert.NotEqual(one, Names(Assign(Plan([0.3, 0.3]), 40, 2)));
    }

    [Fact]
    public void No_shares_mean_equal_ones_of_all_hospitals()
    {
        var names = Names(Assign(Plan([]), 10));
        Assert.Equal((5, 5), (names.Count(n => n == "knn"), names.Count(n => n == "majority")));
    }

    [Fact]
    public void A_named_hospital_trains_what_is_said_of_it_and_is_not_drawn()
    {
        var plan = Plan([1, 0], ("clinic-3", "majority"), ("clinic-0", "softmax-regression"));
        Assert.Equal(["softmax-regression", "knn", "knn", "majority", "knn"], Names(Assign(plan, 5)));
    }

    [Fact]
    public void A_name_that_no_hospital_has_is_a_located_problem()
    {
        var error = Assert.Throws<ScenarioException>(() => Assign(Plan([], ("clinic-9", "knn")), 5));
        var problem = Assert.Single(error.Problems);
        Assert.Equal(("PS2301", "hospitals.fleet.by-name"), (problem.Code, problem.Path));
        Assert.Contains("clinic-9", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mixed_fleet_votes_and_is_reported_by_hospital()
    {
        var setup = TestRun.Setup(hospitals: 10, attacks: []);
        var scenario = setup.Scenario with { Hospitals = Plan([0.5, 0.3]) };
        var prepared = RunPreparation.Prepare(scenario, setup.Data, setup.Key);
        var record = new Simulation.Runtime.SequentialRunner().Run(prepared, null, CancellationToken.None);
        Assert.Equal(10, record.Counts.TeachersTrained);
        Assert.Equal((5, 3, 2), (
            record.Hospitals.Count(h => h.Teacher == "knn"), record.Hospitals.Count(h => h.Teacher == "majority"),
            record.Hospitals.Count(h => h.Teacher == "softmax-regression")));
        Assert.All(
            record.Hospitals.Where(h => h.Teacher == "majority"),
            h => Assert.Equal(1 / 3.0, h.BalancedAccuracy!.Value.Value, 1e-9));
    }

    private static HospitalPlan Plan(ImmutableArray<double> shares, params ImmutableArray<(string, string)> byName) =>
        new(Softmax, 1) { Fleet = new FleetPlan([Neighbours, Majority], shares, byName) };

    private static ImmutableArray<Chosen<ILearner>> Assign(HospitalPlan plan, int hospitals, long seed = 1) =>
        FleetPreparation.Assign(
            plan, [.. Enumerable.Range(0, hospitals).Select(i => $"clinic-{i}")], RandomKey.FromSeed(seed));

    private static string[] Names(ImmutableArray<Chosen<ILearner>> teachers) => [.. teachers.Select(t => t.Name)];
}
