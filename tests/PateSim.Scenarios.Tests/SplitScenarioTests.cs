using PateSim.Core;
using PateSim.Data.PublicSets;

namespace PateSim.Scenarios.Tests;

/// <summary>Partitioners made of others, shifts, and the public set, as scenarios write them.</summary>
public class SplitScenarioTests
{
    private const string Mixed = """
        name = mixed
        data.partitioner {
          kind = mixed
          mixed.steps = [natural, dirichlet-label]
          dirichlet-label { hospitals = 3, alpha = 0.7 }
        }
        """;

    [Fact]
    public void A_composition_takes_its_parts_with_the_options_of_their_blocks()
    {
        var loaded = ScenarioLoader.LoadText(Mixed);
        Assert.Equal("mixed", loaded.Scenario.Data.Partitioner.Name);
        Assert.Contains("\"alpha\": 0.7", loaded.ResolvedJson, StringComparison.Ordinal);
        Assert.Contains("\"natural\": {", loaded.ResolvedJson, StringComparison.Ordinal);
        // Of the others nothing stands in the canonical form.
        Assert.DoesNotContain("\"shards\"", loaded.ResolvedJson, StringComparison.Ordinal);
        Assert.Equal(loaded.ResolvedJson, ScenarioLoader.LoadText(loaded.ResolvedJson).ResolvedJson);
        var other = ScenarioLoader.LoadText(Mixed.Replace("0.7", "0.8", StringComparison.Ordinal));
        Assert.NotEqual(loaded.Scenario.Digest, other.Scenario.Digest);
    }

    [Fact]
    public void A_part_that_cannot_be_made_is_a_problem_at_its_own_place()
    {
        var text = Mixed.Replace("natural, dirichlet-label", "natural, continuous-feature", StringComparison.Ordinal);
        var problem = Assert.Single(Assert.Throws<InvalidInputException>(() => ScenarioLoader.LoadText(text)).Problems);
        Assert.Equal("data.partitioner.continuous-feature.feature", problem.Subject);
        text = Mixed.Replace("natural, dirichlet-label", "natural", StringComparison.Ordinal);
        problem = Assert.Single(Assert.Throws<InvalidInputException>(() => ScenarioLoader.LoadText(text)).Problems);
        Assert.Equal(("PS2007", "data.partitioner.mixed.steps"), (problem.Code, problem.Subject));
        Assert.Equal("scenario.conf(4,17)", problem.Place);
    }

    [Fact]
    public void Shifts_and_public_set_are_read()
    {
        var loaded = ScenarioLoader.LoadText("""
            name = shifted
            data {
              shifts { kinds = [label-noise, feature-noise], label-noise.rate = 0.3 }
              public {
                source { kind = uniform, uniform.records = 700 }
                deidentify {
                  drop = [weight]
                  generalise { age = 10, "pulse rate" = 5.5 }
                  quasi-identifiers = [age, sex]
                  minimum-k = 5
                  below-minimum = withhold
                }
              }
            }
            """);
        var data = loaded.Scenario.Data;
        Assert.Equal(["label-noise", "feature-noise"], data.Shifts.Select(s => s.Name));
        Assert.Equal(.3, data.Shifts[0].Options.Real("rate"));
        Assert.Equal(("uniform", 700), (data.PublicSource!.Name, data.PublicSource.Options.Int32("records")));
        var rules = data.Deidentification;
        Assert.Equal(["weight"], rules.Drop.AsEnumerable());
        Assert.Equal((10.0, 5.5), (rules.Generalise["age"], rules.Generalise["pulse rate"]));
        Assert.Equal(["age", "sex"], rules.QuasiIdentifiers.AsEnumerable());
        Assert.Equal((5, true), (rules.MinimumK, rules.Withhold));
        Assert.Equal(loaded.ResolvedJson, ScenarioLoader.LoadText(loaded.ResolvedJson).ResolvedJson);
    }

    [Fact]
    public void Without_a_word_the_split_gives_the_public_set_and_nothing_is_shifted()
    {
        var data = ScenarioLoader.LoadText("name = plain").Scenario.Data;
        Assert.Equal("split", data.PublicSource!.Name);
        Assert.Empty(data.Shifts);
        var (rules, none) = (data.Deidentification, DeidentificationRules.None);
        Assert.True(rules.Drop.IsEmpty && rules.Generalise.IsEmpty && rules.QuasiIdentifiers.IsEmpty);
        Assert.Equal((none.MinimumK, none.Withhold), (rules.MinimumK, rules.Withhold));
    }

    [Theory]
    [InlineData("generalise { age = 0 }", "PS2004", "generalise.age")]
    [InlineData("generalise { age = ten }", "PS2003", "generalise.age")]
    [InlineData("drop = age", "PS2003", "drop")]
    [InlineData("drop = [age, age]", "PS2008", "drop")]
    [InlineData("minimum = 2", "PS2001", "minimum")]
    public void Rules_that_are_not_well_formed_are_problems_at_their_place(string rule, string code, string subject)
    {
        var problem = Assert.Single(Assert.Throws<InvalidInputException>(
            () => ScenarioLoader.LoadText($"name = x\ndata.public.deidentify {{ {rule} }}")).Problems);
        Assert.Equal((code, "data.public.deidentify." + subject), (problem.Code, problem.Subject));
        Assert.StartsWith("scenario.conf(2,", problem.Place, StringComparison.Ordinal);
    }
}
