using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;

namespace PateSim.Learning.Trees;

/// <summary>Gradient-boosted trees by LightGBM; see <see cref="Component"/>.</summary>
public sealed class LightGbmLearner : ILearner
{
    private static readonly ImmutableArray<OptionSpec> Options =
    [
        OptionSpec.Integer("trees", "Boosting rounds.", 50, minimum: 1, maximum: 100_000),
        OptionSpec.Integer("leaves", "Most leaves of a tree.", 8, minimum: 2, maximum: 65536),
        OptionSpec.Integer(
            "records-per-leaf", "Fewest training records of a leaf.", 5, minimum: 1, maximum: 1_000_000),
        OptionSpec.Real(
            "learning-rate", "Shrinkage η of each tree.", 0.1, minimum: 0, maximum: 10, exclusive: true),
        OptionSpec.Real("l2", "Penalty λ on squared leaf values.", 1, minimum: 0, maximum: 1e9),
        OptionSpec.Real(
            "feature-share", "Share of the features that each tree may use, drawn at random.", 1, minimum: 0.01,
            maximum: 1),
        ClassWeights.Spec,
    ];

    private readonly LightGbmSettings _settings;
    private readonly ClassWeighting _weighting;

    internal LightGbmLearner(OptionValues options)
    {
        _settings = new LightGbmSettings(
            options.Int32("trees"), options.Int32("leaves"), options.Int32("records-per-leaf"),
            options.Real("learning-rate"), options.Real("l2"), options.Real("feature-share"));
        _weighting = ClassWeights.From(options);
    }

    /// <summary>The component of a kind ("teacher", "clone").</summary>
    public static Component<ILearner> Component(string kind) => new(
        new ComponentDescriptor(
            kind, "lightgbm", "Gradient-boosted decision trees by LightGBM, with settings for small hospitals.",
            Options,
            [
                "Boosts regression trees on the logistic loss through ML.NET's LightGBM trainer: each fit has a "
                + "context of its own and one thread. Two classes take one ensemble, p = 1/(1 + e^−Σ leaf). More "
                + "classes take one ensemble for each against the rest, and the probabilities are divided by their "
                + "sum.",
                "The trees are read out of the trained model and evaluated here; scores agree with ML.NET's.",
                "The defaults suit about a hundred records: LightGBM's own 20 records per leaf and 31 leaves leave "
                + "such data almost unsplit. With fewer than twice records-per-leaf records, or where no feature "
                + "varies, no split is possible and the classifier answers with the class frequencies.",
                "Classes that do not occur among the labels get probability 0. If only one class occurs, the "
                + "classifier always answers with it.",
                "Deterministic on one system: the same data and key gave the same bytes in repeated and in concurrent "
                + "fits and in separate processes. LightGBM sums in floating point with the machine's own "
                + "instructions, so that bytes may differ between processor types and library versions; this is not "
                + "checked. A fit cannot be cancelled half-way.",
            ],
            "G. Ke et al., LightGBM: a highly efficient gradient boosting decision tree, NeurIPS 2017."),
        options => new LightGbmLearner(options));

    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        TrainingData.RequireRecords(data.Count);
        context.Cancellation.ThrowIfCancellationRequested();
        var classes = TrainingData.Present(data).ToArray();
        var columns = data.Features.Columns;
        if (classes.Length == 1) return TrainingData.OnlyClass(columns, data.ClassCount, classes[0]);
        if (data.Count < 2 * _settings.RecordsPerLeaf)
            return TrainingData.OnlyFrequencies(
                data, $"{data.Count} records cannot be split into leaves of {_settings.RecordsPerLeaf}.");
        if (!TrainingData.AnyVaries(data.Features)) return TrainingData.OnlyFrequencies(data, "No feature varies.");
        var seed = (int)(context.Key.Derive("lightgbm").Open().NextUInt64() & int.MaxValue);
        var questions = classes.Length == 2 ? classes[1..] : classes;
        var weights = ClassWeights.OfRecords(_weighting, data);
        var ensembles = new BinaryTrees[questions.Length];
        for (var k = 0; k < questions.Length; k++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            ensembles[k] = Fit(data, questions[k], weights, seed);
        }
        var trees = ensembles.Sum(e => e.Count);
        var loss = MeanLoss(data, ensembles, classes);
        var diagnostics = new FitDiagnostics("LightGBM", trees, trees, loss, double.NaN, true);
        return new TreeClassifier(ensembles, classes, columns, data.ClassCount, diagnostics);
    }

    private BinaryTrees Fit(LabelledData data, int question, float[]? weights, int seed)
    {
        var labels = new bool[data.Count];
        for (var i = 0; i < labels.Length; i++) labels[i] = data.Labels[i] == question;
        try
        {
            return LightGbmTraining.Fit(data.Features, labels, _settings, seed, weights);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new TrainingException($"LightGBM cannot train on these records: {e.Message}");
        }
    }

    private static double MeanLoss(LabelledData data, BinaryTrees[] ensembles, int[] classes)
    {
        var classifier = new TreeClassifier(
            ensembles, classes, data.Features.Columns, data.ClassCount,
            new FitDiagnostics("LightGBM", 0, 0, double.NaN, double.NaN, true));
        var probabilities = new float[data.Count * data.ClassCount];
        classifier.Probabilities(data.Features, probabilities);
        var loss = 0.0;
        for (var i = 0; i < data.Count; i++)
            loss -= Numerics.FloatMath.Log(probabilities[i * data.ClassCount + data.Labels[i]]);
        return loss / data.Count;
    }
}
