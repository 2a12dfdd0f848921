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

public sealed class MlpLearnerTests : SoftLabelLearnerContract
{
    protected override Component<ILearner> Component => MlpLearner.Component("student");

    protected override bool UsesRandomness => true;

    public override IEnumerable<(string Option, object Value)> BadOptions =>
    [
        ("hidden", ImmutableArray.Create(64L, 0L)), ("activation", "relux"), ("epochs", 0L), ("batch-size", 0L),
        ("learning-rate", 0.0), ("l2", -0.1), ("validation-share", 0.6), ("patience", 0L),
        ("validation-share", 0.1), // with the cosine schedule
        ("weight-decay", 0.1), // without adamw
        ("warm-up", 30L), // as many as epochs
        ("optimiser", "adagrad"), ("momentum", 1.0), ("schedule", "linear"), ("step-epochs", 0L), ("step-factor", 0.0),
        ("dropout", 0.99), ("normalisation", "group"),
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
    [InlineData(32, 1)]
    [InlineData(50, 1)]
    [InlineData(50, 3)]
    public void Epochs_allocate_nothing(int batch, int threads)
    {
        var data = Records.Clouds(210, 30, 3, 1);
        using var team = new WorkTeam(threads);
        var network = Network.Dense(30, [64, 32], 3, new BodyOptions(Activation.Gelu, Normalisation.Batch, 0.1));
        var trainer = Trainer(data, batch, team, network);
        trainer.Epoch(0.001);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++) trainer.Epoch(0.001);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("optimiser", "adamw")]
    [InlineData("optimiser", "sgd")]
    [InlineData("activation", "gelu")]
    [InlineData("normalisation", "batch")]
    [InlineData("normalisation", "layer")]
    [InlineData("dropout", 0.1)]
    [InlineData("schedule", "step")]
    [InlineData("warm-up", 3L)]
    public void Each_option_changes_the_fit_and_separable_classes_are_learnt(string option, object value)
    {
        var all = Records.Clouds(400, 8, 3, 11, distance: 6);
        var train = all.Select(Enumerable.Range(0, 200).ToArray());
        (string, object)[] written = option switch
        {
            "optimiser" => [(option, value), ("learning-rate", 0.01), ("weight-decay", value is "adamw" ? 0.1 : 0.0)],
            _ => [(option, value)],
        };
        var fitted = Component.With(written).Instance.Fit(train, Records.Context());
        Assert.True(fitted.Accuracy(all.Select(Enumerable.Range(200, 200).ToArray())) >= 0.95);
        var plain = Learner.Fit(train, Records.Context());
        Assert.NotEqual(plain.Probabilities(train.Features), fitted.Probabilities(train.Features));
    }

    [Fact]
    public void Weights_of_one_change_nothing_and_a_weight_of_two_is_a_record_twice_in_the_loss()
    {
        var data = Records.Clouds(64, 6, 2, 5, distance: 1);
        var targets = new float[data.Count * 2];
        for (var i = 0; i < data.Count; i++) targets[i * 2 + data.Labels[i]] = 1;
        var learner = (IWeightedLearner)Learner;
        float[] Fit(Func<int, float> weight) => learner.FitWeighted(
            data.Features, targets, Enumerable.Range(0, data.Count).Select(weight).ToArray(), 2, Records.Context())
            .Probabilities(data.Features);
        Assert.Equal(Learner.Fit(data, Records.Context()).Probabilities(data.Features), Fit(_ => 1));
        // Only one class weighs: the answer is that class.
        var heavy = Fit(i => data.Labels[i] == 1 ? 5 : 0.05f);
        Assert.True(Enumerable.Range(0, data.Count).Average(i => heavy[2 * i + 1]) > 0.8);
    }

    [Fact]
    public void Weights_that_are_none_are_refused()
    {
        var features = Records.Matrix(2, 3, 1);
        foreach (var bad in new float[][] { [1], [1, -1], [1, float.NaN], [0, 0] })
        {
            Assert.Throws<TrainingException>(() => ((IWeightedLearner)Learner).FitWeighted(
                features, new float[] { 1, 0, 0, 1 }, bad, 2, Records.Context()));
        }
    }

    [Fact]
    public void Products_large_enough_to_be_shared_give_the_same_bytes_on_any_number_of_threads()
    {
        var data = Records.Clouds(256, 500, 3, 1);
        float[] Train(int threads)
        {
            var network = Network.Dense(500, [200, 100], 3, new BodyOptions());
            using var team = new WorkTeam(threads);
            var trainer = new NetworkTrainer(
                network, data.Features, Targets.FromLabels(data.Labels, 3), [.. Enumerable.Range(0, 256)], 128,
                StepRule.Adam(0), 0.01f, RandomKey.FromSeed(1), team);
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
        var network = Network.Dense(5, [11], 3, new BodyOptions(Activation.Tanh));
        using var team = new WorkTeam(1);
        var trainer = Trainer(data, 16, team, network);
        for (var i = 0; i < 3; i++) trainer.Epoch(0.01);
        foreach (var layer in network.Layers.OfType<DenseLayer>())
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
        Assert.Equal((1 + Math.Cos(Math.PI * t)) / 2, RateSchedule.HalfCosine(t), 1e-14);

    private static NetworkTrainer Trainer(LabelledData data, int batch, WorkTeam team, Network? network = null) => new(
        network ?? Network.Dense(data.Features.Columns, [64, 32], data.ClassCount, new BodyOptions()), data.Features,
        Targets.FromLabels(data.Labels, data.ClassCount), Enumerable.Range(0, data.Count).ToArray(), batch,
        StepRule.Adam(0), 0.01f, RandomKey.FromSeed(1), team);
}
