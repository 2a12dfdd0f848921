using Microsoft.ML.Data;
using PateSim.Core.Components;
using PateSim.Learning.Tests.Support;
using PateSim.Learning.Trees;

namespace PateSim.Learning.Tests.Trees;

public sealed class LightGbmLearnerTests : LearnerContract
{
    protected override Component<ILearner> Component => LightGbmLearner.Component("teacher");

    // Without a share of features LightGBM draws nothing.
    protected override bool UsesRandomness => false;

    protected override double SeparableAccuracy => 0.9;

    public override IEnumerable<(string Option, object Value)> BadOptions =>
    [
        ("trees", 0L), ("leaves", 1L), ("records-per-leaf", 0L), ("learning-rate", 0.0), ("l2", -1.0),
        ("feature-share", 0.0),
    ];

    [Fact]
    public void Our_trees_give_the_scores_of_ml_net()
    {
        var data = Records.Clouds(300, 12, 2, 3, distance: 1);
        var labels = data.Labels.Select(y => y == 1).ToArray();
        var settings = new LightGbmSettings(40, 8, 5, 0.1, 1, 1);
        var ours = LightGbmTraining.Fit(data.Features, labels, settings, 7);
        var (transformer, _) = LightGbmTraining.FitModel(data.Features, labels, settings, 7);
        var probe = Records.Clouds(500, 12, 2, 4, distance: 1).Features;
        var scored = transformer.Transform(new MatrixView(probe, new bool[500]));
        var scores = scored.GetColumn<float>("Score").ToArray();
        var probabilities = scored.GetColumn<float>("Probability").ToArray();
        Assert.Equal(500, scores.Length);
        Assert.True(scores.Distinct().Count() > 100);
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(scores[i], (float)ours.Score(probe.Row(i)), 1e-6f);
            Assert.Equal(probabilities[i], ours.Probability(probe.Row(i)), 1e-6f);
        }
    }

    [Fact]
    public void Repeated_fits_have_the_same_trees_to_the_byte()
    {
        var data = Records.Clouds(130, 104, 2, 3, distance: 1);
        var learner = Component.With(("feature-share", 0.5)).Instance;
        TreeClassifier Fit() => (TreeClassifier)learner.Fit(data, Records.Context());
        var first = Fit().Ensembles[0];
        for (var i = 0; i < 5; i++)
        {
            var again = Fit().Ensembles[0];
            Assert.Equal(first.Thresholds.ToArray(), again.Thresholds.ToArray());
            Assert.Equal(first.Leaves.ToArray(), again.Leaves.ToArray());
        }
    }

    [Fact]
    public void A_share_of_the_features_is_drawn_by_the_key()
    {
        var data = Records.Clouds(130, 30, 2, 3, distance: 1);
        var learner = Component.With(("feature-share", 0.3)).Instance;
        var one = learner.Fit(data, Records.Context(seed: 1)).Probabilities(data.Features);
        Assert.NotEqual(one, learner.Fit(data, Records.Context(seed: 2)).Probabilities(data.Features));
    }

    [Fact]
    public void Too_few_records_for_two_leaves_give_the_class_frequencies()
    {
        var data = Records.Clouds(9, 3, 3, 1);
        var fitted = (IDiagnosedClassifier)Learner.Fit(data, Records.Context());
        Assert.Contains("9 records", fitted.Diagnostics.Note, StringComparison.Ordinal);
        Assert.All(fitted.Probabilities(data.Features), p => Assert.Equal(1 / 3f, p, 1e-6f));
    }

    [Fact]
    public void Balanced_weights_raise_the_rare_class()
    {
        var all = Records.Clouds(300, 6, 2, 3, distance: 1);
        var data = all.Select([.. Enumerable.Range(0, 300).Where(i => all.Labels[i] == 0 || i < 60)]);
        int Rare(string weight) => Component.With(("class-weight", weight)).Instance
            .Fit(data, Records.Context()).Predictions(all.Features).Count(label => label == 1);
        var (balanced, none) = (Rare("balanced"), Rare("none"));
        Assert.True(balanced > 1.2 * none, $"{balanced} of 300 with weights, {none} without");
    }
}
