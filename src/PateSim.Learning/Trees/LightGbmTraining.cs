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
    /// <param name="weights">What each record counts, shape [n]; null for 1.</param>
    public static BinaryTrees Fit(
        FeatureMatrix features, bool[] labels, LightGbmSettings settings, int seed, float[]? weights = null)
    {
        var (_, calibrated) = FitModel(features, labels, settings, seed, weights);
        var (ensemble, calibrator) = (calibrated.SubModel.TrainedTreeEnsemble, calibrated.Calibrator);
        return FlatTrees.Of(
            ensemble.Trees, ensemble.TreeWeights, calibrator.Slope, calibrator.Offset + calibrator.Slope * ensemble.Bias);
    }

    /// <summary>The same fit as ML.NET's own transformer.</summary>
    internal static (ITransformer Transformer,
        CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator> Model) FitModel(
            FeatureMatrix features, bool[] labels, LightGbmSettings settings, int seed, float[]? weights = null)
    {
        var context = new MLContext(seed);
        var options = new LightGbmBinaryTrainer.Options
        {
            NumberOfIterations = settings.Trees,
            NumberOfLeaves = settings.Leaves,
            MinimumExampleCountPerLeaf = settings.RecordsPerLeaf,
            LearningRate = settings.LearningRate,
            Sigmoid = 1,
            ExampleWeightColumnName = weights is null ? null : MatrixView.WeightColumn,
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
        var transformer = context.BinaryClassification.Trainers.LightGbm(options).Fit(new MatrixView(features, labels, weights));
        return (transformer, transformer.Model);
    }
}
