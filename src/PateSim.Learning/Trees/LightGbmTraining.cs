using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.LightGbm;
using PateSim.Core.Features;

namespace PateSim.Learning.Trees;

/// <summary>The settings of one LightGBM fit.</summary>
internal sealed record LightGbmSettings(
    int Trees, int Leaves, int RecordsPerLeaf, double LearningRate, double L2, double FeatureShare);

/// <summary>The only place that touches ML.NET, so that a process without tree learners never loads it.</summary>
internal static class LightGbmTraining
{
    /// <summary>Fits one yes-or-no question on one thread, in a context of its own.</summary>
    public static BinaryTrees Fit(FeatureMatrix features, bool[] labels, LightGbmSettings settings, int seed)
    {
        var (_, calibrated) = FitModel(features, labels, settings, seed);
        return Flatten(calibrated.SubModel, calibrated.Calibrator);
    }

    /// <summary>The same fit as ML.NET's own transformer.</summary>
    internal static (ITransformer Transformer,
        CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator> Model) FitModel(
            FeatureMatrix features, bool[] labels, LightGbmSettings settings, int seed)
    {
        var context = new MLContext(seed);
        var options = new LightGbmBinaryTrainer.Options
        {
            NumberOfIterations = settings.Trees,
            NumberOfLeaves = settings.Leaves,
            MinimumExampleCountPerLeaf = settings.RecordsPerLeaf,
            LearningRate = settings.LearningRate,
            Sigmoid = 1,
            NumberOfThreads = 1,
            Deterministic = true,
            ForceColumnWise = true,
            Seed = seed,
            UseCategoricalSplit = false,
            HandleMissingValue = false,
            Booster = new GradientBooster.Options
            {
                L2Regularization = settings.L2,
                FeatureFraction = settings.FeatureShare,
                MinimumChildWeight = 1e-3,
            },
        };
        var transformer = context.BinaryClassification.Trainers.LightGbm(options).Fit(new MatrixView(features, labels));
        return (transformer, transformer.Model);
    }

    private static BinaryTrees Flatten(LightGbmBinaryModelParameters model, PlattCalibrator calibrator)
    {
        var ensemble = model.TrainedTreeEnsemble;
        List<int> roots = [], splits = [], left = [], right = [];
        List<float> thresholds = [];
        List<double> leaves = [];
        for (var t = 0; t < ensemble.Trees.Count; t++)
        {
            var tree = ensemble.Trees[t];
            var (firstNode, firstLeaf) = (splits.Count, leaves.Count);
            int Place(int child) => child >= 0 ? child + firstNode : ~(~child + firstLeaf);
            roots.Add(tree.NumberOfNodes > 0 ? firstNode : ~firstLeaf);
            for (var node = 0; node < tree.NumberOfNodes; node++)
            {
                splits.Add(tree.NumericalSplitFeatureIndexes[node]);
                thresholds.Add(tree.NumericalSplitThresholds[node]);
                left.Add(Place(tree.LeftChild[node]));
                right.Add(Place(tree.RightChild[node]));
            }
            foreach (var leaf in tree.LeafValues) leaves.Add(leaf * ensemble.TreeWeights[t]);
        }
        var offset = calibrator.Offset + calibrator.Slope * ensemble.Bias;
        return new BinaryTrees(
            [.. roots], [.. splits], [.. thresholds], [.. left], [.. right], [.. leaves], calibrator.Slope, offset);
    }
}
