using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Learning.Linear;
using PateSim.Learning.Networks;
using PateSim.Learning.Tests.Support;

namespace PateSim.Learning.Tests.Linear;

public sealed class SoftmaxRegressionLearnerTests : SoftLabelLearnerContract
{
    protected override Component<ILearner> Component => SoftmaxRegressionLearner.Component("teacher");

    protected override bool UsesRandomness => false;

    public override IEnumerable<(string Option, object Value)> BadOptions =>
        [("l2", -1.0), ("l2", double.NaN), ("max-iterations", 0L), ("gradient-tolerance", 0.0), ("memory", 0L)];

    // From scikit-learn 1.2.1, LogisticRegression(C=1/l2, tol=1e-10, max_iter=10000) in double precision on the records
    // of Records.Along with these arguments.
    public static TheoryData<int, int, ulong, double, double[], double, double[]> TwoClasses => new()
    {
        {
            40, 5, 1, 1, [2.287484, -1.277564, -0.040927, 0.939777, -0.283741], 0.074603,
            [0.331653, 0.68662, 0.708071]
        },
        {
            40, 5, 1, 10, [0.54231, -0.36537, 0.048033, 0.295275, -0.082755], 0.142264, [0.487073, 0.577421, 0.585246]
        },
        {
            150, 9, 2, 1,
            [3.81367, -1.7575, 0.195955, -0.36375, -0.259797, -0.034092, 0.2435, 0.516402, -0.455613], -0.495394,
            [0.678028, 0.852996, 0.003543]
        },
    };

    [Theory]
    [MemberData(nameof(TwoClasses))]
    public void Two_classes_agree_with_scikit_learn(
        int rows, int columns, ulong seed, double l2, double[] weights, double intercept, double[] probabilities)
    {
        var data = Records.Along(rows, columns, 2, seed);
        var fitted = (LogisticClassifier)Component.With(("l2", l2), ("gradient-tolerance", 1e-8)).Instance
            .Fit(data, Records.Context());
        for (var j = 0; j < columns; j++) Assert.Equal(weights[j], fitted.Weights[j], 2e-5);
        Assert.Equal(intercept, fitted.Intercept, 2e-5);
        var actual = fitted.Probabilities(data.Features);
        for (var i = 0; i < 3; i++) Assert.Equal(probabilities[i], actual[2 * i + 1], 5e-6);
    }

    [Fact]
    public void Three_classes_agree_with_scikit_learn()
    {
        var data = Records.Along(120, 6, 3, 3);
        var fitted = (NetworkClassifier)Component.With(("gradient-tolerance", 1e-8)).Instance
            .Fit(data, Records.Context());
        // scikit-learn 1.2.1, LogisticRegression(tol=1e-10, max_iter=10000).
        double[][] weights =
        [
            [-3.359303, 1.659413, -0.080021, 0.045439, 0.259894, -0.00123],
            [0.298895, 0.090881, 0.069788, -0.115765, 0.080551, -0.101891],
            [3.060409, -1.750293, 0.010233, 0.070325, -0.340445, 0.103121],
        ];
        double[] intercepts = [-0.662978, 0.569377, 0.093601];
        double[] probabilities =
            [0.698841, 0.271164, 0.029995, 0.188186, 0.518761, 0.293054, 0.775738, 0.205166, 0.019097];
        for (var k = 0; k < 3; k++)
        {
            for (var j = 0; j < 6; j++) Assert.Equal(weights[k][j], fitted.Parameters[fitted.Network.Output.WeightIndex(j, k)], 2e-5);
            Assert.Equal(intercepts[k], fitted.Parameters[fitted.Network.Output.Biases + k], 2e-5);
        }
        var actual = fitted.Probabilities(data.Features);
        for (var i = 0; i < 9; i++) Assert.Equal(probabilities[i], actual[i], 5e-6);
    }

    [Theory]
    [InlineData(130, 104, 2)]
    [InlineData(3000, 40, 2)]
    [InlineData(400, 30, 4)]
    public void A_fit_converges_and_says_so(int rows, int columns, int classes)
    {
        var data = Records.Clouds(rows, columns, classes, 1, distance: 1);
        var diagnostics = ((IDiagnosedClassifier)Learner.Fit(data, Records.Context())).Diagnostics;
        Assert.True(diagnostics.Converged, diagnostics.ToString());
        Assert.InRange(diagnostics.GradientNorm, 0, 1e-6);
        Assert.Empty(diagnostics.Note);
    }

    [Fact]
    public void An_iteration_limit_is_reported()
    {
        var learner = Component.With(("max-iterations", 2L)).Instance;
        var fitted = (IDiagnosedClassifier)learner.Fit(Records.Clouds(99, 20, 2, 1), Records.Context());
        var diagnostics = fitted.Diagnostics;
        Assert.False(diagnostics.Converged);
        Assert.Equal(2, diagnostics.Iterations);
        Assert.Contains("max-iterations", diagnostics.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_too_large_for_single_precision_are_refused()
    {
        var data = Records.Clouds(40, 4, 2, 1);
        var huge = new FeatureMatrix(40, 4, [.. data.Features.Values.ToArray().Select(v => v * 1e30f)]);
        var error = Assert.Throws<TrainingException>(
            () => Learner.Fit(new LabelledData(huge, data.Labels, 2), Records.Context()));
        Assert.Contains("single precision", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Separable_data_without_penalty_ends()
    {
        var learner = Component.With(("l2", 0.0)).Instance;
        var data = Records.Clouds(60, 4, 2, 1, distance: 12);
        Assert.Equal(1, learner.Fit(data, Records.Context()).Accuracy(data));
    }

    [Fact]
    public void Iterations_allocate_nothing()
    {
        var data = Records.Clouds(200, 30, 2, 1, distance: 1);
        long Allocated(long iterations)
        {
            var learner = Component.With(("max-iterations", iterations), ("gradient-tolerance", 1e-9)).Instance;
            learner.Fit(data, Records.Context());
            var before = GC.GetAllocatedBytesForCurrentThread();
            learner.Fit(data, Records.Context());
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        // The note about the limit is a string of another length, hence the two limits of two digits.
        Assert.Equal(Allocated(10), Allocated(14));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_weight_of_two_is_a_record_that_stands_twice(int classes)
    {
        var data = Records.Along(80, 5, classes, 4);
        var twice = data.Select([.. Enumerable.Range(0, 80), .. Enumerable.Range(0, 40)]);
        var targets = new float[80 * classes];
        for (var i = 0; i < 80; i++) targets[i * classes + data.Labels[i]] = 1;
        var weights = Enumerable.Range(0, 80).Select(i => i < 40 ? 2f : 1f).ToArray();
        var learner = SoftmaxRegressionLearner.Component("student").With().Instance;
        var weighted = ((IWeightedLearner)learner)
            .FitWeighted(data.Features, targets, weights, classes, Records.Context()).Probabilities(data.Features);
        var doubled = learner.Fit(twice, Records.Context()).Probabilities(data.Features);
        for (var i = 0; i < weighted.Length; i++) Assert.Equal(doubled[i], weighted[i], 2e-5f);
    }
}
