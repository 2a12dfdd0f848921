using System.Collections.Immutable;
using PateSim.Core.Components;

namespace PateSim.Learning.Networks;

/// <summary>The options of <see cref="MlpLearner"/>.</summary>
internal sealed record MlpOptions(ImmutableArray<int> Hidden, BodyOptions Body, TrainingOptions Training)
{
    public static readonly ImmutableArray<OptionSpec> Specs =
    [
        OptionSpec.IntegerList(
            "hidden", "Units of each hidden layer, from the features up; empty for none.", [64, 32], minimum: 1,
            maximum: 65536),
        ActivationSpec,
        OptionSpec.Choice(
            "normalisation", "How a hidden unit's input is scaled: not, over the batch, or over the record's units.",
            "none", "none", "batch", "layer"),
        DropoutSpec,
        .. TrainingOptions.Specs(epochs: 30, batchSize: 32, learningRate: 0.003, l2: 0.015),
    ];

    internal static OptionSpec ActivationSpec => OptionSpec.Choice(
        "activation", "What a hidden unit does with its input.", "relu", "relu", "gelu", "tanh");

    internal static OptionSpec DropoutSpec => OptionSpec.Real(
        "dropout", "Probability by which a hidden unit of a dense layer is left out of a step.", 0, minimum: 0,
        maximum: 0.95);

    /// <exception cref="OptionException">Options that each are in range and do not fit together.</exception>
    public static MlpOptions From(OptionValues values) => new(
        [.. values.IntegerList("hidden").Select(units => (int)units)],
        BodyFrom(values), TrainingOptions.From(values));

    internal static BodyOptions BodyFrom(OptionValues values) => new(
        values.Text("activation") switch
        {
            "gelu" => Activation.Gelu,
            "tanh" => Activation.Tanh,
            _ => Activation.Relu,
        },
        values.Text("normalisation") switch
        {
            "batch" => Normalisation.Batch,
            "layer" => Normalisation.Layer,
            _ => Normalisation.None,
        },
        values.Real("dropout"));
}
