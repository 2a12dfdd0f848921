using CsCheck;
using PateSim.Learning.Metrics;

namespace PateSim.Learning.Tests.Metrics;

public sealed class ClassificationMetricsTests
{
    private static readonly int[] Truth = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2];
    private static readonly int[] Predicted = [0, 0, 1, 0, 1, 1, 2, 2, 2, 0, 2, 1];

    // accuracy_score, balanced_accuracy_score, cohen_kappa_score and confusion_matrix of scikit-learn 1.2.1.
    [Fact]
    public void Values_are_those_of_scikit_learn()
    {
        var matrix = new ConfusionMatrix(Truth, Predicted, 3);
        Assert.Equal(0.6666666666666666, ClassificationMetrics.Accuracy(matrix).Value, 1e-15);
        Assert.Equal(0.6722222222222222, ClassificationMetrics.BalancedAccuracy(matrix).Value, 1e-15);
        Assert.Equal(0.5, ClassificationMetrics.CohenKappa(matrix).Value, 1e-15);
        long[][] counts = [[3, 1, 0], [0, 2, 1], [1, 1, 3]];
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++) Assert.Equal(counts[i][j], matrix[i, j]);
        }
    }

    [Fact]
    public void Classes_absent_from_the_labels_are_left_out_of_balanced_accuracy()
    {
        // scikit-learn 1.2.1: .7, .6904761904761905, .3877551020408164 ("y_pred contains classes not in y_true").
        var matrix = new ConfusionMatrix([0, 0, 0, 1, 1, 1, 1, 1, 1, 1], [0, 1, 0, 1, 1, 1, 0, 1, 1, 2], 4);
        Assert.Equal(0.7, ClassificationMetrics.Accuracy(matrix).Value, 1e-15);
        Assert.Equal(0.6904761904761905, ClassificationMetrics.BalancedAccuracy(matrix).Value, 1e-15);
        Assert.Equal(0.3877551020408164, ClassificationMetrics.CohenKappa(matrix).Value, 1e-15);
    }

    [Theory]
    // Roots of (p̂ − p)² = z² p(1 − p)/n, solved for each k and n.
    [InlineData(8, 12)]
    [InlineData(1, 10)]
    [InlineData(912, 1000)]
    public void Wilsons_interval_solves_its_equation(long successes, long trials)
    {
        var estimate = Estimate.Share(successes, trials);
        const double Square = 3.841458820694124;
        foreach (var end in new[] { estimate.Lower, estimate.Upper })
        {
            var gap = estimate.Value - end;
            Assert.Equal(Square * end * (1 - end) / trials, gap * gap, 1e-12);
        }
        Assert.True(estimate.Lower < estimate.Value && estimate.Value < estimate.Upper);
    }

    [Fact]
    public void Intervals_of_none_and_all_touch_the_ends_and_have_width()
    {
        var (none, all) = (Estimate.Share(0, 20), Estimate.Share(20, 20));
        Assert.Equal((0, 0), (none.Value, none.Lower));
        Assert.Equal((1, 1), (all.Value, all.Upper));
        Assert.Equal(0.161125, none.Upper, 1e-6); // z²/(n + z²)
        Assert.Equal(none.Upper, 1 - all.Lower, 1e-12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    public void A_constant_clone_has_no_kappa(int victimFirst, int clone)
    {
        int[] victim = [victimFirst, 0, 1, 2, 2];
        var constant = Enumerable.Repeat(clone, 5).ToArray();
        Assert.Equal(default, ClassificationMetrics.CohenKappa(new ConfusionMatrix(victim, constant, 3)));
        Assert.Equal(default, ClassificationMetrics.CohenKappa(new ConfusionMatrix(constant, constant, 3)));
    }

    [Fact]
    public void Kappas_interval_is_that_of_the_delta_method()
    {
        var matrix = new ConfusionMatrix(Truth, Predicted, 3);
        var estimate = ClassificationMetrics.CohenKappa(matrix);
        var p = new double[9];
        for (var i = 0; i < 9; i++) p[i] = matrix[i / 3, i % 3] / 12.0;
        static double Kappa(double[] p)
        {
            double observed = 0, chance = 0, total = p.Sum();
            for (var k = 0; k < 3; k++)
            {
                observed += p[4 * k] / total;
                chance += (p[3 * k] + p[3 * k + 1] + p[3 * k + 2]) * (p[k] + p[k + 3] + p[k + 6]) / (total * total);
            }
            return (observed - chance) / (1 - chance);
        }
        double mean = 0, square = 0;
        for (var i = 0; i < 9; i++)
        {
            var (above, below) = ((double[])p.Clone(), (double[])p.Clone());
            above[i] += 1e-6;
            below[i] -= 1e-6;
            var slope = (Kappa(above) - Kappa(below)) / 2e-6;
            mean += p[i] * slope;
            square += p[i] * slope * slope;
        }
        var half = 1.959963984540054 * Math.Sqrt((square - mean * mean) / 12);
        Assert.Equal(0.5 - half, estimate.Lower, 1e-8);
        Assert.Equal(Math.Min(1, 0.5 + half), estimate.Upper, 1e-8);
    }

    [Fact]
    public void Fidelity_is_the_share_of_equal_answers()
    {
        Assert.Equal(Estimate.Share(8, 12), ClassificationMetrics.Fidelity(Truth, Predicted));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Fidelity([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Fidelity([], []));
    }

    [Fact]
    public void Every_interval_holds_its_value_and_stays_in_range() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[1, 60]).SelectMany((classes, n) =>
            Gen.Select(Gen.Const(classes), Gen.Int[0, classes - 1].Array[n], Gen.Int[0, classes - 1].Array[n]))
        .Sample((classes, truth, predicted) =>
        {
            var matrix = new ConfusionMatrix(truth, predicted, classes);
            foreach (var (estimate, least) in new[]
            {
                (ClassificationMetrics.Accuracy(matrix), 0), (ClassificationMetrics.BalancedAccuracy(matrix), 0),
                (ClassificationMetrics.CohenKappa(matrix), -1),
            })
            {
                Assert.InRange(estimate.Value, least, 1);
                Assert.InRange(estimate.Lower, least, estimate.Value);
                Assert.InRange(estimate.Upper, estimate.Value, 1);
            }
        });

    [Fact]
    public void Balanced_accuracys_interval_covers_the_truth_about_as_often_as_it_says()
    {
        // 4,000 draws of 60 + 15 records with recalls .9 and .7. At a true coverage of .93 or more, fewer than 3,600
        // hits have a probability below 1e-12; the key is fixed besides.
        var stream = Core.Randomness.RandomKey.FromSeed(8).Open();
        var hits = 0;
        for (var draw = 0; draw < 4000; draw++)
        {
            var truth = Enumerable.Range(0, 75).Select(i => i < 60 ? 0 : 1).ToArray();
            var predicted = truth.Select(y => stream.NextUnit() < (y == 0 ? 0.9 : 0.7) ? y : 1 - y).ToArray();
            var estimate = ClassificationMetrics.BalancedAccuracy(new ConfusionMatrix(truth, predicted, 2));
            if (estimate.Lower <= 0.8 && 0.8 <= estimate.Upper) hits++;
        }
        Assert.InRange(hits, 3600, 3950);
    }

    [Fact]
    public void Records_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([0], [0, 1], 2));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([], [], 2));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([2], [0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix([0], [0], 1));
    }
}
