using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Learning.Optimisers;

namespace PateSim.Learning.Networks;

/// <summary>The options that every trained network has: how it descends and when it stops.</summary>
internal sealed record TrainingOptions(
    int Epochs, int BatchSize, StepRule Rule, double LearningRate, RateSchedule Schedule, double L2,
    double ValidationShare, int Patience)
{
    /// <param name="epochs">The default of that option; likewise the others.</param>
    public static ImmutableArray<OptionSpec> Specs(int epochs, int batchSize, double learningRate, double l2) =>
    [
        OptionSpec.Integer(
            "epochs", "Passes over the training records (the most, with early stopping).", epochs, minimum: 1,
            maximum: 1_000_000),
        OptionSpec.Integer("batch-size", "Records of a step.", batchSize, minimum: 1, maximum: 1_000_000),
        OptionSpec.Choice(
            "optimiser", "Rule of a step: Adam, Adam with decoupled weight decay, or gradient descent with momentum.",
            "adam", "adam", "adamw", "sgd"),
        OptionSpec.Real(
            "learning-rate", "Step size η; about 0.001 to 0.01 for adam and adamw, 0.01 to 0.5 for sgd.", learningRate,
            minimum: 0, maximum: 10, exclusive: true),
        OptionSpec.Real(
            "momentum", "Share of the last step that sgd goes on by, in [0, 1).", 0.9, minimum: 0, maximum: 0.9999),
        OptionSpec.Real(
            "weight-decay", "Share η·weight-decay by which each step of adamw shrinks the weights, beside the gradient.",
            0, minimum: 0, maximum: 100),
        OptionSpec.Choice(
            "schedule",
            "How the step size goes: constant, along half a cosine down to zero, or times step-factor every step-epochs.",
            "cosine", "constant", "cosine", "step"),
        OptionSpec.Integer(
            "step-epochs", "Epochs between two cuts of the step schedule.", 10, minimum: 1, maximum: 1_000_000),
        OptionSpec.Real(
            "step-factor", "Factor of each cut of the step schedule.", 0.1, minimum: 0, maximum: 1, exclusive: true),
        OptionSpec.Integer(
            "warm-up", "First epochs, in which the step size rises evenly to its schedule; 0 for none.", 0, minimum: 0,
            maximum: 1_000_000),
        OptionSpec.Real(
            "l2", "Penalty λ: the mean loss plus λ/2 times the squared weights is minimised.", l2, minimum: 0,
            maximum: 1e6),
        OptionSpec.Real(
            "validation-share",
            "Share of the training records held out for early stopping; 0 trains on all of them for all epochs.", 0,
            minimum: 0, maximum: 0.5),
        OptionSpec.Integer(
            "patience", "Epochs without a smaller held-out loss after which training stops.", 10, minimum: 1,
            maximum: 1_000_000),
    ];

    /// <exception cref="OptionException">Options that each are in range and do not fit together.</exception>
    public static TrainingOptions From(OptionValues values)
    {
        var rule = values.Text("optimiser") switch
        {
            "sgd" => StepRule.Momentum(values.Real("momentum")),
            "adamw" => StepRule.Adam(values.Real("weight-decay")),
            _ => StepRule.Adam(0),
        };
        var options = new TrainingOptions(
            values.Int32("epochs"), values.Int32("batch-size"), rule, values.Real("learning-rate"),
            RateSchedule.From(values), values.Real("l2"), values.Real("validation-share"), values.Int32("patience"));
        if (values.Real("weight-decay") > 0 && values.Text("optimiser") != "adamw")
            throw new OptionException(
                "weight-decay", "Decoupled weight decay belongs to optimiser = adamw; the others have the penalty l2.");
        if (values.Int32("warm-up") >= options.Epochs && values.Int32("warm-up") > 0)
            throw new OptionException(
                "warm-up", $"A warm-up of {values.Int32("warm-up")} epochs leaves none of epochs = {options.Epochs}.");
        if (options.ValidationShare > 0 && options.Schedule.Kind == RateKind.Cosine)
            throw new OptionException(
                "validation-share",
                "Early stopping needs schedule = constant or step: the cosine schedule ends at the last of the given "
                + "epochs.");
        return options;
    }
}
