using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Learning;
using PateSim.Learning.Federated;

namespace PateSim.Simulation.Baselines;

/// <summary>Federated averaging over the hospitals of the run.</summary>
public sealed class FederatedBaseline : IBaseline
{
    private static readonly ImmutableArray<OptionSpec> Options =
    [
        OptionSpec.Integer("rounds", "Times that the hospitals' models are averaged.", 50, 1, 1_000_000),
        OptionSpec.Integer("local-epochs", "Passes over its records that a hospital makes in a round, E.", 5, 1, 1000),
        OptionSpec.Integer("batch-size", "Records of a local step, B.", 32, 1, 1_000_000),
        OptionSpec.Real("learning-rate", "Step size of a local step.", 0.1, 0, 100, exclusive: true),
    ];

    private readonly FederatedSettings _settings;

    private FederatedBaseline(OptionValues options, double proximal) => _settings = new FederatedSettings(
        options.Int32("rounds"), options.Int32("local-epochs"), options.Int32("batch-size"),
        options.Real("learning-rate"), proximal);

    /// <summary>FedAvg.</summary>
    public static Component<IBaseline> FedAvg { get; } = new(
        new ComponentDescriptor(
            "baseline", "fedavg", "Federated averaging of a linear softmax model over the same hospitals, unprotected.",
            Options,
            [
                "Each round every hospital starts from the common weights, makes local-epochs passes of mini-batch gradient "
                + "descent over its own records, and the new common weights are the mean of the hospitals', each weighted by "
                + "its number of records. All hospitals take part in each round.",
                "Records stay where they are, but weights do not, and nothing hides what they tell: no epsilon holds. The "
                + "model is linear with intercepts, without a penalty, so that it stands beside a linear pooled model.",
                "Features are used as they come: bring them to comparable scale before.",
                "Deterministic: each hospital's order of records in each round has an address of its own.",
            ],
            "H. B. McMahan, E. Moore, D. Ramage, S. Hampson, B. Agüera y Arcas, Communication-efficient learning of deep "
            + "networks from decentralized data, AISTATS 2017, algorithm 1."),
        options => new FederatedBaseline(options, 0));

    /// <summary>FedProx.</summary>
    public static Component<IBaseline> FedProx { get; } = new(
        new ComponentDescriptor(
            "baseline", "fedprox", "FedAvg with a pull towards the common weights, for hospitals that are unlike.",
            [.. Options, OptionSpec.Real("mu", "Strength of the pull, μ.", 0.01, 0, 1000, exclusive: true)],
            [
                "As fedavg, but a local step also goes down μ/2 ‖v − w‖², v the hospital's weights and w the common ones of "
                + "the round. The local work is the same in every hospital: the paper's variable amounts of it are left out.",
                "Deterministic, as fedavg.",
            ],
            "T. Li, A. K. Sahu, M. Zaheer, M. Sanjabi, A. Talwalkar, V. Smith, Federated optimization in heterogeneous "
            + "networks, MLSys 2020."),
        options => new FederatedBaseline(options, options.Real("mu")));

    public bool MatchesPrivacy => false;

    public BaselineModel Train(BaselineTask task, TrainingContext context) => new(
        FederatedAveraging.Fit(task.Hospitals, _settings, context),
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_settings.Rounds} rounds, {_settings.LocalEpochs} local epochs, batch {_settings.BatchSize}, learning rate ")
            + _settings.LearningRate.ToString("R", CultureInfo.InvariantCulture)
            + (_settings.Proximal > 0
                ? ", mu " + _settings.Proximal.ToString("R", CultureInfo.InvariantCulture) : ""),
        null);
}
