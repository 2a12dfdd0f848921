using System.Collections.Immutable;
using PateSim.Core.Components;

namespace PateSim.Learning.Networks;

/// <summary>The options of <see cref="MlpLearner"/>, checked.</summary>
internal sealed record MlpOptions(
    ImmutableArray<int> Hidden, Activation Activation, int Epochs, int BatchSize, double LearningRate, bool Decay,
    double L2, double ValidationShare, int Patience)
{
    public static readonly ImmutableArray<OptionSpec> Specs =
    [
        OptionSpec.IntegerList(
            "hidden", "Units of each hidden layer, from the features up; empty for none.", [64, 32], minimum: 1,
            maximum: 65536),
        OptionSpec.Choice("activation", "What a hidden unit does with its input.", "relu", "relu", "tanh"),
        OptionSpec.Integer(
            "epochs", "Passes over the training records (the most, with early stopping).", 30, minimum: 1,
            maximum: 1_000_000),
        OptionSpec.Integer("batch-size", "Records of a step.", 32, minimum: 1, maximum: 1_000_000),
        OptionSpec.Real("learning-rate", "Adam's step size η.", 0.003, minimum: 0, maximum: 10, exclusive: true),
        OptionSpec.Choice(
            "schedule", "How the step size goes: constant, or along half a cosine down to zero.", "cosine", "constant",
            "cosine"),
        OptionSpec.Real(
            "l2", "Penalty λ: the mean loss plus λ/2 times the squared weights is minimised.", 0.015, minimum: 0,
            maximum: 1e6),
        OptionSpec.Real(
            "validation-share",
            "Share of the training records held out for early stopping; 0 trains on all of them for all epochs.", 0,
            minimum: 0, maximum: 0.5),
        OptionSpec.Integer(
            "patience", "Epochs without a smaller held-out loss after which training stops.", 10, minimum: 1,
            maximum: 1_000_000),
    ];

    /// <exception cref="OptionException">Early stopping is asked for with a schedule made for a known end.</exception>
    public static MlpOptions From(OptionValues values)
    {
        var options = new MlpOptions(
            [.. values.IntegerList("hidden").Select(units => (int)units)],
            values.Text("activation") == "relu" ? Activation.Relu : Activation.Tanh,
            values.Int32("epochs"), values.Int32("batch-size"), values.Real("learning-rate"),
            values.Text("schedule") == "cosine", values.Real("l2"), values.Real("validation-share"),
            values.Int32("patience"));
        if (options.ValidationShare > 0 && options.Decay)
            throw new OptionException(
                "validation-share",
                "Early stopping needs schedule = constant: the cosine schedule ends at the last of the given epochs.");
        return options;
    }
}
