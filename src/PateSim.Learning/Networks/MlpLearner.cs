using PateSim.Core.Components;
using PateSim.Core.Features;

namespace PateSim.Learning.Networks;

/// <summary>A multilayer perceptron; see <see cref="Component"/>.</summary>
public sealed class MlpLearner : NetworkLearner
{
    private readonly MlpOptions _options;

    internal MlpLearner(MlpOptions options) => _options = options;

    /// <summary>The component of a kind ("teacher", "student").</summary>
    public static Component<ILearner> Component(string kind) => new(
        new ComponentDescriptor(
            kind, "mlp", "Multilayer perceptron: dense layers, softmax cross-entropy, mini-batches.",
            MlpOptions.Specs,
            [
                "Minimises mean −Σₖ tₖ ln pₖ + λ/2 ‖W‖² (biases unpenalised) by Adam (β₁ = 0.9, β₂ = 0.999, ε = 1e-8), "
                + "AdamW or gradient descent with momentum (v ← μv + g, w ← w − ηv) over mini-batches in a new random "
                + "order each epoch. ReLU layers start from He's, others from Glorot's uniform distribution; hidden "
                + "biases start at zero, output biases at the logarithms of the class frequencies.",
                NetworkTexts.Body,
                NetworkTexts.Rates,
                "The defaults are meant for a student on some hundred noisy labels: a fixed number of epochs with a "
                + "falling step size and a strong penalty use every label, where early stopping would hold a tenth of "
                + "them back. The λ here stands beside a mean loss: scikit-learn's alpha is λ times the batch size.",
                "Early stopping (validation-share > 0) holds out that share of the training records, chosen at "
                + "random, at least one; it stops after patience epochs without a smaller held-out loss and returns "
                + "the parameters of the smallest. No other data is looked at: a student holds out public records "
                + "alone, a teacher some of its own hospital's. With fewer than two records there is "
                + "nothing to hold out: all epochs are made and the diagnostics say so.",
                "Classes that do not occur among the labels keep an output and get small probabilities. Features are "
                + "used as they come: bring them to comparable scale before.",
                "Deterministic: the key settles initial weights, order and hold-out; the bytes of the result depend "
                + "neither on threads nor on the machine's vector width. Trains on soft and weighted labels as well.",
            ],
            "D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015; K. He et al., Delving deep "
            + "into rectifiers, ICCV 2015; X. Glorot, Y. Bengio, Understanding the difficulty of training deep "
            + "feedforward neural networks, AISTATS 2010; I. Loshchilov, F. Hutter, Decoupled weight decay "
            + "regularization, ICLR 2019."),
        options => new MlpLearner(MlpOptions.From(options)));

    private protected override NetworkClassifier Fit(
        FeatureMatrix features, Targets targets, TrainingContext context) =>
        new NetworkFit("mlp", _options.Training).Train(
            Network.Dense(features.Columns, _options.Hidden, targets.Classes, _options.Body), features, targets, context);
}
