using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Trees;

/// <summary>How the sum of the leaves becomes a probability.</summary>
internal enum TreeLink
{
    /// <summary>p = 1 / (1 + exp(slope · Σ leaf + offset)).</summary>
    Logistic,

    /// <summary>p = slope · Σ leaf + offset, cut at 0 and 1.</summary>
    Identity,
}

/// <summary>An ensemble for one yes-or-no question, laid out in flat arrays.</summary>
/// <remarks>A record goes left where its feature is at most the threshold.
/// Children at least 0 are nodes, the others are leaves, ~child.</remarks>
internal sealed class BinaryTrees(
    int[] roots, int[] features, float[] thresholds, int[] left, int[] right, double[] leaves, double slope,
    double offset, TreeLink link = TreeLink.Logistic)
{
    /// <summary>Number of trees.</summary>
    public int Count => roots.Length;

    /// <summary>Thresholds of all nodes, tree after tree.</summary>
    public ReadOnlySpan<float> Thresholds => thresholds;

    /// <summary>Values of all leaves, tree after tree.</summary>
    public ReadOnlySpan<double> Leaves => leaves;

    /// <summary>The sum of the leaves that a record falls into.</summary>
    public double Score(ReadOnlySpan<float> record)
    {
        var sum = 0.0;
        foreach (var root in roots)
        {
            var node = root;
            while (node >= 0) node = record[features[node]] <= thresholds[node] ? left[node] : right[node];
            sum += leaves[~node];
        }
        return sum;
    }

    /// <summary>The probability of yes, in [0, 1].</summary>
    public float Probability(ReadOnlySpan<float> record)
    {
        if (link == TreeLink.Identity) return (float)Math.Clamp(slope * Score(record) + offset, 0, 1);
        var exponent = (float)(slope * (float)Score(record) + offset);
        var small = FloatMath.Exp(-Math.Abs(exponent));
        return exponent > 0 ? small / (1 + small) : 1 / (1 + small);
    }
}

/// <summary>Trees for two classes, or one ensemble for each of several with the probabilities brought to sum 1.
/// </summary>
public sealed class TreeClassifier : Classifier
{
    private readonly BinaryTrees[] _ensembles;
    private readonly int[] _classes;

    /// <param name="ensembles">One for the higher of two classes, or one for each class.</param>
    /// <param name="classes">The classes that occur.</param>
    internal TreeClassifier(
        BinaryTrees[] ensembles, int[] classes, int featureCount, int classCount, FitDiagnostics diagnostics)
        : base(featureCount, classCount, diagnostics) => (_ensembles, _classes) = (ensembles, classes);

    internal IReadOnlyList<BinaryTrees> Ensembles => _ensembles;

    private protected override void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        probabilities.Clear();
        for (var row = 0; row < rows; row++)
        {
            var record = features.Row(first + row);
            var result = probabilities.Slice(row * ClassCount, ClassCount);
            if (_ensembles.Length == 1)
            {
                var yes = _ensembles[0].Probability(record);
                (result[_classes[0]], result[_classes[1]]) = (1 - yes, yes);
                continue;
            }
            var sum = 0f;
            for (var k = 0; k < _classes.Length; k++)
                sum += result[_classes[k]] = _ensembles[k].Probability(record);
            for (var k = 0; k < _classes.Length; k++)
                result[_classes[k]] = sum > 0 ? result[_classes[k]] / sum : 1f / _classes.Length;
        }
    }
}
