using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;

namespace PateSim.Learning.Neighbours;

/// <summary>k-nearest neighbours; see <see cref="Component"/>.</summary>
public sealed class NearestNeighboursLearner : ILearner
{
    private static readonly ImmutableArray<OptionSpec> Options =
    [
        OptionSpec.Integer("k", "Neighbours that vote.", 5, minimum: 1, maximum: 100_000),
        OptionSpec.Choice(
            "weights", "What a neighbour's vote counts: uniform, 1; distance, the inverse of its distance.", "uniform",
            "uniform", "distance"),
        ClassWeights.Spec,
    ];

    private readonly int _k;
    private readonly bool _byDistance;
    private readonly ClassWeighting _weighting;

    internal NearestNeighboursLearner(OptionValues options) => (_k, _byDistance, _weighting) =
        (options.Int32("k"), options.Text("weights") == "distance", ClassWeights.From(options));

    /// <summary>The component of a kind ("teacher").</summary>
    public static Component<ILearner> Component(string kind) => new(
        new ComponentDescriptor(
            kind, "knn", "k-nearest neighbours by Euclidean distance.", Options,
            [
                "The probability of class k is the share of the votes of the k nearest training records that have it. With "
                + "fewer records than k all of them vote. Where several records tie for the last places, they share them, so "
                + "that the order of the records changes nothing; scikit-learn takes whichever its search meets first.",
                "weights = distance counts a neighbour 1/d; where some lie at distance 0, they alone vote. class-weight = "
                + "balanced multiplies each vote by the weight of its class.",
                "Distances are those of the features as they come, in single precision: bring them to comparable scale "
                + "before. The search compares with every record: n·d multiplications for each prediction.",
                "The model is the training records themselves: a teacher stays in its hospital, and this one must.",
                "Classes that do not occur get probability 0.",
                "Deterministic: no randomness is used, and the bytes do not depend on threads.",
            ],
            "T. Cover, P. Hart, Nearest neighbor pattern classification, IEEE Trans. Information Theory 13, 1967."),
        options => new NearestNeighboursLearner(options));

    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        TrainingData.RequireRecords(data.Count);
        context.Cancellation.ThrowIfCancellationRequested();
        var present = TrainingData.Present(data);
        if (present.Length == 1) return TrainingData.OnlyClass(data.Features.Columns, data.ClassCount, present[0]);
        var note = data.Count < _k ? $"All {data.Count} records vote, as there are fewer than k = {_k}." : "";
        return new NearestNeighboursClassifier(
            data, Math.Min(_k, data.Count), _byDistance, ClassWeights.Of(_weighting, data),
            new FitDiagnostics("none", 0, 0, double.NaN, double.NaN, true, note));
    }
}
