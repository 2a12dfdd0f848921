using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Simulation.Plan;
using PateSim.Simulation.Preparation;

namespace PateSim.Scenarios.Tests;

public class ScenarioLoaderTests
{
    private const string Small = """
        name = small
        data.dataset.synthetic-clinics { patients = 600, clinics = 6 }
        aggregation { queries = 20, mechanism.lnmax.scale = 2 }
        theft.attacks.natural-pool.budgets = [10, 20]
        """;

    public static TheoryData<string> Shipped()
    {
        var data = new TheoryData<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "scenarios"), "*.conf").Order())
        {
            if (Path.GetFileName(file) != "reference.conf") data.Add(Path.GetFileName(file));
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_shipped_scenario_reads(string file)
    {
        var loaded = ScenarioLoader.Load(Path.Combine(RepositoryRoot.Path, "scenarios", file));

        Assert.Equal(Path.GetFileNameWithoutExtension(file), loaded.Scenario.Name);
        Assert.NotEmpty(loaded.Scenario.Description);
    }

    [Fact]
    public void Defaults_fill_what_is_not_written()
    {
        var scenario = ScenarioLoader.LoadText("name = bare").Scenario;

        Assert.Equal("synthetic-clinics", scenario.Data.Dataset.Name);
        Assert.Equal(1e-5, scenario.Privacy.Delta);
        Assert.Null(scenario.Privacy.Budget);
        Assert.Equal(1, scenario.Hospitals.Quorum);
        Assert.Equal("lnmax", scenario.Aggregation.Mechanism.Name);
        Assert.Equal("natural-pool", Assert.Single(scenario.Theft.Attacks).Name);
    }

    [Fact]
    public void The_same_settings_have_the_same_digest_however_they_are_written()
    {
        var blocks = ScenarioLoader.LoadText("name = x\nprivacy { delta = 1e-6 }\naggregation { queries = 7 }");
        var dotted = ScenarioLoader.LoadText("aggregation.queries = 7 // seven\nprivacy.delta = 0.000001\n\"name\" = \"x\"");
        var other = ScenarioLoader.LoadText("name = x\nprivacy { delta = 1e-6 }\naggregation { queries = 8 }");

        Assert.Equal(blocks.ResolvedJson, dotted.ResolvedJson);
        Assert.Equal(blocks.Scenario.Digest, dotted.Scenario.Digest);
        Assert.NotEqual(blocks.Scenario.Digest, other.Scenario.Digest);
    }

    [Fact]
    public void The_resolved_scenario_reads_as_itself()
    {
        var loaded = ScenarioLoader.LoadText(Small);

        var again = ScenarioLoader.LoadText(loaded.ResolvedJson, "resolved.json");

        Assert.Equal(loaded.ResolvedJson, again.ResolvedJson);
    }

    [Fact]
    public void Rounds_exhaustion_and_hospitals_per_patient_are_read()
    {
        var scenario = ScenarioLoader.LoadText(Small + """

            aggregation.queries-per-round = 5
            privacy { hospitals-per-patient = 3, budget = 4, on-exhaustion = stop-labelling, individual-ledger = true }
            """).Scenario;

        Assert.Equal(5, scenario.Aggregation.QueriesPerRound);
        Assert.Equal((3, 3), (scenario.Privacy.HospitalsPerPatient, scenario.Privacy.Adjacency.TeachersTouched));
        Assert.Equal(ExhaustionRule.StopLabelling, scenario.Privacy.Budget!.OnExhaustion);
        Assert.True(scenario.Privacy.IndividualLedger);
        var bare = ScenarioLoader.LoadText("name = bare").Scenario;
        Assert.Null(bare.Aggregation.QueriesPerRound);
        Assert.Equal(1, bare.Privacy.HospitalsPerPatient);
    }

    [Theory]
    [InlineData("aggregation.queries-per-round = 21", "PS2231", "aggregation.queries-per-round")]
    [InlineData("aggregation { mechanism.kind = interactive-gnmax, queries-per-round = 20 }", "PS2230",
        "aggregation.queries-per-round")]
    public void Rounds_that_cannot_be_are_refused_with_their_place(string more, string code, string path)
    {
        var loaded = ScenarioLoader.LoadText(Small + "\ntheft.attacks.kinds = []\n" + more);

        var error = Assert.Throws<ScenarioException>(
            () => RunPreparation.Prepare(loaded.Scenario, DataAccess.None, CancellationToken.None));

        var problem = loaded.At(Assert.Single(error.Problems));
        Assert.Equal((code, path), (problem.Code, problem.Subject));
        Assert.StartsWith("scenario.conf(6,", problem.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void An_accountant_that_does_not_know_several_hospitals_per_patient_is_left_out_or_refused_where_it_is_named()
    {
        const string Discrete = """
            name = discrete
            aggregation.mechanism { kind = gnmax, gnmax.sampling = discrete }
            privacy.hospitals-per-patient = 2
            """;
        Assert.DoesNotContain(ScenarioLoader.LoadText(Discrete).Scenario.Privacy.Accountants, a => a.Name == "pld");
        foreach (var named in new[] { "pld", "neighbour-exact" })
        {
            var error = Assert.Throws<InvalidInputException>(
                () => ScenarioLoader.LoadText(Discrete + $"\nprivacy.accountants.kinds = [{named}]"));
            var problem = Assert.Single(error.Problems);
            Assert.Equal("scenario.conf(4,29)", problem.Place);
            Assert.Contains($"'{named}' cannot account for gnmax at patient-replaced(k=2)", problem.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Overlays_and_seed_go_over_the_file_in_order()
    {
        var scenario = ScenarioLoader.LoadText(
            Small, overlays: ["aggregation.queries=9", "hospitals.teacher.kind=lightgbm", "aggregation.queries=11"], seed: 42)
            .Scenario;

        Assert.Equal(11, scenario.Aggregation.Queries);
        Assert.Equal("lightgbm", scenario.Hospitals.Teacher.Name);
        Assert.Equal(42, scenario.Seed);
    }

    [Theory]
    [InlineData("name = x\nprivacy.delta = 0", "(2,17): error PS2004 privacy.delta: ", "between 0 and 1")]
    [InlineData("name = x\nprivacy.delta = 1", "(2,17): error PS2004 privacy.delta: ", "ends excluded")]
    [InlineData("name = x\naggregation.mechanism.lnmax.scale = 0", "(2,37): error PS2004 aggregation.mechanism.lnmax.scale: ",
        "above 0")]
    [InlineData("name = x\naggregation.mechanism.lnmax.scale = -3", "(2,37): error PS2004", "above 0")]
    [InlineData("name = x\naggregation.mechanism.lnmax { scale = 1, gamma = 1 }",
        "error PS2007 aggregation.mechanism.lnmax.gamma: ", "write one of them")]
    [InlineData("name = x\naggregation.querries = 5", "(2,1): error PS2001 aggregation.querries: ", "Did you mean 'queries'?")]
    [InlineData("name = x\ndata.dataset.kind = aduld", "(2,21): error PS2005 data.dataset.kind: ", "Did you mean 'adult'?")]
    [InlineData("name = x\ntheft.attacks.natural-pool.budgets = 100",
        "(2,38): error PS2003 theft.attacks.natural-pool.budgets: ", "[")]
    [InlineData("name = x\naggregation.queries = [1, 2]", "(2,23): error PS2003 aggregation.queries: ", "a list")]
    [InlineData("name = x\nname = y", "(2,1): error PS1009 name: ", "(1,1)")]
    [InlineData("name = x\ndata {", "(2,6): error PS1004", "")]
    [InlineData("description = x", "error PS2002 name: ", "")]
    [InlineData("name = x\naggregation.queries = 1,5", "error PS1008", "decimal")]
    public void A_mistake_gets_its_place_what_was_found_and_what_would_be_right(string text, string place, string right)
    {
        var exception = Assert.Throws<InvalidInputException>(() => ScenarioLoader.LoadText(text, "run.conf"));

        var line = Assert.Single(exception.Problems).ToString();
        Assert.StartsWith("run.conf(", line, StringComparison.Ordinal);
        Assert.Contains(place, line, StringComparison.Ordinal);
        Assert.Contains(right, line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_accountant_that_is_named_must_know_the_mechanism_and_an_empty_list_means_all_that_do()
    {
        var exception = Assert.Throws<InvalidInputException>(
            () => ScenarioLoader.LoadText("name = x\nprivacy.accountants.kinds = [pld, gdp]", "run.conf"));
        var all = ScenarioLoader.LoadText("name = x").Scenario.Privacy.Accountants.Select(a => a.Name).ToList();

        Assert.Contains("'gdp' cannot account for lnmax", Assert.Single(exception.Problems).Message, StringComparison.Ordinal);
        Assert.Contains("pld", all);
        Assert.DoesNotContain("gdp", all);
        Assert.DoesNotContain("neighbour-exact", all);
        Assert.Equal("neighbour-exact", Assert.Single(ScenarioLoader.LoadText(
            "name = x\nprivacy.accountants.kinds = [neighbour-exact]").Scenario.Privacy.Accountants).Name);
    }

    [Fact]
    public void All_mistakes_are_printed_together_in_file_order()
    {
        var exception = Assert.Throws<InvalidInputException>(() => ScenarioLoader.LoadText("""
            name = x
            seed = one
            data.partitoner.kind = iid
            privacy { delta = 2, budget = -1 }
            """, "run.conf"));

        Assert.Equal(
            ["seed", "data.partitoner", "privacy.delta", "privacy.budget"], exception.Problems.Select(p => p.Subject));
    }

    [Fact]
    public void Includes_that_include_each_other_are_found()
    {
        var folder = Directory.CreateTempSubdirectory("patesim").FullName;
        File.WriteAllText(Path.Combine(folder, "a.conf"), "include \"b.conf\"");
        File.WriteAllText(Path.Combine(folder, "b.conf"), "include \"a.conf\"");

        var exception = Assert.Throws<InvalidInputException>(() => ScenarioLoader.Load(Path.Combine(folder, "a.conf")));

        Assert.Equal("PS1102", Assert.Single(exception.Problems).Code);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("aggregation.queries=100000", "PS2202", "aggregation.queries", "--set #1(1,21)", "120 records")]
    [InlineData("theft.attacks.natural-pool.budgets=[50,100,5000]", "PS2204", "theft.attacks.natural-pool.budgets",
        "--set #1", "pool has 100")]
    [InlineData("data.partitioner={kind=iid, iid.hospitals=500}", "PS2201", "data.partitioner.iid.hospitals", "--set #1",
        "500")]
    [InlineData("data.split.kind=published", "PS2201", "data.split.kind", "--set #1", "")]
    public void What_does_not_fit_the_data_is_found_before_training_at_its_place(
        string overlay, string code, string path, string place, string message)
    {
        var loaded = ScenarioLoader.LoadText(Small, overlays: [overlay]);

        var exception = Assert.Throws<ScenarioException>(
            () => RunPreparation.Prepare(loaded.Scenario, DataAccess.None, CancellationToken.None));

        var problem = loaded.At(Assert.Single(exception.Problems));
        Assert.Equal((code, path), (problem.Code, problem.Subject));
        Assert.Contains(place, problem.Place, StringComparison.Ordinal);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_has_a_measure_and_a_rule_for_its_end()
    {
        var plain = ScenarioLoader.LoadText("name = x\nprivacy.budget = 2").Scenario.Privacy.Budget;
        Assert.Equal(new BudgetPlan(2, BudgetMeasure.PureEpsilon, ExhaustionRule.FewerLabels), plain);

        var chosen = ScenarioLoader.LoadText("""
            name = x
            aggregation.mechanism { kind = gnmax, gnmax.sigma = 40 }
            privacy { budget = 2, budget-measure = rdp, budget-order = 12, on-exhaustion = fail }
            """).Scenario.Privacy.Budget;
        Assert.Equal(new BudgetPlan(2, BudgetMeasure.Renyi, ExhaustionRule.Fail, 12), chosen);
    }

    [Theory]
    [InlineData("budget-measure = gdp", "PS2007", "privacy.budget-measure")]
    [InlineData("on-exhaustion = fail", "PS2007", "privacy.on-exhaustion")]
    [InlineData("budget = 1, budget-order = 8", "PS2007", "privacy.budget-order")]
    [InlineData("budget = 1, budget-measure = rdp, budget-order = 1", "PS2004", "privacy.budget-order")]
    [InlineData("budget = 1, budget-measure = zcdp", "PS2005", "privacy.budget-measure")]
    [InlineData("budget = 1, on-exhaustion = stop", "PS2005", "privacy.on-exhaustion")]
    public void Budget_settings_without_effect_or_meaning_are_refused(string settings, string code, string subject)
    {
        var error = Assert.Throws<InvalidInputException>(
            () => ScenarioLoader.LoadText($"name = x\nprivacy {{ {settings} }}"));
        var problem = Assert.Single(error.Problems);
        Assert.Equal((code, subject), (problem.Code, problem.Subject));
    }

    [Fact]
    public void An_empty_list_of_accountants_means_those_that_need_votes_too()
    {
        var names = ScenarioLoader.LoadText("name = x").Scenario.Privacy.Accountants.Select(a => a.Name).ToList();
        Assert.Contains("rdp-data-dependent", names);
        Assert.DoesNotContain("gdp", names);
    }
}
