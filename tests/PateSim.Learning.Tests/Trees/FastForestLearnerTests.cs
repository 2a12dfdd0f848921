using Microsoft.ML.Data;
using PateSim.Core.Components;
using PateSim.Learning.Tests.Support;
using PateSim.Learning.Trees;

namespace PateSim.Learning.Tests.Trees;

public sealed class FastForestLearnerTests : LearnerContract
{
    // A small forest, so that the tests are fast.
    protected override Component<ILearner> Component
    {
        get
        {
            var component = FastForestLearner.Component("teacher");
            var trees = OptionSpec.Integer("trees", "Trees of the forest.", 10, 1, 100_000);
            return component with
            {
                Descriptor = component.Descriptor with
                {
                    Options = [trees, .. component.Descriptor.Options.Where(o => o.Name != "trees")],
                },
            };
        }
    }

    protected override bool UsesRandomness => true;

    protected override double SeparableAccuracy => 0.9;

    protected override bool HasLoss => false;

    public override IEnumerable<(string Option, object Value)> BadOptions =>
    [
        ("trees", 0L), ("leaves", 1L), ("records-per-leaf", 0L), ("feature-share", 0.0), ("record-share", 0.0),
        ("class-weight", "even"),
    ];

    [Fact]
    public void Our_trees_give_the_scores_of_ml_net()
    {
        var data = Records.Clouds(300, 12, 2, 3, distance: 1);
        var labels = data.Labels.Select(y => y == 1).ToArray();
        var settings = new FastForestSettings(20, 16, 2, 0.5, 0.7);
        var ours = FastForestTraining.Fit(data.Features, labels, settings, 7, null);
        var transformer = FastForestTraining.FitModel(data.Features, labels, settings, 7, null);
        var probe = Records.Clouds(200, 12, 2, 4, distance: 1).Features;
        var scores = transformer.Transform(new MatrixView(probe, new bool[200])).GetColumn<float>("Score").ToArray();
        Assert.True(scores.Distinct().Count() > 50);
        for (var i = 0; i < 200; i++) Assert.Equal(scores[i], (float)ours.Score(probe.Row(i)), 1e-4f);
    }

    [Fact]
    public void A_leaf_holds_its_share_of_yes_as_a_number_from_minus_1_to_1()
    {
        // One feature with two values: 30 of 40 are yes on one side, 10 of 60 on the other. Every tree sees all records.
        var features = new PateSim.Core.Features.FeatureMatrix(100, 1, [.. Enumerable.Range(0, 100).Select(i => i < 40 ? 1f : 0f)]);
        bool[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 30 || (i >= 40 && i < 50))];
        var forest = FastForestTraining.Fit(features, labels, new FastForestSettings(5, 2, 2, 1, 1), 7, null);
        Assert.Equal(5, forest.Count);
        foreach (var leaf in forest.Leaves) Assert.True(Math.Abs(leaf - 0.5) < 1e-5 || Math.Abs(leaf + 2 / 3.0) < 1e-5, $"{leaf}");
        Assert.Equal(0.75f, forest.Probability([1f]), 1e-5f);
        Assert.Equal(1 / 6f, forest.Probability([0f]), 1e-5f);
    }

    [Fact]
    public void Balanced_weights_raise_the_rare_class()
    {
        var all = Records.Clouds(300, 6, 2, 3, distance: 1);
        var data = all.Select([.. Enumerable.Range(0, 300).Where(i => all.Labels[i] == 0 || i < 60)]);
        double Rare(string weight) => Component.With(("class-weight", weight)).Instance
            .Fit(data, Records.Context()).Predictions(all.Features).Count(label => label == 1);
        Assert.True(Rare("balanced") > 1.5 * Rare("none"));
    }
}
