using PateSim.Core.Features;
using PateSim.Learning;

namespace PateSim.Simulation.Tests.Support;

/// <summary>Nearest class mean: exact, fast, and needs no key.</summary>
internal sealed class CentroidLearner : ISoftLabelLearner
{
    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        var targets = new float[data.Count * data.ClassCount];
        for (var i = 0; i < data.Count; i++) targets[i * data.ClassCount + data.Labels[i]] = 1;
        return FitSoft(data.Features, targets, data.ClassCount, context);
    }

    public IClassifier FitSoft(
        FeatureMatrix features, ReadOnlyMemory<float> targets, int classCount, TrainingContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        var (sums, weights) = (new double[classCount, features.Columns], new double[classCount]);
        for (var i = 0; i < features.Rows; i++)
        {
            for (var k = 0; k < classCount; k++)
            {
                var weight = targets.Span[i * classCount + k];
                weights[k] += weight;
                for (var j = 0; j < features.Columns; j++) sums[k, j] += weight * features.Row(i)[j];
            }
        }
        for (var k = 0; k < classCount; k++)
        {
            for (var j = 0; j < features.Columns; j++) sums[k, j] /= Math.Max(weights[k], 1e-9);
        }
        return new Centroids(sums, weights, features.Columns);
    }

    private sealed class Centroids(double[,] means, double[] weights, int columns) : IClassifier
    {
        public int FeatureCount => columns;

        public int ClassCount => weights.Length;

        public void Probabilities(FeatureMatrix features, Span<float> probabilities)
        {
            for (var i = 0; i < features.Rows; i++)
            {
                var row = probabilities.Slice(i * ClassCount, ClassCount);
                float total = 0;
                for (var k = 0; k < ClassCount; k++)
                {
                    double distance = 0;
                    for (var j = 0; j < columns; j++) distance += Math.Pow(features.Row(i)[j] - means[k, j], 2);
                    row[k] = weights[k] > 0 ? (float)Math.Exp(-Math.Min(distance, 50)) : 0;
                    total += row[k];
                }
                for (var k = 0; k < ClassCount; k++) row[k] /= total;
            }
        }

        public void Predict(FeatureMatrix features, Span<int> labels)
        {
            var probabilities = new float[features.Rows * ClassCount];
            Probabilities(features, probabilities);
            for (var i = 0; i < labels.Length; i++)
                labels[i] = PateSim.Privacy.Mechanisms.Argmax.Of(
                    Array.ConvertAll(probabilities[(i * ClassCount)..((i + 1) * ClassCount)], p => (double)p));
        }
    }
}

/// <summary>Trains as another learner does, but throws for the records of some hospitals.</summary>
internal sealed class FailingLearner(Func<LabelledData, bool> fails, string reason) : ISoftLabelLearner
{
    private readonly CentroidLearner _learner = new();

    public IClassifier Fit(LabelledData data, TrainingContext context) =>
        fails(data) ? throw new TrainingException(reason) : _learner.Fit(data, context);

    public IClassifier FitSoft(
        FeatureMatrix features, ReadOnlyMemory<float> targets, int classCount, TrainingContext context) =>
        _learner.FitSoft(features, targets, classCount, context);
}

/// <summary>Trains as another learner does, after a call back with the number of the fit, from 1.</summary>
internal sealed class ObservedLearner(Action<int> beforeFit) : ISoftLabelLearner
{
    private readonly CentroidLearner _learner = new();
    private int _fits;

    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        beforeFit(Interlocked.Increment(ref _fits));
        return _learner.Fit(data, context);
    }

    public IClassifier FitSoft(
        FeatureMatrix features, ReadOnlyMemory<float> targets, int classCount, TrainingContext context)
    {
        beforeFit(Interlocked.Increment(ref _fits));
        return _learner.FitSoft(features, targets, classCount, context);
    }
}
