using PateSim.Core.Components;
using PateSim.Scenarios.Binding;
using PateSim.Scenarios.Hocon;

namespace PateSim.Scenarios.Tests.Binding;

/// <summary>A small schema with one of everything.</summary>
internal static class Schemas
{
    public sealed record Brewer(string Name, long Trees);

    public static Catalog<Brewer> Brewers { get; } = new(
        "teacher", "Test components.", Make("linear", 1), Make("forest", 2), Make("boosted", 3));

    public static SectionSpec Section { get; } = new("", "A schema for tests.")
    {
        Options =
        [
            OptionSpec.Integer("seed", "Root seed.", 1),
            OptionSpec.Text("name", "Name of the run.", null),
        ],
        Slots =
        [
            SlotSpec.One("teacher", "How hospitals learn.", Brewers.All.Select(c => c.Descriptor), "linear"),
            SlotSpec.Several(
                "attacks", "What is tried.", Brewers.All.Select(c => c.Descriptor), "forest", "linear") with
            {
                Minimum = 1,
            },
        ],
        Sections =
        [
            new SectionSpec("privacy", "How much is answered.")
            {
                Options =
                [
                    OptionSpec.Real("delta", "Failure probability, δ.", 1e-5, 0, 1, exclusive: true),
                    OptionSpec.Real("scale", "Noise scale, b.", null, 0, exclusive: true),
                    OptionSpec.Integer("queries", "Answered queries.", 100, 1, 1000),
                    OptionSpec.Flag("memoise", "Whether answers are kept.", true),
                    OptionSpec.Choice("noise", "Its distribution.", "laplace", "laplace", "gaussian"),
                    OptionSpec.RealList("epsilons", "Budgets.", [0.5, 2], 0),
                    OptionSpec.IntegerList("budgets", "Query budgets.", [10, 20], 1),
                    OptionSpec.ChoiceList("exposures", "What is seen.", ["label"], "label", "scores"),
                ],
            },
        ],
        Raws = [new RawSpec("akka", "Settings of Akka, as they are.")],
    };

    public static BoundSection Bind(string text, params string[] overlays) =>
        Binder.Bind(Section, HoconReader.ReadText(text, "run.conf", overlays));

    public static string[] Problems(string text, params string[] overlays) =>
        Hocon.Reading.Problems(() => Bind(text, overlays));

    private static Component<Brewer> Make(string name, long trees) => new(
        new ComponentDescriptor(
            "teacher", name, $"The {name} one.",
            [
                OptionSpec.Integer("trees", "Count.", trees, 1, 100),
                OptionSpec.Integer("leaves", "Leaves of each.", null, 2),
            ],
            []),
        options => options.Has("leaves") && options.Integer("leaves") > options.Integer("trees")
            ? throw new OptionException("leaves", $"{options.Integer("leaves")} leaves are more than the trees.")
            : new Brewer(name, options.Integer("trees")));
}
