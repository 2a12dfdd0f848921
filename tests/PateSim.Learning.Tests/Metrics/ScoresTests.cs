using PateSim.Core.Randomness;
using PateSim.Learning.Metrics;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Metrics;

/// <summary>Against scikit-learn 1.2.1 and SciPy 1.10.1; the values are those that scikit_learn_scores.py prints.</summary>
public sealed class ScoresTests
{
    [Theory]
    [InlineData(200, 2, 7, 0.81, 0.8096955128205129, 0.8373337333733373, 0.12399128735065461)]
    [InlineData(150, 3, 11, 0.7866666666666666, 0.7851862625870845, 0.8015793413460627, 0.2886841589212418)]
    [InlineData(400, 5, 13, 0.705, 0.6979802453988863, 0.7942978030604169, 0.35703407995402814)]
    public void Values_are_those_of_scikit_learn(
        int n, int classes, int seed, double accuracy, double macroF1, double auroc, double calibrationError)
    {
        var (probabilities, truth, confusion) = Answers(n, classes, seed);
        Assert.Equal(accuracy, ClassificationMetrics.Accuracy(confusion).Value, 1e-14);
        Assert.Equal(macroF1, FScores.Macro(confusion).Value, 1e-14);
        Assert.Equal(auroc, RankMetrics.Auroc(probabilities, truth, classes)!.Value.Value, 1e-12);
        Assert.Equal(calibrationError, Calibration(probabilities, truth, classes).Value, 1e-6);
    }

    [Theory]
    [InlineData(200, 2, 7, 0.8461538461538461, 0.7623762376237624, 0.8020833333333334)]
    [InlineData(150, 3, 11, 0.7727272727272727, 0.7555555555555555, 0.7640449438202247)]
    [InlineData(400, 5, 13, 0.7717391304347826, 0.7634408602150538, 0.7675675675675675)]
    public void A_class_has_the_precision_recall_and_F1_of_scikit_learn(
        int n, int classes, int seed, double precision, double recall, double f1)
    {
        var scores = FScores.OfClass(Answers(n, classes, seed).Confusion, 1);
        Assert.Equal(precision, scores.Precision.Value, 1e-14);
        Assert.Equal(recall, scores.Recall.Value, 1e-14);
        Assert.Equal(f1, scores.F1.Value, 1e-14);
    }

    // Standard errors over 2,000 bootstrap samples; the delta method and the jackknife are first-order, so 10 % is allowed.
    [Theory]
    [InlineData(200, 2, 7, 0.0283, 0.0295)]
    [InlineData(150, 3, 11, 0.0342, 0.0296)]
    [InlineData(400, 5, 13, 0.0229, 0.0152)]
    public void Intervals_are_as_wide_as_the_bootstrap_says(int n, int classes, int seed, double f1, double auroc)
    {
        var (probabilities, truth, confusion) = Answers(n, classes, seed);
        Assert.InRange(Error(FScores.Macro(confusion)) / f1, 0.9, 1.1);
        Assert.InRange(Error(RankMetrics.Auroc(probabilities, truth, classes)!.Value) / auroc, 0.9, 1.1);
    }

    [Fact]
    public void Two_classes_have_DeLong_s_standard_error()
    {
        var (probabilities, truth, _) = Answers(200, 2, 7);
        Assert.Equal(0.029101503688860865, Error(RankMetrics.Auroc(probabilities, truth, 2)!.Value), 1e-9);
    }

    [Theory]
    [InlineData(0, 20, 0, 0.1684334709830853)]
    [InlineData(8, 12, 0.34887550641881554, 0.9007539088504167)]
    [InlineData(912, 1000, 0.8927052349649914, 0.9288248657147135)]
    [InlineData(20, 20, 0.8315665290169146, 1)]
    public void Exact_intervals_are_those_of_SciPy(long successes, long trials, double lower, double upper)
    {
        var share = Estimate.ExactShare(successes, trials);
        Assert.Equal(lower, share.Lower, 1e-9);
        Assert.Equal(upper, share.Upper, 1e-9);
    }

    [Fact]
    public void Perfect_ranking_has_area_1_and_its_reverse_0()
    {
        float[] good = [0.9f, 0.1f, 0.8f, 0.2f, 0.3f, 0.7f, 0.1f, 0.9f];
        Assert.Equal(1, RankMetrics.Auroc(good, [0, 0, 1, 1], 2)!.Value.Value);
        Assert.Equal(0, RankMetrics.Auroc(good, [1, 1, 0, 0], 2)!.Value.Value);
    }

    [Fact]
    public void Equal_probabilities_have_area_one_half()
    {
        var area = RankMetrics.Auroc([.. Enumerable.Repeat(0.5f, 40)], [.. Enumerable.Range(0, 20).Select(i => i % 2)], 2);
        Assert.Equal(0.5, area!.Value.Value);
    }

    [Fact]
    public void One_class_has_no_area_and_a_single_record_no_interval()
    {
        Assert.Null(RankMetrics.Auroc([0.4f, 0.6f, 0.3f, 0.7f], [1, 1], 2));
        var single = RankMetrics.Auroc([0.4f, 0.6f, 0.3f, 0.7f, 0.8f, 0.2f], [1, 0, 0], 2)!.Value;
        Assert.Equal((0, 1), (single.Lower, single.Upper));
    }

    [Fact]
    public void A_class_without_records_is_left_out_of_area_and_F1()
    {
        // Classes 0 and 2 of three; areas 3/4 each by hand, F1 of 0: 2/3, of 2: 2/3.
        float[] probabilities = [0.6f, 0, 0.4f, 0.3f, 0, 0.7f, 0.45f, 0, 0.55f, 0.2f, 0, 0.8f];
        int[] truth = [0, 0, 2, 2];
        Assert.Equal(0.75, RankMetrics.Auroc(probabilities, truth, 3)!.Value.Value, 1e-12);
        var confusion = new ConfusionMatrix(truth, [0, 2, 2, 2], 3);
        Assert.Equal((2 / 3.0 + 0.8) / 2, FScores.Macro(confusion).Value, 1e-12);
    }

    [Fact]
    public void The_calibration_error_of_calibrated_answers_is_small_and_its_interval_holds_it()
    {
        // 1,000 answers at confidence .7, of which 700 are right.
        var probabilities = Enumerable.Repeat(new[] { 0.7f, 0.3f }, 1000).SelectMany(p => p).ToArray();
        int[] truth = [.. Enumerable.Range(0, 1000).Select(i => i % 10 < 7 ? 0 : 1)];
        var error = Calibration(probabilities, truth, 2);
        Assert.Equal(0, error.Value, 1e-6);
        // One bin: |N(0, .21/1000)|, 97.5 % quantile 2.24 · .01449.
        Assert.InRange(error.Upper, 0.025, 0.042);
        Assert.Equal(error, Calibration(probabilities, truth, 2));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RankMetrics.Auroc([0.5f, 0.5f], [0, 1], 2));
        Assert.Throws<ArgumentException>(() => RankMetrics.Auroc([float.NaN, float.NaN, 0.5f, 0.5f], [0, 1], 2));
        Assert.Throws<ArgumentException>(() => Calibration([0.5f], [0], 2));
        Assert.Throws<ArgumentException>(() => Calibration([], [], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate.ExactShare(3, 2));
    }

    private static double Error(Estimate estimate) => (estimate.Upper - estimate.Value) / 1.959963984540054;

    private static Estimate Calibration(float[] probabilities, int[] truth, int classes) =>
        CalibrationMetrics.ExpectedError(probabilities, truth, classes, RandomKey.FromSeed(1));

    /// <summary>As in scikit_learn_scores.py, in single precision.</summary>
    private static (float[] Probabilities, int[] Truth, ConfusionMatrix Confusion) Answers(int n, int classes, int seed)
    {
        var raw = Records.Sequence(n * classes, (ulong)seed).Select(v => (float)Math.Floor((v + 1) * 8) + 0.5f).ToArray();
        var noise = Records.Sequence(n, (ulong)seed + 1);
        var (truth, called) = (new int[n], new int[n]);
        for (var i = 0; i < n; i++)
        {
            var row = raw.AsSpan(i * classes, classes);
            var sum = 0f;
            foreach (var value in row) sum += value;
            for (var k = 0; k < classes; k++) row[k] /= sum;
            called[i] = row.ToArray().Select((p, k) => (p, k)).OrderByDescending(x => x.p).ThenBy(x => x.k).First().k;
            truth[i] = noise[i] > 0.2 ? (int)(noise[i] * 1000) % classes : called[i];
        }
        return (raw, truth, new ConfusionMatrix(truth, called, classes));
    }
}
