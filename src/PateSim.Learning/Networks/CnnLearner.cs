using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Features;

namespace PateSim.Learning.Networks;

/// <summary>A small convolutional network for square grey images; see <see cref="Component"/>.</summary>
public sealed class CnnLearner : NetworkLearner, IShapeBoundLearner
{
    private const int MostFilters = 1024;

    private static readonly ImmutableArray<OptionSpec> Specs =
    [
        OptionSpec.IntegerList(
            "filters", "Filters of each convolution, multiples of eight; pooling follows each.", [16, 32], minimum: 8,
            maximum: MostFilters),
        OptionSpec.Integer("kernel", "Height and width of a window, in pixels.", 5, minimum: 1, maximum: 15),
        OptionSpec.Choice("pooling", "What becomes of 2 × 2 neighbours.", "max", "max", "average"),
        OptionSpec.IntegerList(
            "hidden", "Units of each hidden dense layer above the convolutions; empty for none.", [128], minimum: 1,
            maximum: 65536),
        MlpOptions.ActivationSpec,
        OptionSpec.Choice(
            "normalisation", "How an activation's input is scaled: not, or over the batch (of a convolution by filter).",
            "none", "none", "batch"),
        MlpOptions.DropoutSpec,
        .. TrainingOptions.Specs(epochs: 20, batchSize: 32, learningRate: 0.002, l2: 0.0005),
    ];

    private readonly ImmutableArray<int> _filters, _hidden;
    private readonly int _kernel;
    private readonly Layers.Pooling _pooling;
    private readonly BodyOptions _body;
    private readonly TrainingOptions _training;

    internal CnnLearner(OptionValues values)
    {
        _filters = [.. values.IntegerList("filters").Select(count => (int)count)];
        if (_filters.IsEmpty) throw new OptionException("filters", "There is no convolution; mlp has none.");
        if (_filters.FirstOrDefault(count => count % 8 != 0) is var odd and > 0)
            throw new OptionException("filters", $"{odd} filters are no multiple of eight.");
        _kernel = values.Int32("kernel");
        _pooling = values.Text("pooling") == "average" ? Layers.Pooling.Average : Layers.Pooling.Max;
        _hidden = [.. values.IntegerList("hidden").Select(units => (int)units)];
        _body = MlpOptions.BodyFrom(values);
        _training = TrainingOptions.From(values);
    }

    /// <summary>The component of a kind ("teacher", "student", "clone").</summary>
    public static Component<ILearner> Component(string kind) => new(
        new ComponentDescriptor(
            kind, "cnn", "Small convolutional network for square grey images, such as 28 × 28.",
            Specs,
            [
                "Each convolution (cross-correlation with kernel × kernel windows, no border) is followed by "
                + "normalisation, activation and pooling of 2 × 2 squares, a last odd row or column left out; then hidden "
                + "dense layers and the softmax. With the defaults: 28 × 28 → 24 × 24 × 16 → 12 × 12 × 16 → 8 × 8 × 32 → "
                + "4 × 4 × 32 → 128 → classes.",
                "The features are the pixels of a square image, row by row; other data is refused before anything is "
                + "trained. Filters come in eights, the width of the vectors.",
                "Minimises mean −Σₖ tₖ ln pₖ + λ/2 ‖W‖² (biases unpenalised) like mlp, with the same start, early stopping "
                + "and treatment of classes without records.",
                NetworkTexts.Body,
                NetworkTexts.Rates,
                "Deterministic: the key settles initial weights, order, dropout and hold-out; the bytes of the result "
                + "depend neither on threads nor on the machine's vector width. Trains on soft and weighted labels as well.",
            ],
            "Y. LeCun et al., Gradient-based learning applied to document recognition, Proc. IEEE 86, 1998."),
        options => new CnnLearner(options));

    public string? Reject(int features, int classes)
    {
        var side = (int)Math.Round(Math.Sqrt(features));
        if (side * side != features)
            return $"cnn needs the pixels of a square image, and {features} features are no square number.";
        var height = side;
        foreach (var _ in _filters)
        {
            if (height - _kernel + 1 < 2)
                return $"Windows of kernel = {_kernel} leave nothing to pool of {height} × {height} places: a "
                    + $"{side} × {side} image is too small for filters = [{string.Join(", ", _filters)}].";
            height = (height - _kernel + 1) / 2;
        }
        return null;
    }

    private protected override NetworkClassifier Fit(
        FeatureMatrix features, Targets targets, TrainingContext context)
    {
        if (Reject(features.Columns, targets.Classes) is { } reason) throw new TrainingException(reason);
        var side = (int)Math.Round(Math.Sqrt(features.Columns));
        return new NetworkFit("cnn", _training).Train(
            Network.Convolutional(side, _filters, _kernel, _pooling, _hidden, targets.Classes, _body),
            features, targets, context);
    }
}
