using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Data;
using PateSim.Data.Encoders;
using PateSim.Learning;
using PateSim.Learning.Calibration;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Scenarios.Binding;
using PateSim.Simulation.Baselines;
using PateSim.Simulation.Plan;
using PateSim.Theft.Attacks;

namespace PateSim.Scenarios;

/// <summary>Every key of a scenario file with its default: what <c>scenarios/reference.conf</c> documents.</summary>
public static class ScenarioSchema
{
    private static readonly ImmutableArray<(AdjacencyKind Kind, string Name)> Adjacencies =
    [
        .. Enum.GetValues<AdjacencyKind>().Select(kind => (kind, new Adjacency(kind).Name)),
    ];

    private static readonly ImmutableArray<(CalibrationMethod Method, string Name)> Calibrations =
    [
        (CalibrationMethod.None, "none"), (CalibrationMethod.Temperature, "temperature"), (CalibrationMethod.Platt, "platt"),
    ];

    /// <summary>The kinds of components that a scenario can choose from, in the order of its file.</summary>
    public static ImmutableArray<CatalogListing> Catalogs { get; } =
    [
        CatalogListing.Of(DataCatalogs.Datasets),
        CatalogListing.Of(DataCatalogs.Splits),
        CatalogListing.Of(DataCatalogs.Partitioners),
        CatalogListing.Of(DataCatalogs.Shifts),
        CatalogListing.Of(DataCatalogs.PublicSources),
        CatalogListing.Of(LearnerCatalogs.Teachers),
        CatalogListing.Of(MechanismCatalog.Default),
        CatalogListing.Of(AccountantCatalog.Default),
        CatalogListing.Of(LearnerCatalogs.Students),
        CatalogListing.Of(LearnerCatalogs.Clones),
        CatalogListing.Of(AttackCatalog.Attacks),
        CatalogListing.Of(BaselineCatalog.Default),
    ];

    public static SectionSpec Root { get; } = new("", "A PateSim scenario: every key with its default. To be read, not run: a scenario has a name. "
        + "Where a component is chosen, kind names it and the block of that name holds its options.")
    {
        Options =
        [
            OptionSpec.Text("name", "What the run is called in results and folder names.", null).AsRequired(),
            OptionSpec.Text("description", "What the scenario shows, in a sentence or two.", ""),
            OptionSpec.Integer("seed", "Root of all randomness: the same seed gives the same bytes.", 1),
        ],
        Sections = [Data, Hospitals, Aggregation, Privacy, Theft],
        Slots =
        [
            SlotSpec.One(
                "student", "The model that is trained on the aggregator's answers alone, and served.",
                Describe(LearnerCatalogs.Students), "mlp"),
            SlotSpec.One(
                "pooled", "The unprotected model of all private records together, for comparison.",
                Describe(LearnerCatalogs.Students), "softmax-regression"),
            SlotSpec.Several(
                "baselines", "Models trained besides, to see what PATE costs and buys; none with an empty list. Thieves do not "
                + "attack them.", Describe(BaselineCatalog.Default), "fedavg", "dp-sgd"),
        ],
    };

    private static SectionSpec Data => new("data", "Which records there are, and who holds them.")
    {
        Slots =
        [
            SlotSpec.One(
                "dataset", "Where the records come from.", Describe(DataCatalogs.Datasets), "synthetic-clinics"),
            SlotSpec.One(
                "split", "Which records are private, public, or held out for the test.",
                Describe(DataCatalogs.Splits), "shares"),
            SlotSpec.One(
                "partitioner", "How the private records are shared out over the hospitals.",
                Describe(DataCatalogs.Partitioners), "natural"),
            SlotSpec.Several(
                "shifts", "How hospitals record the same patients differently; applied in this order to the hospitals' "
                + "records alone, never to the public set or the test. None by default.",
                Describe(DataCatalogs.Shifts)),
        ],
        Sections =
        [
            Public,
            new SectionSpec("encoding", "How records become features, and what every hospital has to know for that.")
            {
                Options = EncodingOptions.Specs,
            },
        ],
    };

    private static SectionSpec Public => new("public", "The public set, and how it is de-identified.")
    {
        Slots =
        [
            SlotSpec.One(
                "source", "Where public records come from. With another source than split, what the split sets aside "
                + "for the public set joins the test.", Describe(DataCatalogs.PublicSources), "split"),
        ],
        Sections =
        [
            new SectionSpec("deidentify", "What is done to public records before anyone sees them.")
            {
                Options =
                [
                    OptionSpec.TextList(
                        "drop", "Feature columns that public records do not have; no model of the run uses them.", []),
                    OptionSpec.TextList(
                        "quasi-identifiers", "Columns by which someone who knows a patient might find the record; "
                        + "k-anonymity in them is measured.", []),
                    OptionSpec.Integer("minimum-k", "The k of k-anonymity that the public set must have.", 1, 1, 1e9),
                    OptionSpec.Choice(
                        "below-minimum", "Records in groups smaller than minimum-k: fail is an error, withhold takes "
                        + "them out of the public set and counts them.", "fail", "fail", "withhold"),
                ],
                Raws =
                [
                    new RawSpec(
                        "generalise", "Numeric columns and the width of the intervals that replace their values, such as "
                        + "age = 10; a value becomes the middle of its interval."),
                ],
            },
        ],
    };

    private static SectionSpec Hospitals => new("hospitals", "What the hospitals train on their own records.")
    {
        Options =
        [
            OptionSpec.Real(
                "quorum", "Smallest share of the hospitals that must train a teacher and vote, or the run fails.", 1,
                0.01, 1),
            OptionSpec.Choice(
                "calibration", "How each teacher's probabilities are calibrated on a part of the hospital's own records, held "
                + "out from its training: none; temperature, which changes no vote; platt, each class against the rest.",
                Calibrations[0].Name, [.. Calibrations.Select(c => c.Name)]),
            OptionSpec.Real(
                "calibration-share", "Share of the hospital's records that is held out for calibration.", 0.2, 0, 1,
                exclusive: true),
        ],
        Slots =
        [
            SlotSpec.One(
                "teacher", "The model that each hospital trains, but for those of the fleet.",
                Describe(LearnerCatalogs.Teachers), "softmax-regression"),
        ],
        Sections =
        [
            new SectionSpec("fleet", "Hospitals that train something else, so that teachers of several kinds vote.")
            {
                Options =
                [
                    OptionSpec.RealList(
                        "shares", "Of each kind its share of the hospitals, drawn by the seed; the rest trains "
                        + "hospitals.teacher. An empty list means equal shares of all hospitals.", [], 0, 1),
                    OptionSpec.TextList(
                        "by-name", "Hospitals by name with the kind of their teacher, such as \"Cleveland: knn\"; they are "
                        + "not drawn.", []),
                ],
                Slots =
                [
                    SlotSpec.Several(
                        "teachers", "The kinds of the fleet; none means that all hospitals train hospitals.teacher.",
                        Describe(LearnerCatalogs.Teachers)),
                ],
            },
        ],
    };

    private static SectionSpec Aggregation => new(
        "aggregation", "How the teachers' votes become the student's labels.")
    {
        Options =
        [
            OptionSpec.Integer(
                "queries", "How many public records the teachers label; the rest of the public set is the thief's pool.",
                500, 1, int.MaxValue),
            OptionSpec.Integer(
                "queries-per-round", "How many of them are asked at once; the next round is asked when the answers of one "
                + "are there. When it is not written all are one round, or two halves for interactive-gnmax, whose "
                + "student learns from the first.", null, 1, int.MaxValue),
        ],
        Slots =
        [
            SlotSpec.One("mechanism", "The noisy vote.", Describe(MechanismCatalog.Default), "lnmax"),
        ],
    };

    private static SectionSpec Privacy => new("privacy", "How the privacy loss is counted and limited.")
    {
        Options =
        [
            OptionSpec.Real("delta", "Delta of every (epsilon, delta) statement.", 1e-5, 0, 1, exclusive: true),
            OptionSpec.Choice(
                "adjacency", "Whom the statements speak of.", Adjacencies[0].Name,
                [.. Adjacencies.Select(a => a.Name)]),
            OptionSpec.Integer(
                "hospitals-per-patient", "How many hospitals may hold records of one patient, k.", 1, 1, 1000),
            OptionSpec.Real(
                "budget", "Largest epsilon that the ledger lets pass, in the measure of budget-measure; further queries "
                + "stay unanswered.", null, 0, null, exclusive: true),
            OptionSpec.Choice(
                "budget-measure", "pure-epsilon: sum of the per-answer epsilons (Laplace noise); gdp: (epsilon, delta) by "
                + "Gaussian differential privacy (continuous Gaussian noise); rdp: (epsilon, delta) by the Rényi cost at "
                + "one order fixed beforehand (any noise).", BudgetNames.Measures[0].Name, [.. BudgetNames.Measures.Select(m => m.Name)]),
            OptionSpec.Real(
                "budget-order", "Rényi order of the measure rdp; the one that buys most answers when it is not written.",
                null, 1, null, exclusive: true),
            OptionSpec.Flag(
                "individual-ledger", "Whether each hospital's own loss is computed, from what its vote could have changed: "
                + "private, in hospitals.csv and the summary. It takes milliseconds for each answer.", false),
            OptionSpec.Choice(
                "on-exhaustion", "When the budget does not pay for a query: fewer-labels still asks the later rounds and "
                + "answers what the budget pays for, stop-labelling asks no further round; both train the student on the "
                + "labels there are. fail ends the run before the student is trained.", BudgetNames.Rules[0].Name,
                [.. BudgetNames.Rules.Select(rule => rule.Name)]),
        ],
        Slots =
        [
            SlotSpec.Several(
                "accountants",
                "How epsilon is computed; each gives entries of its own. An empty list means all that know the "
                + "mechanism, but for neighbour-exact, which takes milliseconds for each answer and has to be named.",
                Describe(AccountantCatalog.Default)) with
            {
                EmptyMeansAll = true,
            },
        ],
    };

    private static SectionSpec Theft => new("theft", "Who tries to steal the served models.")
    {
        Slots =
        [
            SlotSpec.One(
                "clone", "What a thief trains on the answers it got.", Describe(LearnerCatalogs.Clones), "mlp"),
            SlotSpec.Several(
                "attacks", "The thieves.", Describe(AttackCatalog.Attacks), "natural-pool"),
        ],
    };

    internal static CalibrationMethod CalibrationNamed(string name) => Calibrations.Single(c => c.Name == name).Method;

    internal static BudgetMeasure BudgetMeasureNamed(string name) => BudgetNames.Measures.Single(m => m.Name == name).Measure;

    internal static ExhaustionRule ExhaustionRuleNamed(string name) => BudgetNames.Rules.Single(r => r.Name == name).Rule;

    internal static AdjacencyKind AdjacencyNamed(string name) => Adjacencies.Single(a => a.Name == name).Kind;

    private static IEnumerable<ComponentDescriptor> Describe<T>(Catalog<T> catalog) =>
        catalog.All.Select(component => component.Descriptor);
}

/// <summary>A catalog as it is listed and described.</summary>
public sealed record CatalogListing(string Kind, string Summary, ImmutableArray<ComponentDescriptor> Components)
{
    public static CatalogListing Of<T>(Catalog<T> catalog) =>
        new(catalog.Kind, catalog.Summary, [.. catalog.All.Select(component => component.Descriptor)]);
}
