using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests;

/// <summary>What every learner promises, whatever it does inside.</summary>
public abstract class LearnerContract
{
    /// <summary>The component under test.</summary>
    protected abstract Component<ILearner> Component { get; }

    /// <summary>Fewest correct answers, as a share, on well-separated clouds that were not trained on.</summary>
    protected virtual double SeparableAccuracy => 0.95;

    /// <summary>Whether the fit has an objective that its diagnostics tell.</summary>
    protected virtual bool HasLoss => true;

    /// <summary>Whether the result may depend on the key.</summary>
    protected abstract bool UsesRandomness { get; }

    /// <summary>Values out of range or that do not fit together, one for each option that has such.</summary>
    public abstract IEnumerable<(string Option, object Value)> BadOptions { get; }

    protected ILearner Learner => Component.With().Instance;

    [Theory]
    [InlineData(2, 7)]
    [InlineData(3, 16)]
    [InlineData(10, 5)]
    public void Probabilities_are_distributions_and_predictions_their_largest_class(int classes, int columns)
    {
        var data = Records.Clouds(60, columns, classes, 3, distance: 1);
        var classifier = Learner.Fit(data, Records.Context());
        Assert.Equal((columns, classes), (classifier.FeatureCount, classifier.ClassCount));
        var probe = Records.Matrix(301, columns, 4);
        AssertDistributions(classifier, probe);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Separable_classes_are_learnt(int classes)
    {
        var all = Records.Clouds(400, 8, classes, 11, distance: 6);
        var train = all.Select(Enumerable.Range(0, 200).ToArray());
        var test = all.Select(Enumerable.Range(200, 200).ToArray());
        var accuracy = Learner.Fit(train, Records.Context()).Accuracy(test);
        Assert.True(accuracy >= SeparableAccuracy, $"accuracy {accuracy}");
    }

    [Theory]
    [InlineData(130, 104, 2)]
    [InlineData(700, 20, 2)]
    [InlineData(1200, 9, 3)]
    public void Same_data_and_key_give_the_same_bytes_on_any_number_of_threads(int rows, int columns, int classes)
    {
        var data = Records.Clouds(rows, columns, classes, 5, distance: 1);
        var probe = Records.Matrix(64, columns, 6);
        var expected = Learner.Fit(data, Records.Context()).Probabilities(probe);
        foreach (var threads in new[] { 1, 2, 8 })
            Assert.Equal(expected, Learner.Fit(data, Records.Context(threads: threads)).Probabilities(probe));
    }

    [Fact]
    public void Fits_side_by_side_on_one_learner_give_the_bytes_of_fits_one_by_one()
    {
        var learner = Learner;
        var probe = Records.Matrix(40, 12, 6);
        float[] Fit(int i) => learner
            .Fit(Records.Clouds(90, 12, 2 + i % 2, i, distance: 1), Records.Context(seed: i)).Probabilities(probe);
        var expected = Enumerable.Range(0, 12).Select(Fit).ToArray();
        var actual = new float[12][];
        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => actual[i] = Fit(i));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_key_matters_only_where_randomness_is_used()
    {
        var data = Records.Clouds(100, 6, 2, 5, distance: 1);
        var probe = Records.Matrix(64, 6, 6);
        var one = Learner.Fit(data, Records.Context(seed: 1)).Probabilities(probe);
        var other = Learner.Fit(data, Records.Context(seed: 2)).Probabilities(probe);
        Assert.Equal(UsesRandomness, !one.SequenceEqual(other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    public void A_single_class_is_answered_always(int rows)
    {
        var data = new LabelledData(Records.Matrix(rows, 5, 7), [.. Enumerable.Repeat(2, rows)], 3);
        var classifier = Learner.Fit(data, Records.Context());
        AssertDistributions(classifier, Records.Matrix(10, 5, 8));
        Assert.All(classifier.Predictions(data.Features), label => Assert.Equal(2, label));
    }

    [Fact]
    public void A_class_without_records_is_improbable_and_the_others_are_learnt()
    {
        var two = Records.Clouds(200, 6, 2, 9, distance: 6);
        var data = new LabelledData(two.Features, [.. two.Labels.Select(y => y * 3)], 5);
        var classifier = Learner.Fit(data, Records.Context());
        Assert.True(classifier.Accuracy(data) >= 0.95);
        var probabilities = classifier.Probabilities(data.Features);
        for (var i = 0; i < data.Count; i++)
            Assert.True(probabilities[i * 5 + 1] + probabilities[i * 5 + 2] + probabilities[i * 5 + 4] < 0.2);
    }

    [Fact]
    public void Three_of_five_classes_are_learnt()
    {
        var three = Records.Clouds(210, 6, 3, 9, distance: 8);
        var data = new LabelledData(three.Features, [.. three.Labels.Select(y => 4 - 2 * y)], 5);
        Assert.True(Learner.Fit(data, Records.Context()).Accuracy(data) >= 0.95);
    }

    [Fact]
    public void Two_records_of_two_classes_can_be_trained_on()
    {
        var data = new LabelledData(new FeatureMatrix(2, 3, [1, 0, 2, -1, 1, 0]), [0, 1], 2);
        AssertDistributions(Learner.Fit(data, Records.Context()), Records.Matrix(9, 3, 1));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(3f)]
    public void Constant_features_give_about_the_class_frequencies(float constant)
    {
        var features = new float[80 * 4];
        Array.Fill(features, constant);
        var data = new LabelledData(
            new FeatureMatrix(80, 4, features), [.. Enumerable.Range(0, 80).Select(i => i % 4 == 0 ? 1 : 0)], 2);
        var probabilities = Learner.Fit(data, Records.Context()).Probabilities(data.Features);
        Assert.InRange(probabilities[1], 0.15f, 0.35f);
    }

    [Fact]
    public void No_record_is_refused()
    {
        var empty = new LabelledData(new FeatureMatrix(0, 3, []), [], 2);
        var error = Assert.Throws<TrainingException>(() => Learner.Fit(empty, Records.Context()));
        Assert.Contains("record", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_another_width_and_buffers_of_another_length_are_refused()
    {
        var classifier = Learner.Fit(Records.Clouds(40, 4, 2, 1), Records.Context());
        Assert.Throws<ArgumentException>(() => classifier.Predict(Records.Matrix(3, 5, 1), new int[3]));
        Assert.Throws<ArgumentException>(() => classifier.Predict(Records.Matrix(3, 4, 1), new int[2]));
        Assert.Throws<ArgumentException>(() => classifier.Probabilities(Records.Matrix(3, 4, 1), new float[7]));
        classifier.Predict(Records.Matrix(0, 4, 1), []);
    }

    [Fact]
    public void A_cancelled_fit_ends()
    {
        var cancelled = new TrainingContext(RandomKey.FromSeed(1), 1, new CancellationToken(canceled: true));
        Assert.ThrowsAny<OperationCanceledException>(() => Learner.Fit(Records.Clouds(100, 4, 2, 1), cancelled));
    }

    [Fact]
    public void Diagnostics_are_given()
    {
        var data = Records.Clouds(100, 4, 2, 1, distance: 1);
        var classifier = (IDiagnosedClassifier)Learner.Fit(data, Records.Context());
        Assert.True(classifier.Diagnostics.Converged);
        if (!HasLoss) return;
        Assert.True(classifier.Diagnostics.Iterations > 0);
        Assert.InRange(classifier.Diagnostics.Loss, 0, Math.Log(2));
    }

    [Fact]
    public void Every_bad_option_is_refused_by_name()
    {
        Assert.NotEmpty(BadOptions);
        foreach (var (option, value) in BadOptions)
        {
            var error = Assert.ThrowsAny<Exception>(() => Component.With((option, value)));
            Assert.True(error is ArgumentException or OptionException, error.GetType().Name);
            Assert.Contains(option, error is OptionException e ? e.Option : error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_descriptor_explains_the_learner()
    {
        var descriptor = Component.Descriptor;
        Assert.NotEmpty(descriptor.Summary);
        Assert.NotEmpty(descriptor.Citation);
        Assert.Contains(descriptor.Details, d => d.Contains("eterministic", StringComparison.Ordinal));
        Assert.All(descriptor.Options, o => Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", o.Name));
        Assert.All(descriptor.Options, o => Assert.EndsWith(".", o.Summary, StringComparison.Ordinal));
    }

    private static void AssertDistributions(IClassifier classifier, FeatureMatrix probe)
    {
        var probabilities = classifier.Probabilities(probe);
        var predictions = classifier.Predictions(probe);
        for (var i = 0; i < probe.Rows; i++)
        {
            var row = probabilities.AsSpan(i * classifier.ClassCount, classifier.ClassCount).ToArray();
            Assert.All(row, p => Assert.InRange(p, 0f, 1f));
            Assert.Equal(1f, row.Sum(), 1e-5f);
            Assert.Equal(Array.IndexOf(row, row.Max()), predictions[i]);
        }
    }
}

/// <summary>What learners of soft labels promise besides.</summary>
public abstract class SoftLabelLearnerContract : LearnerContract
{
    private ISoftLabelLearner Soft => (ISoftLabelLearner)Learner;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Soft_targets_of_one_class_each_are_hard_labels(int classes)
    {
        var data = Records.Clouds(120, 6, classes, 5, distance: 1);
        var targets = new float[data.Count * classes];
        for (var i = 0; i < data.Count; i++) targets[i * classes + data.Labels[i]] = 1;
        var probe = Records.Matrix(50, 6, 6);
        Assert.Equal(
            Learner.Fit(data, Records.Context()).Probabilities(probe),
            Soft.FitSoft(data.Features, targets, classes, Records.Context()).Probabilities(probe));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Soft_targets_are_met_where_features_say_nothing(int classes)
    {
        var features = new FeatureMatrix(64, 2, new float[128]);
        float[] target = classes == 2 ? [0.3f, 0.7f] : [0.2f, 0.5f, 0.3f];
        var targets = Enumerable.Range(0, 64).SelectMany(_ => target).ToArray();
        var probabilities = Soft.FitSoft(features, targets, classes, Records.Context()).Probabilities(features);
        for (var k = 0; k < classes; k++) Assert.Equal(target[k], probabilities[k], 0.02f);
    }

    [Fact]
    public void Targets_that_are_no_distributions_are_refused()
    {
        var features = Records.Matrix(2, 3, 1);
        var context = Records.Context();
        foreach (var bad in new float[][] { [1, 0, 0.5f, 0.4f], [1, 0, 1.5f, -0.5f], [1, 0, float.NaN, 1], [1, 0] })
            Assert.Throws<TrainingException>(() => Soft.FitSoft(features, bad, 2, context));
    }
}
