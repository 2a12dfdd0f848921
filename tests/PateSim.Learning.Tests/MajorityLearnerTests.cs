using PateSim.Core.Features;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests;

public sealed class MajorityLearnerTests
{
    private static readonly ILearner Learner = MajorityLearner.Component("teacher").With().Instance;

    [Fact]
    public void Class_frequencies_are_answered_whatever_is_asked()
    {
        var data = new LabelledData(Records.Matrix(10, 3, 1), [1, 1, 1, 1, 1, 1, 2, 2, 2, 0], 4);
        var classifier = Learner.Fit(data, Records.Context());
        var got = classifier.Probabilities(Records.Matrix(2, 3, 2));
        Assert.Equal([0.1f, 0.6f, 0.3f, 0f, 0.1f, 0.6f, 0.3f, 0f], got);
        Assert.Equal([1, 1], classifier.Predictions(Records.Matrix(2, 3, 2)));
    }

    [Fact]
    public void Two_records_of_one_class_are_enough_and_none_is_too_few()
    {
        var data = new LabelledData(Records.Matrix(2, 3, 1), [2, 2], 3);
        Assert.Equal([2], Learner.Fit(data, Records.Context()).Predictions(Records.Matrix(1, 3, 2)));
        var empty = new LabelledData(new FeatureMatrix(0, 3, []), [], 2);
        Assert.Throws<TrainingException>(() => Learner.Fit(empty, Records.Context()));
    }

    [Fact]
    public void The_loss_is_the_entropy_of_the_labels()
    {
        var data = new LabelledData(Records.Matrix(4, 3, 1), [0, 1, 1, 1], 2);
        var diagnostics = ((IDiagnosedClassifier)Learner.Fit(data, Records.Context())).Diagnostics;
        Assert.Equal(-(0.25 * Math.Log(0.25) + 0.75 * Math.Log(0.75)), diagnostics.Loss, 1e-6);
    }
}
