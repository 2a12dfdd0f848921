using PateSim.Core.Components;
using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Mechanisms;

/// <summary>
/// LNMax: argmax_j { n_j + Lap(b) }, with b = 1/γ and independent noise on every count (Papernot et al. 2017).
/// </summary>
/// <remarks>One moved vote changes two counts by one, so an answer is 2/b = 2γ-DP. Scale 0 gives the plain argmax and no
/// privacy at all.</remarks>
public sealed class NoisyArgmax : IAggregationMechanism
{
    public const double DefaultScale = 20;

    /// <param name="noiseScale">b ≥ 0, in votes; exactly 0 for no noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or not a number.</exception>
    public NoisyArgmax(double noiseScale)
    {
        if (!(noiseScale >= 0) || double.IsPositiveInfinity(noiseScale))
            throw new ArgumentOutOfRangeException(
                nameof(noiseScale), noiseScale, "The noise scale is a finite number, at least 0.");
        NoiseScale = noiseScale;
    }

    public string Name => "lnmax";

    public double NoiseScale { get; }

    /// <summary>γ = 1/b; ∞ without noise.</summary>
    public double Gamma => 1 / NoiseScale;

    /// <summary>2/b; ∞ without noise.</summary>
    public double PerAnswerEpsilon => 2 / NoiseScale;

    public bool ExactSampling => NoiseScale == 0;

    public bool UsesStudent => false;

    public VoteAnswer Answer(
        ReadOnlySpan<int> votes, INoiseSource noise, ReadOnlySpan<double> studentProbabilities = default)
    {
        PrivateVotes.Check(votes);
        if (NoiseScale == 0) return VoteAnswer.Of(Argmax.Of(votes));
        var noisy = votes.Length <= 128 ? stackalloc double[votes.Length] : new double[votes.Length];
        for (var j = 0; j < votes.Length; j++) noisy[j] = votes[j] + ContinuousNoise.Laplace(noise, NoiseScale);
        return VoteAnswer.Of(Argmax.Of(noisy));
    }

    public PrivacyEvent Event(
        ReadOnlySpan<int> votes, VoteAnswer answer, ReadOnlySpan<double> studentProbabilities = default)
    {
        var histogram = PrivateVotes.From(votes);
        return new NoisyArgmaxEvent(
            NoiseLaw.Laplace, NoiseScale, histogram.ClassCount, histogram.TeacherCount, histogram);
    }

    public PrivacyEvent WorstCaseEvent(int classCount, int teacherCount) =>
        new NoisyArgmaxEvent(NoiseLaw.Laplace, NoiseScale, classCount, teacherCount);

    internal static Component<IAggregationMechanism> Component { get; } = new(
        new ComponentDescriptor(
            MechanismCatalog.Kind,
            "lnmax",
            "Noisy argmax with Laplace noise on every vote count.",
            [
                OptionSpec.Real(
                    "scale", "Scale b of the Laplace noise in votes; 20 when neither it nor gamma is written; 0 for the "
                    + "plain argmax without any privacy.", null, 0),
                OptionSpec.Real("gamma", "Inverse scale γ = 1/b in 1/votes, instead of scale.", null, 0, null, true),
            ],
            [
                "argmax_j { n_j + Lap(b) }, b = 1/γ, independent noise on each of the m counts. Ties, possible only "
                + "without noise, go to the lowest class.",
                "One patient replaced moves one vote: two counts change by one, so each answer is 2/b = 2γ-DP "
                + "(b = 20: ε = 0.1). Note the factor 2: γ alone is the cost of one vote added or removed.",
                "Departure: none. Limits: noise in double precision (|noise| ≤ 36.8 b). Deterministic for a noise key.",
            ],
            "Papernot, Abadi, Erlingsson, Goodfellow, Talwar: Semi-supervised Knowledge Transfer for Deep Learning from "
            + "Private Training Data, ICLR 2017, arXiv 1610.05755, section 2.1."),
        Create);

    private static NoisyArgmax Create(OptionValues options)
    {
        if (options.Has("scale") && options.Has("gamma"))
            throw new OptionException(
                "gamma", "scale and gamma are both written; gamma is 1/scale, so write one of them.");
        if (options.Has("gamma"))
        {
            var scale = 1 / options.Real("gamma");
            if (!double.IsFinite(scale))
                throw new OptionException("gamma", "gamma is so small that its noise scale 1/gamma is not finite.");
            return new NoisyArgmax(scale);
        }
        return new NoisyArgmax(options.Has("scale") ? options.Real("scale") : DefaultScale);
    }
}
