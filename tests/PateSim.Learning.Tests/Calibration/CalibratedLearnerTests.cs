using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning.Calibration;
using PateSim.Learning.Linear;
using PateSim.Learning.Metrics;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Calibration;

public sealed class CalibratedLearnerTests
{
    // Without a penalty on few records: sure of itself beyond reason.
    private static readonly ILearner Sharp =
        SoftmaxRegressionLearner.Component("teacher").With(("l2", 0.001)).Instance;

    [Theory]
    [InlineData(CalibrationMethod.Temperature, 2)]
    [InlineData(CalibrationMethod.Temperature, 3)]
    [InlineData(CalibrationMethod.Platt, 2)]
    [InlineData(CalibrationMethod.Platt, 3)]
    public void Overconfident_probabilities_are_brought_down(CalibrationMethod method, int classes)
    {
        var all = Records.Clouds(1400, 30, classes, 3, distance: 1);
        var train = all.Select([.. Enumerable.Range(0, 200)]);
        var test = all.Select([.. Enumerable.Range(200, 1200)]);
        var before = Error(Sharp, train, test);
        var after = Error(new CalibratedLearner(Sharp, method, 0.3), train, test);
        Assert.True(before > 0.1, $"before {before}");
        Assert.True(after < before / 2, $"{before} became {after}");
    }

    [Fact]
    public void A_temperature_changes_no_answer()
    {
        var data = Records.Clouds(120, 8, 3, 3, distance: 1);
        var learner = new CalibratedLearner(Sharp, CalibrationMethod.Temperature, 0.25);
        var calibrated = (TemperatureClassifier)learner.Fit(data, Records.Context());
        Assert.True(calibrated.Inverse < 1);
        var probe = Records.Matrix(200, 8, 4);
        var probabilities = calibrated.Probabilities(probe);
        for (var i = 0; i < 200; i++)
        {
            var row = probabilities[(3 * i)..(3 * i + 3)];
            Assert.Equal(1f, row.Sum(), 1e-5f);
            Assert.Equal(Array.IndexOf(row, row.Max()), calibrated.Predictions(probe)[i]);
        }
    }

    [Fact]
    public void Same_data_and_key_give_the_same_bytes_and_another_key_another_part()
    {
        var data = Records.Clouds(120, 8, 2, 3, distance: 1);
        var probe = Records.Matrix(20, 8, 4);
        var learner = new CalibratedLearner(Sharp, CalibrationMethod.Platt, 0.25);
        var one = learner.Fit(data, Records.Context()).Probabilities(probe);
        Assert.Equal(one, learner.Fit(data, Records.Context(threads: 8)).Probabilities(probe));
        Assert.NotEqual(one, learner.Fit(data, Records.Context(seed: 2)).Probabilities(probe));
    }

    [Theory]
    [InlineData(1, CalibrationMethod.Platt)]
    [InlineData(2, CalibrationMethod.Platt)]
    [InlineData(2, CalibrationMethod.Temperature)]
    public void Too_few_records_are_trained_on_and_said_to_be_uncalibrated(int rows, CalibrationMethod method)
    {
        var data = new LabelledData(Records.Matrix(rows, 3, 1), [.. Enumerable.Range(0, rows)], 3);
        var classifier = (IDiagnosedClassifier)new CalibratedLearner(Sharp, method, 0.2).Fit(data, Records.Context());
        Assert.Contains("Not calibrated", classifier.Diagnostics.Note, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, rows), classifier.Predictions(data.Features));
    }

    [Fact]
    public void A_class_that_was_never_seen_stays_impossible()
    {
        var two = Records.Clouds(100, 5, 2, 3, distance: 1);
        var data = new LabelledData(two.Features, two.Labels, 4);
        foreach (var method in new[] { CalibrationMethod.Temperature, CalibrationMethod.Platt })
        {
            var probabilities = new CalibratedLearner(Sharp, method, 0.3).Fit(data, Records.Context())
                .Probabilities(data.Features);
            for (var i = 0; i < 100; i++) Assert.Equal((0f, 0f), (probabilities[4 * i + 2], probabilities[4 * i + 3]));
        }
    }

    private static double Error(ILearner learner, LabelledData train, LabelledData test)
    {
        var classifier = learner.Fit(train, Records.Context());
        return CalibrationMetrics.ExpectedError(
            classifier.Probabilities(test.Features), test.Labels.AsSpan(), test.ClassCount, RandomKey.FromSeed(1)).Value;
    }
}
