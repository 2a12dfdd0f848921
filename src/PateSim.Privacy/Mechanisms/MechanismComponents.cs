using PateSim.Core.Components;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Mechanisms;

/// <summary>Descriptions and makers of the mechanisms.</summary>
internal static class MechanismComponents
{
    private const string Paper2017 =
        "Papernot, Abadi, Erlingsson, Goodfellow, Talwar: Semi-supervised Knowledge Transfer for Deep Learning from "
        + "Private Training Data, ICLR 2017, arXiv 1610.05755, section 2.1.";

    private const string Paper2018 =
        "Papernot, Song, Mironov, Raghunathan, Talwar, Erlingsson: Scalable Private Learning with PATE, ICLR 2018, "
        + "arXiv 1802.08908";

    private const string Ties =
        "Ties, which integer noise makes possible, go to the lowest class; that is post-processing and costs nothing.";

    private static readonly OptionSpec Sampling = OptionSpec.Choice(
        "sampling", "continuous: double precision, fast; discrete: integer noise by exact rational samplers, for real "
        + "deployments.", "continuous", "continuous", "discrete");

    public static Component<IAggregationMechanism> Lnmax { get; } = new(
        new ComponentDescriptor(
            MechanismCatalog.Kind,
            "lnmax",
            "Noisy argmax with Laplace noise on every vote count.",
            [
                OptionSpec.Real(
                    "scale", "Scale b of the Laplace noise in votes; 20 when neither it nor gamma nor "
                    + "per-answer-epsilon is written.", null, 0, null, true),
                OptionSpec.Real("gamma", "Inverse scale γ = 1/b in 1/votes, instead of scale.", null, 0, null, true),
                OptionSpec.Real(
                    "per-answer-epsilon", "Pure ε of one answer, 2/b, when one patient is replaced; instead of scale.",
                    null, 0, null, true),
                Sampling,
            ],
            [
                "argmax_j { n_j + Lap(b) }, b = 1/γ, independent noise on each of the m counts. " + Ties,
                "One patient replaced moves one vote: two counts change by one, so each answer is 2/b = 2γ-DP "
                + "(b = 20: ε = 0.1). γ alone is the cost of one hospital added or removed.",
                "Departures: none; discrete sampling replaces Lap(b) by the discrete Laplace law with the same b and "
                + "the same ε. Limits: continuous noise is made in double precision and ends at 36.8 b. "
                + "Deterministic for a noise key.",
            ],
            Paper2017),
        CreateLnmax);

    public static Component<IAggregationMechanism> Gnmax { get; } = new(
        new ComponentDescriptor(
            MechanismCatalog.Kind,
            "gnmax",
            "Noisy argmax with Gaussian noise on every vote count.",
            [Sigma(), Sampling],
            [
                "argmax_j { n_j + N(0, σ²) }, independent noise on each of the m counts. " + Ties,
                "One patient replaced moves one vote: L2 sensitivity √2, Rényi cost a/σ² at order a, exactly √2/σ-GDP. "
                + "There is no pure ε.",
                "Departures: none; discrete sampling uses the discrete Gaussian law with the same σ, whose Rényi "
                + "cost is at most the same. Deterministic for a noise key.",
            ],
            Paper2018 + ", section 4.1."),
        options => new NoisyArgmax(options.Real("sigma"), GaussianLaw(options)));

    public static Component<IAggregationMechanism> ConfidentGnmax { get; } = new(
        new ComponentDescriptor(
            MechanismCatalog.Kind,
            "confident-gnmax",
            "GNMax that answers only where the teachers agree, by a noisy threshold.",
            [Threshold(200), ThresholdSigma(), Sigma(), Sampling],
            [
                "Answers argmax_j { n_j + N(0, σ₂²) } if max_j n_j + N(0, σ₁²) ≥ T, else nothing. " + Ties,
                "The check (sensitivity 1) is paid for by every query, the answer (L2 sensitivity √2) only where it is "
                + "given. Which queries were answered is itself released, and paid for by the check.",
                "The defaults are those of the paper for MNIST with 250 teachers. Departures: none. Deterministic "
                + "for a noise key.",
            ],
            Paper2018 + ", Algorithm 1."),
        options => new ConfidentArgmax(
            options.Real("threshold"), options.Real("threshold-sigma"), options.Real("sigma"), GaussianLaw(options)));

    public static Component<IAggregationMechanism> InteractiveGnmax { get; } = new(
        new ComponentDescriptor(
            MechanismCatalog.Kind,
            "interactive-gnmax",
            "GNMax that corrects the student where the teachers disagree with it, by a noisy threshold.",
            [
                Threshold(100), ThresholdSigma(), Sigma(),
                OptionSpec.Real(
                    "confidence", "γ_c: above this probability the student's own label stands where the teachers do "
                    + "not object.", 0.5, 0, 1),
                OptionSpec.Real(
                    "first-threshold", "Threshold of the first round, in votes: before there is a student the largest "
                    + "count is checked; that of threshold when it is not written.", null),
                OptionSpec.Real(
                    "first-threshold-sigma", "Noise of the check in the first round, in votes; that of threshold-sigma "
                    + "when it is not written.", null, 0),
                OptionSpec.Real(
                    "first-sigma", "Noise on the counts in the first round, in votes; that of sigma when it is not "
                    + "written.", null, 0),
                Sampling,
            ],
            [
                "With the student's probabilities p: if max_j (n_j − M p_j) + N(0, σ₁²) ≥ T, answers "
                + "argmax_j { n_j + N(0, σ₂²) }; else the student's label if max p > γ_c; else nothing. " + Ties,
                "The first round has no student: it is labelled by confident-gnmax, with first-threshold, "
                + "first-threshold-sigma and first-sigma. In each later round the student has learned from all answers "
                + "so far. Its predictions are public: it learned from released answers only.",
                "Departure: the score is rounded half up and held within 0 and M, so that one moved vote changes it "
                + "by at most one (published code rounds half to even, which doubles the sensitivity). Deterministic "
                + "for a noise key.",
            ],
            Paper2018 + ", Algorithm 2."),
        CreateInteractive);

    private static OptionSpec Sigma() => OptionSpec.Real(
        "sigma", "Standard deviation σ of the noise on the counts, in votes; 0 for the plain argmax without any "
        + "privacy.",
        40, 0);

    private static OptionSpec Threshold(double @default) =>
        OptionSpec.Real("threshold", "Threshold T, in votes.", @default);

    private static OptionSpec ThresholdSigma() => OptionSpec.Real(
        "threshold-sigma", "Standard deviation σ₁ of the noise on the threshold check, in votes; 0 for none, "
        + "without any "
        + "privacy.", 150, 0);

    private static NoiseLaw GaussianLaw(OptionValues options) =>
        options.Text("sampling") == "discrete" ? NoiseLaw.DiscreteGaussian : NoiseLaw.Gaussian;

    private static InteractiveArgmax CreateInteractive(OptionValues options)
    {
        return new InteractiveArgmax(
            options.Real("threshold"), options.Real("threshold-sigma"), options.Real("sigma"),
            options.Real("confidence"), GaussianLaw(options),
            new ConfidentArgmax(First("threshold"), First("threshold-sigma"), First("sigma"), GaussianLaw(options)));

        double First(string name) => options.Real(options.Has("first-" + name) ? "first-" + name : name);
    }

    private static NoisyArgmax CreateLnmax(OptionValues options)
    {
        var law = options.Text("sampling") == "discrete" ? NoiseLaw.DiscreteLaplace : NoiseLaw.Laplace;
        string[] written = [.. new[] { "scale", "gamma", "per-answer-epsilon" }.Where(options.Has)];
        if (written.Length > 1)
            throw new OptionException(
                written[1], $"{string.Join(" and ", written)} are both written; they are one quantity "
                + "(gamma = 1/scale, per-answer-epsilon = 2/scale), so write one of them.");
        if (written.Length == 0) return new NoisyArgmax(NoisyArgmax.DefaultScale, law);
        var scale = written[0] switch
        {
            "scale" => options.Real("scale"),
            "gamma" => 1 / options.Real("gamma"),
            _ => 2 / options.Real("per-answer-epsilon"),
        };
        return double.IsFinite(scale)
            ? new NoisyArgmax(scale, law)
            : throw new OptionException(written[0], $"{written[0]} is so small that its noise scale is not finite.");
    }
}
