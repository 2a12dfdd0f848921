using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning.Networks;
using PateSim.Learning.Networks.Layers;
using PateSim.Learning.Numerics;
using PateSim.Learning.Optimisers;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Networks;

public sealed class CnnLearnerTests
{
    private static Component<ILearner> Component => CnnLearner.Component("teacher");

    [Theory]
    [InlineData("filters", 12L)]
    [InlineData("filters", 0L)]
    [InlineData("kernel", 0L)]
    [InlineData("pooling", "median")]
    [InlineData("normalisation", "layer")]
    public void Bad_options_are_refused_by_name(string option, object value)
    {
        var written = value is long number && option == "filters" ? ImmutableArray.Create(number) : value;
        var error = Assert.ThrowsAny<Exception>(() => Component.With((option, written)));
        Assert.Contains(option, error is OptionException e ? e.Option : error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(104, "square")]
    [InlineData(81, "too small")]
    public void Records_that_are_no_fitting_image_are_refused_before_training(int columns, string reason)
    {
        var learner = (CnnLearner)Component.With().Instance;
        Assert.Contains(reason, learner.Reject(columns, 2), StringComparison.Ordinal);
        Assert.Null(learner.Reject(784, 2));
        var error = Assert.Throws<TrainingException>(
            () => learner.Fit(Records.Clouds(20, columns, 2, 1), Records.Context()));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "max", 0.0)]
    [InlineData("batch", "average", 0.2)]
    public void Bars_are_told_from_beams_wherever_they_are(string normalisation, string pooling, double dropout)
    {
        var data = Bars(480);
        var learner = Small(("epochs", 30L), ("normalisation", normalisation), ("pooling", pooling), ("dropout", dropout));
        var fitted = learner.Fit(data.Select(Enumerable.Range(0, 400).ToArray()), Records.Context());
        var accuracy = fitted.Accuracy(data.Select(Enumerable.Range(400, 80).ToArray()));
        Assert.True(accuracy >= 0.95, $"accuracy {accuracy}");
    }

    [Fact]
    public void Same_data_and_key_give_the_same_bytes_on_any_number_of_threads()
    {
        var data = Bars(150);
        var learner = Small(("normalisation", "batch"), ("dropout", 0.3), ("epochs", 3L), ("batch-size", 64L));
        var expected = ((NetworkClassifier)learner.Fit(data, Records.Context())).Parameters.ToArray();
        foreach (var threads in new[] { 2, 8 })
        {
            var fitted = (NetworkClassifier)learner.Fit(data, Records.Context(threads: threads));
            Assert.Equal(expected, fitted.Parameters.ToArray());
        }
    }

    [Fact]
    public void Epochs_allocate_nothing()
    {
        var data = Bars(100);
        var network = Network.Convolutional(
            12, [8, 16], 3, Pooling.Max, [16], 2, new BodyOptions(Dropout: 0.1));
        using var team = new WorkTeam(2);
        var trainer = new NetworkTrainer(
            network, data.Features, Targets.FromLabels(data.Labels, 2), [.. Enumerable.Range(0, 100)], 30,
            StepRule.Momentum(0.9), 0.01f, RandomKey.FromSeed(1), team);
        trainer.Epoch(0.001);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++) trainer.Epoch(0.001);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Few_records_and_single_classes_can_be_trained_on()
    {
        var one = new LabelledData(new FeatureMatrix(1, 144, new float[144]), [1], 2);
        Assert.Equal([1], Small().Fit(one, Records.Context()).Predictions(one.Features));
        var empty = new LabelledData(new FeatureMatrix(0, 144, []), [], 2);
        Assert.Throws<TrainingException>(() => Small().Fit(empty, Records.Context()));
    }

    private static ILearner Small(params (string, object)[] written) => Component.With(
        [("filters", ImmutableArray.Create(8L, 8L)), ("kernel", 3L), ("hidden", ImmutableArray.Create(16L)),
            ("learning-rate", 0.005), .. written]).Instance;

    /// <summary>12 × 12 pixels with noise and one upright or level bar.</summary>
    internal static LabelledData Bars(int count)
    {
        var values = Records.Uniform(count * 144, 3);
        var labels = ImmutableArray.CreateBuilder<int>();
        for (var i = 0; i < count; i++)
        {
            labels.Add(i % 2);
            // Odd sizes lose their last row and column to pooling, so that bars keep away from the border.
            var place = 1 + i / 2 % 6;
            for (var j = 0; j < 12; j++) values[i * 144 + (i % 2 == 0 ? place * 12 + j : j * 12 + place)] += 2;
        }
        return new LabelledData(new FeatureMatrix(count, 144, values), labels.ToImmutable(), 2);
    }
}
