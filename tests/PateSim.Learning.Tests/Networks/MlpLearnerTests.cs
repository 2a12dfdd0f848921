using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning.Networks;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Networks;

public sealed class MlpLearnerTests : SoftLabelLearnerContract
{
    protected override Component<ILearner> Component => MlpLearner.Component("student");

    protected override bool UsesRandomness => true;

    public override IEnumerable<(string Option, object Value)> BadOptions =>
    [
        ("hidden", ImmutableArray.Create(64L, 0L)), ("activation", "relux"), ("epochs", 0L), ("batch-size", 0L),
        ("learning-rate", 0.0), ("l2", -0.1), ("validation-share", 0.6), ("patience", 0L),
        ("validation-share", 0.1), // with the cosine schedule
    ];

    private static (string, object)[] EarlyStopping =>
        [("validation-share", 0.2), ("schedule", "constant"), ("epochs", 400L), ("patience", 5L)];

    [Theory]
    [InlineData("relu")]
    [InlineData("tanh")]
    public void What_no_linear_model_can_tell_is_learnt(string activation)
    {
        var features = Records.Matrix(400, 2, 3);
        var data = new LabelledData(
            features,
            [.. Enumerable.Range(0, 400).Select(i => features.Row(i)[0] * features.Row(i)[1] > 0 ? 1 : 0)], 2);
        var learner = Component.With(("activation", activation), ("learning-rate", 0.01), ("l2", 0.0), ("epochs", 60L))
            .Instance;
        Assert.True(learner.Fit(data, Records.Context()).Accuracy(data) >= 0.95);
    }

    [Fact]
    public void Early_stopping_stops_and_keeps_the_best_epoch()
    {
        var data = Records.Clouds(300, 20, 2, 4, distance: 1);
        var fitted = (IDiagnosedClassifier)Component.With(EarlyStopping).Instance.Fit(data, Records.Context());
        Assert.True(fitted.Diagnostics.Converged);
        Assert.InRange(fitted.Diagnostics.Iterations, 6, 399);
        Assert.Contains("Early stopping", fitted.Diagnostics.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Early_stopping_on_a_single_record_is_reported_as_impossible()
    {
        var data = new LabelledData(Records.Matrix(1, 3, 1), [1], 2);
        var fitted = (IDiagnosedClassifier)Component.With(EarlyStopping).Instance.Fit(data, Records.Context());
        Assert.Contains("single record", fitted.Diagnostics.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exploding_fit_names_the_learning_rate()
    {
        var data = Records.Clouds(100, 6, 2, 1);
        var huge = new FeatureMatrix(100, 6, [.. data.Features.Values.ToArray().Select(v => v * 1e30f)]);
        var error = Assert.Throws<TrainingException>(
            () => Learner.Fit(new LabelledData(huge, data.Labels, 2), Records.Context()));
        Assert.Contains("learning-rate", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(50)]
    public void Epochs_allocate_nothing(int batch)
    {
        var data = Records.Clouds(210, 30, 3, 1);
        var trainer = Trainer(data, batch, 1);
        trainer.Epoch(0.001);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++) trainer.Epoch(0.001);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Products_large_enough_to_be_shared_give_the_same_bytes_on_any_number_of_threads()
    {
        var data = Records.Clouds(256, 500, 3, 1);
        float[] Train(int threads)
        {
            var shape = new NetworkShape(500, [200, 100], 3, Activation.Relu);
            var trainer = new NetworkTrainer(
                shape, data.Features, Targets.FromLabels(data.Labels, 3), [.. Enumerable.Range(0, 256)], 128, 0.01f,
                RandomKey.FromSeed(1), threads);
            trainer.Epoch(0.001);
            trainer.Epoch(0.001);
            return trainer.Parameters;
        }
        var expected = Train(1);
        Assert.Equal(expected, Train(2));
        Assert.Equal(expected, Train(8));
    }

    [Fact]
    public void Padding_units_stay_zero()
    {
        var data = Records.Clouds(64, 5, 3, 1);
        var shape = new NetworkShape(5, [11], 3, Activation.Tanh);
        var trainer = Trainer(data, 16, 1, shape);
        for (var i = 0; i < 3; i++) trainer.Epoch(0.01);
        foreach (var layer in shape.Layers)
        {
            for (var unit = layer.Outputs; unit < layer.PaddedOutputs; unit++)
            {
                Assert.Equal(0, trainer.Parameters[layer.Biases + unit]);
                for (var input = 0; input < layer.Inputs; input++)
                    Assert.Equal(0, trainer.Parameters[layer.WeightIndex(input, unit)]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void The_half_cosine_is_a_cosine(double t) =>
        Assert.Equal((1 + Math.Cos(Math.PI * t)) / 2, MlpLearner.HalfCosine(t), 1e-14);

    private static NetworkTrainer Trainer(LabelledData data, int batch, int threads, NetworkShape? shape = null) => new(
        shape ?? new NetworkShape(data.Features.Columns, [64, 32], data.ClassCount, Activation.Relu), data.Features,
        Targets.FromLabels(data.Labels, data.ClassCount), Enumerable.Range(0, data.Count).ToArray(), batch, 0.01f,
        RandomKey.FromSeed(1), threads);
}
