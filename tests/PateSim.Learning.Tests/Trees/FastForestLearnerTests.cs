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
    public void Probabilities_are_shares_of_the_leaves()
    {
        // Where the feature says everything, the leaves are pure; where it says nothing, they have the frequencies.
        var data = Records.Clouds(200, 4, 2, 3, distance: 12);
        var probabilities = Learner.Fit(data, Records.Context()).Probabilities(data.Features);
        for (var i = 0; i < data.Count; i++) Assert.True(probabilities[i * 2 + data.Labels[i]] > 0.8);
    }
}
