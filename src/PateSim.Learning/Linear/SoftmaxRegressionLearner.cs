using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Learning.Networks;
using PateSim.Learning.Optimisers;

namespace PateSim.Learning.Linear;

/// <summary>Linear classification by L2-penalised maximum likelihood; see <see cref="Component"/>.</summary>
public sealed class SoftmaxRegressionLearner : IWeightedLearner
{
    private static readonly ImmutableArray<OptionSpec> Options =
    [
        OptionSpec.Real(
            "l2", "Penalty λ on the squared weights; the inverse of scikit-learn's C.", 1, minimum: 0, maximum: 1e9),
        OptionSpec.Integer("max-iterations", "Most iterations of the optimiser.", 1000, minimum: 1, maximum: 1_000_000),
        OptionSpec.Real(
            "gradient-tolerance",
            "The fit has converged when no part of the gradient of the mean objective exceeds this, in nats.", 1e-6,
            minimum: 1e-9, maximum: 1),
        OptionSpec.Integer(
            "memory", "Pairs of step and gradient change that L-BFGS keeps.", 10, minimum: 1, maximum: 100),
    ];

    private readonly double _l2, _tolerance;
    private readonly int _maxIterations, _memory;

    internal SoftmaxRegressionLearner(OptionValues options)
    {
        _l2 = options.Real("l2");
        _maxIterations = options.Int32("max-iterations");
        _tolerance = options.Real("gradient-tolerance");
        _memory = options.Int32("memory");
    }

    /// <summary>The component of a kind ("teacher", "student").</summary>
    public static Component<ILearner> Component(string kind) => new(
        new ComponentDescriptor(
            kind, "softmax-regression",
            "Linear softmax classifier with an L2 penalty, fitted to convergence by L-BFGS.",
            Options,
            [
                "Minimises Σᵢ −ln p(yᵢ | xᵢ) + λ/2 ‖W‖², where p is the softmax of W x + b and the intercepts b carry "
                + "no penalty. With two classes one weight vector w stands for the difference of the logits and λ/2 "
                + "‖w‖² is its penalty. Both are the objective of scikit-learn's LogisticRegression(C = 1/λ), whose "
                + "default is λ = 1.",
                "The objective is convex; the optimiser is L-BFGS, preconditioned, with a line search for the strong "
                + "Wolfe conditions. It stops when the largest part of the gradient, divided by the number of "
                + "records, is at most gradient-tolerance. The fit's diagnostics give iterations, the gradient "
                + "reached and whether it converged. Single precision resolves that gradient to about 1e-8 on "
                + "standardised features; where it stalls above the tolerance the diagnostics say so.",
                "Features are used as they come: bring them to comparable scale before.",
                "Classes that do not occur among the labels get probability 0. If only one class occurs, the "
                + "classifier always answers with it. λ = 0 on separable data has no minimiser: the fit then ends at "
                + "an iteration or precision limit.",
                "Deterministic: no randomness is used, and the bytes of the result depend neither on threads nor on "
                + "the machine's vector width. Trains on soft and weighted labels as well.",
            ],
            "J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., Springer 2006, chapter 7; D. R. Cox, The "
            + "regression analysis of binary sequences, J. R. Stat. Soc. B 20, 1958."),
        options => new SoftmaxRegressionLearner(options));

    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        TrainingData.RequireRecords(data.Count);
        var present = TrainingData.Present(data);
        var (features, classes) = (data.Features, data.ClassCount);
        if (present.Length == 1) return TrainingData.OnlyClass(features.Columns, classes, present[0]);
        if (present.Length == 2)
        {
            var targets = new float[data.Count];
            for (var i = 0; i < targets.Length; i++) targets[i] = data.Labels[i] == present[1] ? 1 : 0;
            return FitTwo(features, targets, default, present, classes, context);
        }
        var values = new float[data.Count * present.Length];
        for (var i = 0; i < data.Count; i++) values[i * present.Length + present.BinarySearch(data.Labels[i])] = 1;
        return FitMany(features, values, default, present, classes, context);
    }

    public IClassifier FitSoft(
        FeatureMatrix features, ReadOnlyMemory<float> targets, int classCount, TrainingContext context) =>
        FitSoft(features, targets, default, classCount, context);

    public IClassifier FitWeighted(
        FeatureMatrix features, ReadOnlyMemory<float> targets, ReadOnlyMemory<float> weights, int classCount,
        TrainingContext context)
    {
        TrainingData.RequireRecords(features.Rows);
        TrainingData.RequireWeights(features.Rows, weights.Span);
        return FitSoft(features, targets, weights.Span, classCount, context);
    }

    private IClassifier FitSoft(
        FeatureMatrix features, ReadOnlyMemory<float> targets, ReadOnlySpan<float> weights, int classCount,
        TrainingContext context)
    {
        TrainingData.RequireRecords(features.Rows);
        var present = TrainingData.Present(features, targets.Span, classCount);
        if (present.Length == 1) return TrainingData.OnlyClass(features.Columns, classCount, present[0]);
        var values = new float[features.Rows * present.Length];
        for (var i = 0; i < features.Rows; i++)
        {
            for (var k = 0; k < present.Length; k++)
                values[i * present.Length + k] = targets.Span[i * classCount + present[k]];
        }
        if (present.Length > 2) return FitMany(features, values, weights, present, classCount, context);
        var second = new float[features.Rows];
        for (var i = 0; i < second.Length; i++) second[i] = values[i * 2 + 1];
        return FitTwo(features, second, weights, present, classCount, context);
    }

    private LogisticClassifier FitTwo(
        FeatureMatrix features, float[] targets, ReadOnlySpan<float> weights, ImmutableArray<int> present, int classes,
        TrainingContext context)
    {
        var objective = new LogisticObjective(features, targets, weights, (float)_l2, context.Threads);
        var (point, diagnostics) = Minimise(objective, features.Rows, context);
        return new LogisticClassifier(
            point[..features.Columns], point[objective.Intercept], present[0], present[1], classes, diagnostics);
    }

    private NetworkClassifier FitMany(
        FeatureMatrix features, float[] targets, ReadOnlySpan<float> weights, ImmutableArray<int> present, int classes,
        TrainingContext context)
    {
        var network = Network.Linear(features.Columns, present.Length);
        var objective = new NetworkObjective(
            network, features, Targets.FromProbabilities(targets, present.Length, weights), (float)_l2, context.Threads);
        var (point, diagnostics) = Minimise(objective, features.Rows, context);
        return new NetworkClassifier(network, point, present, classes, diagnostics);
    }

    private (float[] Point, FitDiagnostics Diagnostics) Minimise(
        IObjective objective, int rows, TrainingContext context)
    {
        var point = new float[objective.Dimension];
        var report = new Lbfgs(objective, _memory)
            .Minimise(point, _tolerance * rows, _maxIterations, context.Cancellation);
        if (report.End == DescentEnd.NotFinite)
            throw new TrainingException(
                "The objective is not finite: the features are too large for single precision. Standardise them.");
        var note = report.End switch
        {
            DescentEnd.IterationLimit => $"Stopped at max-iterations = {_maxIterations}.",
            DescentEnd.PrecisionLimit => "Stopped where single precision finds no better point.",
            _ => "",
        };
        return (point, new FitDiagnostics(
            "L-BFGS", report.Iterations, report.Evaluations, report.Value / rows, report.GradientNorm / rows,
            report.End == DescentEnd.Converged, note));
    }
}
