using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Learning;
using PateSim.Learning.Federated;
using PateSim.Privacy.Events;
using PateSim.Privacy.Renyi;

namespace PateSim.Simulation.Baselines;

/// <summary>DP-SGD on the pooled records at the privacy loss of the run.</summary>
public sealed class DpSgdBaseline : IBaseline
{
    private static readonly ImmutableArray<OptionSpec> Options =
    [
        OptionSpec.Integer(
            "batch-size", "Expected records of a step; the sampling rate is this over the number of records, at most 1.",
            512, 1, 100_000_000),
        OptionSpec.Integer("epochs", "Expected times that a record is looked at.", 20, 1, 100_000),
        OptionSpec.Real("clip", "Norm that each record's gradient is shortened to.", 1, 0, 1e6, exclusive: true),
        OptionSpec.Real("learning-rate", "Step size.", 1, 0, 1000, exclusive: true),
        OptionSpec.Real(
            "epsilon", "Privacy loss to train to; the run's own releasable epsilon where it is not written.", null, 0, 1e6,
            exclusive: true),
    ];

    private readonly int _batch, _epochs;
    private readonly double _clip, _rate;
    private readonly double? _epsilon;

    private DpSgdBaseline(OptionValues options)
    {
        (_batch, _epochs) = (options.Int32("batch-size"), options.Int32("epochs"));
        (_clip, _rate) = (options.Real("clip"), options.Real("learning-rate"));
        _epsilon = options.Has("epsilon") ? options.Real("epsilon") : null;
    }

    public static Component<IBaseline> Component { get; } = new(
        new ComponentDescriptor(
            "baseline", "dp-sgd", "DP-SGD of a linear softmax model on all records pooled, at the run's own epsilon.",
            Options,
            [
                "Each step draws every record with probability q = batch-size/n, shortens its gradient to the norm C, adds "
                + "N(0, σ²C²) to each coordinate of the sum, and steps by learning-rate/(qn). The weights are the mean over "
                + "the second half of the steps. σ is the least noise for which all steps together cost the run's releasable "
                + "epsilon at its delta, by the Rényi accountant of the Poisson-sampled Gaussian.",
                "It shows what PATE's epsilon would buy whoever could lawfully pool the records. The comparison favours "
                + "DP-SGD: its epsilon is for one record added or removed, that of the run for a patient's records replaced, "
                + "which costs up to twice as much; n is taken as public; and hyperparameters are chosen for free. Patients "
                + "with several records are not covered.",
                "Where the run has no releasable epsilon, or its adjacency speaks of hospitals, there is nothing to match and "
                + "the results say so.",
                "Deterministic: samples and noise have their addresses. Noise from a seed simulates a guarantee and gives "
                + "none.",
            ],
            "M. Abadi et al., Deep learning with differential privacy, CCS 2016, algorithm 1; I. Mironov, K. Talwar, L. "
            + "Zhang, Rényi differential privacy of the sampled Gaussian mechanism, arXiv 1908.10530."),
        options => new DpSgdBaseline(options));

    public bool MatchesPrivacy => true;

    public BaselineModel Train(BaselineTask task, TrainingContext context)
    {
        if (task.Headline is not { } headline || double.IsInfinity(headline.Epsilon))
            throw new TrainingException("The run has no releasable epsilon that DP-SGD could be trained to.");
        if (headline.Adjacency.Kind != AdjacencyKind.PatientReplaced)
        {
            throw new TrainingException(
                $"The run's epsilon speaks of {headline.Adjacency}, DP-SGD's of one record: they cannot be set against each "
                + "other.");
        }
        if (headline.Delta <= 0)
            throw new TrainingException("The run's epsilon has delta 0, at which DP-SGD has none.");
        var pooled = task.Pooled();
        var epsilon = _epsilon ?? headline.Epsilon;
        if (!(epsilon > 0)) throw new TrainingException("The run's epsilon is 0: no noise is enough for that.");
        var rate = Math.Min(1, _batch / (double)Math.Max(1, pooled.Count));
        var steps = Math.Max(1, (int)Math.Round(_epochs / rate));
        var noise = SubsampledGaussianRenyi.NoiseFor(rate, steps, epsilon, headline.Delta);
        var spent = SubsampledGaussianRenyi.Epsilon(rate, noise, steps, headline.Delta);
        var classifier = PrivateGradientDescent.Fit(
            pooled, new PrivateDescentSettings(rate, steps, _clip, noise, _rate), context);
        var detail = string.Create(
            CultureInfo.InvariantCulture, $"{steps} steps, sampling rate {rate:G4}, noise multiplier {noise:G5}, clip ")
            + _clip.ToString("R", CultureInfo.InvariantCulture) + ", Rényi order "
            + spent.Order.ToString("R", CultureInfo.InvariantCulture);
        return new BaselineModel(
            classifier, detail,
            new BaselinePrivacy(spent.Epsilon, headline.Delta, noise, "one record added or removed"));
    }
}
