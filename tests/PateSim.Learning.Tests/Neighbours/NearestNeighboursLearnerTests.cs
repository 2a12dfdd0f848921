using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Learning.Neighbours;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Neighbours;

public sealed class NearestNeighboursLearnerTests : LearnerContract
{
    protected override Component<ILearner> Component => NearestNeighboursLearner.Component("teacher");

    protected override bool UsesRandomness => false;

    // Nothing is optimised.
    protected override bool HasLoss => false;

    public override IEnumerable<(string Option, object Value)> BadOptions =>
        [("k", 0L), ("weights", "inverse"), ("class-weight", "even")];

    // KNeighborsClassifier(5) of scikit-learn 1.2.1 on Records.Along(60, 4, 3, 5), asked for Records.Along(8, 4, 3, 6):
    // there are no ties among real-valued features.
    [Fact]
    public void Shares_are_those_of_the_k_nearest()
    {
        var data = Records.Along(60, 4, 3, 5);
        var probe = Records.Along(8, 4, 3, 6).Features;
        var got = Learner.Fit(data, Records.Context()).Probabilities(probe);
        for (var i = 0; i < probe.Rows; i++)
        {
            // The definition, in double precision.
            var nearest = Enumerable.Range(0, data.Count).OrderBy(j => Enumerable.Range(0, 4).Sum(
                c => Math.Pow((double)probe.Row(i)[c] - data.Features.Row(j)[c], 2))).Take(5).ToList();
            for (var k = 0; k < 3; k++)
                Assert.Equal(nearest.Count(j => data.Labels[j] == k) / 5.0, got[i * 3 + k], 1e-6);
        }
    }

    [Fact]
    public void The_order_of_the_records_changes_nothing_even_where_many_tie()
    {
        var features = new float[] { 0, 0, 1, 1, 1, 1, 2 };
        var data = new LabelledData(new FeatureMatrix(7, 1, features), [0, 1, 0, 1, 1, 0, 1], 2);
        var turned = data.Select([6, 5, 4, 3, 2, 1, 0]);
        var probe = new FeatureMatrix(3, 1, [0, 0.5f, 1]);
        var learner = Component.With(("k", 3L)).Instance;
        var one = learner.Fit(data, Records.Context()).Probabilities(probe);
        Assert.Equal(one, learner.Fit(turned, Records.Context()).Probabilities(probe));
        // At 0: two at distance 0, one place shared by four at distance 1, half of them of each class.
        Assert.Equal([0.5f, 0.5f], one[..2]);
    }

    [Fact]
    public void Votes_by_distance_listen_to_the_nearest_more_and_to_equal_records_alone()
    {
        var data = new LabelledData(new FeatureMatrix(3, 1, [0, 1, 4]), [0, 1, 1], 2);
        var learner = Component.With(("k", 3L), ("weights", "distance")).Instance;
        var got = learner.Fit(data, Records.Context()).Probabilities(new FeatureMatrix(2, 1, [0, 2]));
        Assert.Equal([1f, 0f], got[..2]);
        // Votes 1/2 for 0; 1/1 + 1/2 for 1.
        Assert.Equal(0.25f, got[2], 1e-6f);
    }

    [Fact]
    public void Balanced_weights_raise_the_rare_class()
    {
        var data = new LabelledData(
            new FeatureMatrix(10, 1, new float[10]), [0, 0, 0, 0, 0, 0, 0, 0, 1, 1], 2);
        var learner = Component.With(("k", 10L), ("class-weight", "balanced")).Instance;
        Assert.Equal(0.5f, learner.Fit(data, Records.Context()).Probabilities(data.Features)[1], 1e-6f);
    }
}
