using System.Text.Json;
using CsCheck;
using PateSim.Core.Components;
using PateSim.Scenarios.Binding;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Tests.Binding;

public sealed class ResolvedScenarioTests
{
    [Fact]
    public void All_defaults_are_filled_in_and_only_chosen_components_stand()
    {
        const string expected = """
            {
              "seed": 1,
              "name": null,
              "teacher": {
                "kind": "forest",
                "forest": {
                  "trees": 2,
                  "leaves": null
                }
              },
              "attacks": {
                "kinds": [
                  "boosted"
                ],
                "boosted": {
                  "trees": 9,
                  "leaves": null
                }
              },
              "privacy": {
                "delta": 1E-05,
                "scale": 0.1,
                "queries": 100,
                "memoise": true,
                "noise": "laplace",
                "epsilons": [
                  0.5,
                  2
                ],
                "budgets": [
                  10,
                  20
                ],
                "exposures": [
                  "label"
                ]
              },
              "akka": {
                "loglevel": "INFO",
                "n": 5
              }
            }

            """;
        var bound = Schemas.Bind("""
            attacks { kinds = [boosted], boosted.trees = 9, linear.trees = 4 }
            teacher.kind = forest
            privacy.scale = 0.1
            akka { loglevel = INFO, n = 5 }
            """);
        Assert.Equal(expected.ReplaceLineEndings("\n"), ResolvedScenario.Render(bound));
        using var json = JsonDocument.Parse(ResolvedScenario.Render(bound));
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Fact]
    public void The_digest_depends_on_meaning_and_not_on_writing()
    {
        var one = ResolvedScenario.Digest(Schemas.Bind("seed = 1000\nprivacy { scale = 20 }"));
        Assert.Equal(one, ResolvedScenario.Digest(Schemas.Bind(
            "# x\nprivacy.scale : 2.0e1, seed = 1e3, teacher { kind = \"linear\" }")));
        Assert.NotEqual(one, ResolvedScenario.Digest(Schemas.Bind(
            "seed = 1000\nprivacy { scale = 20.000000000000004 }")));
        Assert.Matches("^[0-9a-f]{64}$", one);
    }

    [Fact]
    public void Reading_the_resolved_form_gives_the_same_scenario() => Gen.Select(
        Gen.Long,
        Gen.Double.Where(d => d > 0 && double.IsFinite(d)),
        Gen.String[Gen.Char["aé\"\\\n\t \u2028"], 0, 6],
        Gen.Double[0, 1e300].Array[0, 4]).Sample((seed, scale, name, epsilons) =>
    {
        var schema = Schemas.Section with
        {
            Options = [OptionSpec.Integer("seed", "", seed), OptionSpec.Text("name", "", name)],
            Sections =
            [
                new SectionSpec("privacy", "")
                {
                    Options = [OptionSpec.Real("scale", "", scale), OptionSpec.RealList("epsilons", "", [.. epsilons])],
                },
            ],
        };
        var bound = Binder.Bind(schema, HoconReader.ReadText("{}"));
        var again = Binder.Bind(Schemas.Section with
        {
            Sections =
            [
                new SectionSpec("privacy", "")
                {
                    Options = [OptionSpec.Real("scale", "", 1), OptionSpec.RealList("epsilons", "", [])],
                },
            ],
        }, HoconReader.ReadText(ResolvedScenario.Render(bound)));
        Assert.Equal(ResolvedScenario.Render(bound), ResolvedScenario.Render(again));
        Assert.Equal(scale, again.Section("privacy").Options.Real("scale"));
        Assert.Equal(name, again.Options.Text("name"));
    }, iter: 300, threads: 1);
}
