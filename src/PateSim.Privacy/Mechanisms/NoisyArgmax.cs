using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Mechanisms;

/// <summary>
/// argmax_j { n_j + noise_j } with independent noise on every count: LNMax with Laplace noise of scale b = 1/γ
/// (Papernot et al. 2017), GNMax with Gaussian noise of standard deviation σ (Papernot et al. 2018), each also
/// discrete.
/// </summary>
/// <remarks>One moved vote changes two counts by one: an LNMax answer is 2/b = 2γ-DP; a GNMax answer has Δ₂ = √2.
/// Scale 0 gives the plain argmax and no privacy at all.</remarks>
public sealed class NoisyArgmax : IAggregationMechanism
{
    /// <summary>b of LNMax where none is given: ε = 0.1 for each answer.</summary>
    public const double DefaultScale = 20;

    private readonly VoteNoise _noise;

    /// <param name="noiseScale">b or σ ≥ 0, in votes; exactly 0 for no noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or not a number.</exception>
    public NoisyArgmax(double noiseScale, NoiseLaw law = NoiseLaw.Laplace) => _noise = new VoteNoise(law, noiseScale);

    public string Name => _noise.IsLaplace ? "lnmax" : "gnmax";

    public NoiseLaw Law => _noise.Law;

    public double NoiseScale => _noise.Scale;

    /// <summary>γ = 1/b; ∞ without noise.</summary>
    public double Gamma => 1 / NoiseScale;

    /// <summary>2/b for Laplace noise; ∞ without noise and for Gaussian noise.</summary>
    public double PerAnswerEpsilon => _noise.IsLaplace ? 2 / NoiseScale : double.PositiveInfinity;

    public bool ExactSampling => _noise.IsExact;

    public bool UsesStudent => false;

    public VoteAnswer Answer(
        ReadOnlySpan<int> votes, INoiseSource noise, ReadOnlySpan<double> studentProbabilities = default)
    {
        PrivateVotes.Check(votes);
        return VoteAnswer.Of(NoisyWinner(votes, _noise, noise));
    }

    public PrivacyEvent Event(
        ReadOnlySpan<int> votes, VoteAnswer answer, ReadOnlySpan<double> studentProbabilities = default) =>
        Event(PrivateVotes.From(votes), _noise);

    public PrivacyEvent WorstCaseEvent(int classCount, int teacherCount) =>
        new NoisyArgmaxEvent(Law, NoiseScale, classCount, teacherCount);

    internal static int NoisyWinner(ReadOnlySpan<int> votes, VoteNoise law, INoiseSource noise)
    {
        if (law.Scale == 0) return Argmax.Of(votes);
        var noisy = votes.Length <= 128 ? stackalloc double[votes.Length] : new double[votes.Length];
        for (var j = 0; j < votes.Length; j++) noisy[j] = votes[j] + law.Draw(noise);
        return Argmax.Of(noisy);
    }

    internal static NoisyArgmaxEvent Event(PrivateVotes votes, VoteNoise law) =>
        new(law.Law, law.Scale, votes.ClassCount, votes.TeacherCount, votes);
}
