using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Features;

namespace PateSim.Learning;

/// <summary>Checks that every learner makes before it fits.</summary>
internal static class TrainingData
{
    /// <summary>How far a row of soft targets may be from a sum of 1.</summary>
    private const float SumTolerance = 1e-4f;

    /// <exception cref="TrainingException">There is no record.</exception>
    public static void RequireRecords(int rows)
    {
        if (rows == 0) throw new TrainingException("There is no record to train on; at least one is needed.");
    }

    /// <summary>The classes that occur, in ascending order.</summary>
    public static ImmutableArray<int> Present(LabelledData data)
    {
        var seen = new bool[data.ClassCount];
        foreach (var label in data.Labels) seen[label] = true;
        return Indices(seen);
    }

    /// <summary>The classes that have a positive target somewhere, in ascending order.</summary>
    /// <exception cref="TrainingException">The targets do not fit the records or are no distributions.</exception>
    public static ImmutableArray<int> Present(FeatureMatrix features, ReadOnlySpan<float> targets, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (targets.Length != (long)features.Rows * classCount)
            throw new TrainingException(
                $"There are {targets.Length} soft targets; {features.Rows} records of {classCount} classes need "
                + $"{(long)features.Rows * classCount}.");
        var seen = new bool[classCount];
        for (var row = 0; row < features.Rows; row++)
        {
            var sum = 0f;
            for (var k = 0; k < classCount; k++)
            {
                var target = targets[row * classCount + k];
                if (!(target >= 0))
                    throw new TrainingException(
                        $"The soft target of record {row}, class {k} is {Show(target)}; a target is at least 0.");
                sum += target;
                seen[k] |= target > 0;
            }
            if (!(Math.Abs(sum - 1) <= SumTolerance))
                throw new TrainingException($"The soft targets of record {row} sum to {Show(sum)}; they sum to 1.");
        }
        return Indices(seen);
    }

    /// <summary>A classifier that is sure of the only class that occurs.</summary>
    public static ConstantClassifier OnlyClass(int featureCount, int classCount, int only)
    {
        var probabilities = new float[classCount];
        probabilities[only] = 1;
        return new ConstantClassifier(
            featureCount, probabilities,
            new FitDiagnostics("none", 0, 0, 0, 0, true, $"Every record is of class {only}: nothing was fitted."));
    }

    /// <summary>The share of the records that each class has, shape [c].</summary>
    public static float[] Frequencies(LabelledData data)
    {
        var counts = new int[data.ClassCount];
        foreach (var label in data.Labels) counts[label]++;
        return Array.ConvertAll(counts, count => (float)(count / (double)data.Count));
    }

    /// <summary>Whether two records differ in some feature.</summary>
    public static bool AnyVaries(FeatureMatrix features)
    {
        var first = features.Row(0);
        for (var row = 1; row < features.Rows; row++)
        {
            if (!features.Row(row).SequenceEqual(first)) return true;
        }
        return false;
    }

    /// <summary>A classifier that answers with the class frequencies, for a reason.</summary>
    public static ConstantClassifier OnlyFrequencies(LabelledData data, string reason) => new(
        data.Features.Columns, Frequencies(data),
        new FitDiagnostics(
            "none", 0, 0, double.NaN, double.NaN, true, reason + " The class frequencies are the answer."));

    private static string Show(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static ImmutableArray<int> Indices(bool[] seen)
    {
        var indices = ImmutableArray.CreateBuilder<int>();
        for (var k = 0; k < seen.Length; k++)
        {
            if (seen[k]) indices.Add(k);
        }
        return indices.ToImmutable();
    }
}
