using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using PateSim.Core.Features;

namespace PateSim.Learning.Trees;

/// <summary>The settings of one random forest.</summary>
internal sealed record FastForestSettings(int Trees, int Leaves, int RecordsPerLeaf, double FeatureShare, double Bag);

/// <summary>The only place that touches ML.NET's FastForest.</summary>
internal static class FastForestTraining
{
    /// <summary>Fits one yes-or-no question on one thread, in a context of its own.</summary>
    /// <param name="weights">What each record counts, shape [n]; null for 1.</param>
    public static BinaryTrees Fit(
        FeatureMatrix features, bool[] labels, FastForestSettings settings, int seed, float[]? weights)
    {
        var model = FitModel(features, labels, settings, seed, weights).Model;
        var ensemble = model.TrainedTreeEnsemble;
        // A leaf holds the mean of ±1 over its records: the mean over the trees is p − (1 − p).
        var scale = 0.5 / Math.Max(1, ensemble.Trees.Count);
        return FlatTrees.Of(
            ensemble.Trees, [.. Enumerable.Repeat(1.0, ensemble.Trees.Count)], scale, 0.5, TreeLink.Identity);
    }

    /// <summary>The same fit as ML.NET's own transformer.</summary>
    internal static Microsoft.ML.Data.BinaryPredictionTransformer<FastForestBinaryModelParameters> FitModel(
        FeatureMatrix features, bool[] labels, FastForestSettings settings, int seed, float[]? weights)
    {
        var context = new MLContext(seed);
        var options = new FastForestBinaryTrainer.Options
        {
            NumberOfTrees = settings.Trees,
            NumberOfLeaves = settings.Leaves,
            MinimumExampleCountPerLeaf = settings.RecordsPerLeaf,
            FeatureFractionPerSplit = settings.FeatureShare,
            FeatureFraction = 1,
            BaggingExampleFraction = settings.Bag,
            NumberOfQuantileSamples = 1,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
            AllowEmptyTrees = true,
            ExampleWeightColumnName = weights is null ? null : MatrixView.WeightColumn,
        };
        return context.BinaryClassification.Trainers.FastForest(options)
            .Fit(new MatrixView(features, labels, weights));
    }
}
