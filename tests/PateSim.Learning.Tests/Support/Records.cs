using System.Collections.Immutable;
using PateSim.Core.Features;
using PateSim.Core.Randomness;

namespace PateSim.Learning.Tests.Support;

/// <summary>Small made-up data.</summary>
internal static class Records
{
    /// <summary>The first values of x ← 6364136223846793005·x + 1442695040888963407 mod 2⁶⁴ from a seed, each
    /// (x ≫ 40)/2²³ − 1: a generator that another language repeats exactly.</summary>
    public static double[] Sequence(int count, ulong seed)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            seed = unchecked(6364136223846793005UL * seed + 1442695040888963407UL);
            values[i] = (seed >> 40) / 8388608.0 - 1;
        }
        return values;
    }

    /// <summary>Two or three classes along 2x₀ − x₁ with noise; features uniform on [−1, 1).</summary>
    public static LabelledData Along(int rows, int columns, int classes, ulong seed)
    {
        var values = Sequence(rows * columns + rows, seed);
        var features = values[..(rows * columns)].Select(v => (float)v).ToArray();
        var labels = ImmutableArray.CreateBuilder<int>(rows);
        for (var i = 0; i < rows; i++)
        {
            double x0 = features[i * columns], x1 = features[i * columns + 1], noise = values[rows * columns + i];
            if (classes == 2)
            {
                double x2 = features[i * columns + 2];
                labels.Add(x0 * 2 - x1 + 0.5 * x2 * x0 + noise * 0.8 > 0.1 ? 1 : 0);
            }
            else
            {
                var s = x0 * 2 - x1 + noise * 0.8;
                labels.Add(s < -0.7 ? 0 : s < 0.6 ? 1 : 2);
            }
        }
        return new LabelledData(new FeatureMatrix(rows, columns, features), labels.MoveToImmutable(), classes);
    }

    /// <summary>Normal clouds, one for each class, whose centres are so far apart that few records overlap.</summary>
    public static LabelledData Clouds(int rows, int columns, int classes, long seed, double distance = 4)
    {
        var stream = RandomKey.FromSeed(seed).Open();
        var centres = Enumerable.Range(0, classes * columns).Select(_ => stream.NextGaussian()).ToArray();
        var features = new float[rows * columns];
        var labels = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            labels[i] = i % classes;
            for (var j = 0; j < columns; j++)
            {
                var centre = centres[labels[i] * columns + j] * distance / Math.Sqrt(columns);
                features[i * columns + j] = (float)(centre + stream.NextGaussian());
            }
        }
        return new LabelledData(new FeatureMatrix(rows, columns, features), [.. labels], classes);
    }

    /// <summary>n values uniform on [−1, 1).</summary>
    public static float[] Uniform(int count, long seed)
    {
        var stream = RandomKey.FromSeed(seed).Open();
        return Enumerable.Range(0, count).Select(_ => (float)(2 * stream.NextUnit() - 1)).ToArray();
    }

    public static FeatureMatrix Matrix(int rows, int columns, long seed) =>
        new(rows, columns, Uniform(rows * columns, seed));

    public static float[] Probabilities(this IClassifier classifier, FeatureMatrix features)
    {
        var result = new float[features.Rows * classifier.ClassCount];
        classifier.Probabilities(features, result);
        return result;
    }

    public static int[] Predictions(this IClassifier classifier, FeatureMatrix features)
    {
        var result = new int[features.Rows];
        classifier.Predict(features, result);
        return result;
    }

    public static double Accuracy(this IClassifier classifier, LabelledData data) =>
        classifier.Predictions(data.Features).Zip(data.Labels, (p, y) => p == y ? 1.0 : 0).Average();

    public static TrainingContext Context(long seed = 1, int threads = 1) => new(RandomKey.FromSeed(seed), threads);
}
