using System.Globalization;
using PateSim.Core.Components;
using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Networks;

/// <summary>A multilayer perceptron trained by Adam; see <see cref="Component"/>.</summary>
public sealed class MlpLearner : ISoftLabelLearner
{
    /// <summary>Mean loss, in nats, beyond which a fit counts as diverged; so does one that is not a number.</summary>
    private const double MostLoss = 1e6;

    private readonly MlpOptions _options;

    internal MlpLearner(MlpOptions options) => _options = options;

    /// <summary>The component of a kind ("teacher", "student").</summary>
    public static Component<ILearner> Component(string kind) => new(
        new ComponentDescriptor(
            kind, "mlp", "Multilayer perceptron: dense layers, softmax cross-entropy, L2 penalty, Adam.",
            MlpOptions.Specs,
            [
                "Minimises mean −Σₖ tₖ ln pₖ + λ/2 ‖W‖² (biases unpenalised) by Adam (β₁ = 0.9, β₂ = 0.999, ε = 1e-8) "
                + "over mini-batches in a new random order each epoch. ReLU layers start from He's, others from "
                + "Glorot's uniform distribution; hidden biases start at zero, output biases at the logarithms of the "
                + "class frequencies.",
                "The defaults are meant for a student on some hundred noisy labels: a fixed number of epochs with a "
                + "falling step size and a strong penalty use every label, where early stopping would hold a tenth of "
                + "them back. The λ here stands beside a mean loss: scikit-learn's alpha is λ times the batch size.",
                "Early stopping (validation-share > 0) holds out that share of the training records, chosen at "
                + "random, at least one; it stops after patience epochs without a smaller held-out loss and returns "
                + "the parameters of the smallest. No other data is looked at. With fewer than two records there is "
                + "nothing to hold out: all epochs are made and the diagnostics say so.",
                "Classes that do not occur among the labels keep an output and get small probabilities. Features are "
                + "used as they come: bring them to comparable scale before.",
                "Deterministic: the key settles initial weights, order and hold-out; the bytes of the result depend "
                + "neither on threads nor on the machine's vector width. Trains on soft labels as well.",
            ],
            "D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015; K. He et al., Delving deep "
            + "into rectifiers, ICCV 2015; X. Glorot, Y. Bengio, Understanding the difficulty of training deep "
            + "feedforward neural networks, AISTATS 2010."),
        options => new MlpLearner(MlpOptions.From(options)));

    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        TrainingData.RequireRecords(data.Count);
        return Fit(data.Features, Targets.FromLabels(data.Labels, data.ClassCount), context);
    }

    public IClassifier FitSoft(
        FeatureMatrix features, ReadOnlyMemory<float> targets, int classCount, TrainingContext context)
    {
        TrainingData.RequireRecords(features.Rows);
        _ = TrainingData.Present(features, targets.Span, classCount);
        return Fit(features, Targets.FromProbabilities(targets.Span, classCount), context);
    }

    private NetworkClassifier Fit(FeatureMatrix features, Targets targets, TrainingContext context)
    {
        var shape = new NetworkShape(features.Columns, _options.Hidden, targets.Classes, _options.Activation);
        var (train, held) = HoldOut(features.Rows, context);
        var trainer = new NetworkTrainer(
            shape, features, targets, train, _options.BatchSize, (float)_options.L2, context.Key, context.Threads);
        var validation = held.Length == 0 ? null : new HeldOutLoss(shape, features, targets, held);
        var note = _options.ValidationShare > 0 && validation is null
            ? "A single record cannot be split: no early stopping." : "";
        var best = validation is null ? trainer.Parameters : (float[])trainer.Parameters.Clone();
        var (bestLoss, bestEpoch, loss, stopped) = (double.PositiveInfinity, 0, 0.0, validation is null);
        var epoch = 0;
        while (epoch < _options.Epochs)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            loss = trainer.Epoch(Rate(epoch));
            epoch++;
            RequireSane(loss, epoch);
            if (validation is null) continue;
            var heldLoss = validation.Of(trainer.Parameters);
            RequireSane(heldLoss, epoch);
            if (heldLoss < bestLoss)
            {
                (bestLoss, bestEpoch) = (heldLoss, epoch);
                trainer.Parameters.CopyTo(best, 0);
            }
            else if (epoch - bestEpoch >= _options.Patience)
            {
                (stopped, note) = (true, $"Early stopping kept epoch {bestEpoch}.");
                break;
            }
        }
        if (!float.IsFinite(VectorKernels.MaxMagnitude(best))) RequireSane(double.NaN, epoch);
        if (!stopped) note = $"Stopped at epochs = {_options.Epochs}; epoch {bestEpoch} was kept.";
        var diagnostics = new FitDiagnostics(
            "Adam", epoch, (long)epoch * trainer.Steps, loss, double.NaN, stopped, note);
        return new NetworkClassifier(
            shape, best, [.. Enumerable.Range(0, targets.Classes)], targets.Classes, diagnostics);
    }

    private (int[] Train, int[] Held) HoldOut(int rows, TrainingContext context)
    {
        if (_options.ValidationShare == 0 || rows < 2) return (Enumerable.Range(0, rows).ToArray(), []);
        var order = context.Key.Derive("hold-out").Open().Permutation(rows);
        var held = Math.Clamp((int)Math.Round(rows * _options.ValidationShare), 1, rows - 1);
        return (order[held..], order[..held]);
    }

    private double Rate(int epoch)
    {
        if (!_options.Decay) return _options.LearningRate;
        // The library's cosine may differ in its last bit between systems.
        return _options.LearningRate * HalfCosine((double)epoch / _options.Epochs);
    }

    /// <summary>(1 + cos πt)/2 = cos²(πt/2) for t in [0, 1], by the series of the cosine to the twentieth
    /// power.</summary>
    internal static double HalfCosine(double t)
    {
        var square = t * t * (Math.PI * Math.PI / 4);
        var sum = 1.0;
        for (var k = 20; k >= 2; k -= 2) sum = 1 - square / (k * (k - 1)) * sum;
        return sum * sum;
    }

    private void RequireSane(double loss, int epoch)
    {
        if (loss <= MostLoss) return;
        throw new TrainingException(
            $"The fit diverged: the mean loss after epoch {epoch} is {Show(loss)} nats. learning-rate = "
            + $"{Show(_options.LearningRate)} is too large for these features, or they are not on a comparable scale.");
    }

    private static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
