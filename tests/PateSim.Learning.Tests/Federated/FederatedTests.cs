using PateSim.Core.Features;
using PateSim.Learning.Federated;
using PateSim.Learning.Linear;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Federated;

public sealed class FederatedTests
{
    private static readonly FederatedSettings Settings = new(30, 1, 16, 0.2, 0);

    private static readonly LabelledData All = Records.Clouds(900, 6, 3, 3, distance: 3);

    private static readonly LabelledData Test = All.Select([.. Enumerable.Range(600, 300)]);

    private static readonly LabelledData[] Hospitals =
        [.. Enumerable.Range(0, 5).Select(h => All.Select([.. Enumerable.Range(h * 120, 120)]))];

    [Fact]
    public void Averaging_reaches_what_pooling_reaches_where_hospitals_are_alike()
    {
        var pooled = SoftmaxRegressionLearner.Component("student").With().Instance
            .Fit(All.Select([.. Enumerable.Range(0, 600)]), Records.Context()).Accuracy(Test);
        Assert.InRange(
            FederatedAveraging.Fit(Hospitals, Settings, Records.Context()).Accuracy(Test), pooled - 0.03, pooled + 0.03);
    }

    [Fact]
    public void One_hospital_with_one_full_batch_takes_the_gradient_step_of_the_definition()
    {
        var data = Hospitals[0];
        var classifier = FederatedAveraging.Fit(
            [data], new FederatedSettings(1, 1, data.Count, 0.5, 0), Records.Context());
        // From zero weights p = 1/3: w = 0.5 · mean over the records of (y − 1/3) x, and the same of 1 for the intercept.
        var probe = Records.Matrix(1, 6, 8);
        var logits = new double[3];
        for (var i = 0; i < data.Count; i++)
        {
            var dot = 1 + Enumerable.Range(0, 6).Sum(j => (double)probe.Row(0)[j] * data.Features.Row(i)[j]);
            for (var k = 0; k < 3; k++) logits[k] += 0.5 / data.Count * ((data.Labels[i] == k ? 1 : 0) - 1 / 3.0) * dot;
        }
        var total = logits.Sum(Math.Exp);
        var got = classifier.Probabilities(probe);
        for (var k = 0; k < 3; k++) Assert.Equal(Math.Exp(logits[k]) / total, got[k], 1e-5);
    }

    [Fact]
    public void A_strong_pull_keeps_the_model_near_its_start()
    {
        // Hospitals with one class each drift apart; mu = 4 with rate 0.2 pulls 80 % of the way back in each step.
        var apart = Enumerable.Range(0, 3).Select(k => All.Select(
            [.. Enumerable.Range(0, 600).Where(i => All.Labels[i] == k)])).ToArray();
        var free = FederatedAveraging.Fit(apart, Settings with { Rounds = 2 }, Records.Context());
        var pulled = FederatedAveraging.Fit(apart, Settings with { Rounds = 2, Proximal = 4 }, Records.Context());
        double Spread(IClassifier c) => c.Probabilities(Test.Features).Max(p => Math.Abs(p - 1 / 3.0));
        Assert.True(Spread(pulled) < Spread(free));
    }

    [Fact]
    public void An_empty_hospital_changes_nothing()
    {
        var empty = new LabelledData(new FeatureMatrix(0, 6, []), [], 3);
        var with = FederatedAveraging.Fit([.. Hospitals, empty], Settings, Records.Context());
        var without = FederatedAveraging.Fit(Hospitals, Settings, Records.Context());
        Assert.Equal(without.Probabilities(Test.Features), with.Probabilities(Test.Features));
        Assert.Throws<TrainingException>(() => FederatedAveraging.Fit([empty], Settings, Records.Context()));
    }

    [Fact]
    public void Private_descent_learns_with_little_noise_and_not_with_much()
    {
        var train = All.Select([.. Enumerable.Range(0, 600)]);
        double Accuracy(double noise) => PrivateGradientDescent.Fit(
            train, new PrivateDescentSettings(0.2, 200, 1, noise, 1), Records.Context()).Accuracy(Test);
        Assert.True(Accuracy(0.5) > 0.85, $"{Accuracy(0.5)}");
        Assert.True(Accuracy(1000) < 0.7, $"{Accuracy(1000)}");
    }

    [Fact]
    public void A_clipped_gradient_has_at_most_the_norm_it_is_clipped_to()
    {
        // One step on one far record without noise: the weights are the clipped gradient, turned round.
        var one = new LabelledData(new FeatureMatrix(1, 2, [30, 40]), [1], 2);
        var model = new LinearSoftmax(2, 2);
        var sum = new float[6];
        model.AddGradient(one.Features.Row(0), 1, sum, 0.25);
        Assert.Equal(0.25, Math.Sqrt(sum.Sum(v => (double)v * v)), 1e-6);
        Array.Clear(sum);
        model.AddGradient(one.Features.Row(0), 1, sum, 1e6);
        // (p − y) has norm 1/√2, the record with its 1 norm √2501.
        Assert.Equal(Math.Sqrt(0.5 * 2501), Math.Sqrt(sum.Sum(v => (double)v * v)), 1e-4);
    }

    [Fact]
    public void Same_key_gives_the_same_bytes_on_any_number_of_threads_and_another_key_others()
    {
        var settings = new PrivateDescentSettings(0.1, 20, 1, 1, 0.5);
        float[] Federated(long seed, int threads) => FederatedAveraging
            .Fit(Hospitals, Settings with { Rounds = 3 }, Records.Context(seed, threads)).Probabilities(Test.Features);
        float[] Private(long seed, int threads) => PrivateGradientDescent
            .Fit(All, settings, Records.Context(seed, threads)).Probabilities(Test.Features);
        foreach (var fit in new[] { Federated, (Func<long, int, float[]>)Private })
        {
            Assert.Equal(fit(1, 1), fit(1, 8));
            Assert.NotEqual(fit(1, 1), fit(2, 1));
        }
    }

    [Fact]
    public void A_learning_rate_that_diverges_is_named() => Assert.Contains(
        "learning-rate",
        Assert.Throws<TrainingException>(() => FederatedAveraging.Fit(
            Hospitals, Settings with { LearningRate = 1e38 }, Records.Context())).Message,
        StringComparison.Ordinal);
}
