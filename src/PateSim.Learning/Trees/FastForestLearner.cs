using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;

namespace PateSim.Learning.Trees;

/// <summary>Random forest by ML.NET's FastForest; see <see cref="Component"/>.</summary>
public sealed class FastForestLearner : ILearner
{
    private static readonly ImmutableArray<OptionSpec> Options =
    [
        OptionSpec.Integer("trees", "Trees of the forest.", 50, minimum: 1, maximum: 100_000),
        OptionSpec.Integer("leaves", "Most leaves of a tree.", 64, minimum: 2, maximum: 65536),
        OptionSpec.Integer(
            "records-per-leaf", "Fewest training records of a leaf.", 2, minimum: 1, maximum: 1_000_000),
        OptionSpec.Real(
            "feature-share", "Share of the features that each split may use, drawn at random.", 0.3, minimum: 0.01,
            maximum: 1),
        OptionSpec.Real(
            "record-share", "Share of the records that each tree sees, drawn at random without replacement.", 0.7,
            minimum: 0.01, maximum: 1),
        ClassWeights.Spec,
    ];

    private readonly FastForestSettings _settings;
    private readonly ClassWeighting _weighting;

    internal FastForestLearner(OptionValues options)
    {
        _settings = new FastForestSettings(
            options.Int32("trees"), options.Int32("leaves"), options.Int32("records-per-leaf"),
            options.Real("feature-share"), options.Real("record-share"));
        _weighting = ClassWeights.From(options);
    }

    /// <summary>The component of a kind ("teacher").</summary>
    public static Component<ILearner> Component(string kind) => new(
        new ComponentDescriptor(
            kind, "fast-forest", "Random forest of decision trees by ML.NET's FastForest.", Options,
            [
                "Each tree is grown on a share of the records and looks at a share of the features in each split. The "
                + "probability is the mean over the trees of the share of the class in the leaf. Two classes take one forest; "
                + "more take one for each against the rest, and the probabilities are divided by their sum.",
                "Departs from Breiman's forest as ML.NET does: records are drawn without replacement, features are put into "
                + "at most 255 bins, and trees stop at a number of leaves.",
                "The trees are read out of the trained model and evaluated here.",
                "With fewer than twice records-per-leaf records, or where no feature varies, no split is possible and the "
                + "classifier answers with the class frequencies. Classes that do not occur get probability 0; with only one "
                + "class it is answered always.",
                "ML.NET sets up each fit anew, which takes most of the time of a small one: a fleet of hundreds of forests is "
                + "much slower than one of lightgbm.",
                "Deterministic on one system: one thread, a context of its own for each fit, and a seed from the key. ML.NET "
                + "sums in floating point with the machine's own instructions, so that bytes may differ between processor "
                + "types and library versions; this is not checked. A fit cannot be cancelled half-way.",
            ],
            "L. Breiman, Random forests, Machine Learning 45, 2001; ML.NET, FastForestBinaryTrainer."),
        options => new FastForestLearner(options));

    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        TrainingData.RequireRecords(data.Count);
        context.Cancellation.ThrowIfCancellationRequested();
        var classes = TrainingData.Present(data).ToArray();
        var columns = data.Features.Columns;
        if (classes.Length == 1) return TrainingData.OnlyClass(columns, data.ClassCount, classes[0]);
        if (data.Count < 2 * _settings.RecordsPerLeaf)
        {
            return TrainingData.OnlyFrequencies(
                data, $"{data.Count} records cannot be split into leaves of {_settings.RecordsPerLeaf}.");
        }
        if (!TrainingData.AnyVaries(data.Features)) return TrainingData.OnlyFrequencies(data, "No feature varies.");
        var seed = (int)(context.Key.Derive("fast-forest").Open().NextUInt64() & int.MaxValue);
        var weights = ClassWeights.OfRecords(_weighting, data);
        var questions = classes.Length == 2 ? classes[1..] : classes;
        var forests = new BinaryTrees[questions.Length];
        for (var k = 0; k < questions.Length; k++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            forests[k] = Fit(data, questions[k], weights, seed);
        }
        var trees = forests.Sum(forest => forest.Count);
        return new TreeClassifier(
            forests, classes, columns, data.ClassCount,
            new FitDiagnostics("FastForest", trees, trees, double.NaN, double.NaN, true));
    }

    private BinaryTrees Fit(LabelledData data, int question, float[]? weights, int seed)
    {
        var labels = new bool[data.Count];
        for (var i = 0; i < labels.Length; i++) labels[i] = data.Labels[i] == question;
        try
        {
            return FastForestTraining.Fit(data.Features, labels, _settings, seed, weights);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new TrainingException($"FastForest cannot train on these records: {e.Message}");
        }
    }
}
