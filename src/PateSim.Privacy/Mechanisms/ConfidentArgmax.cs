using PateSim.Privacy.Events;
using PateSim.Privacy.Noise;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Mechanisms;

/// <summary>
/// Confident-GNMax: answers argmax_j { n_j + N(0, σ₂²) } only if max_j n_j + N(0, σ₁²) ≥ T (Papernot et al. 2018,
/// Algorithm 1). The check is always paid for, the answer only when it is given.
/// </summary>
public sealed class ConfidentArgmax : IAggregationMechanism
{
    private readonly VoteNoise _check, _noise;

    /// <param name="threshold">T, in votes.</param>
    /// <param name="thresholdSigma">σ₁ ≥ 0.</param>
    /// <param name="sigma">σ₂ ≥ 0.</param>
    /// <param name="law">Gaussian or DiscreteGaussian.</param>
    public ConfidentArgmax(double threshold, double thresholdSigma, double sigma, NoiseLaw law = NoiseLaw.Gaussian)
    {
        if (law is not (NoiseLaw.Gaussian or NoiseLaw.DiscreteGaussian))
            throw new ArgumentOutOfRangeException(nameof(law), law, "Confident-GNMax has Gaussian noise.");
        if (!double.IsFinite(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold is a finite number.");
        (Threshold, _check, _noise) = (threshold, new VoteNoise(law, thresholdSigma), new VoteNoise(law, sigma));
    }

    public string Name => "confident-gnmax";

    public double Threshold { get; }

    public double ThresholdSigma => _check.Scale;

    public double NoiseScale => _noise.Scale;

    public double PerAnswerEpsilon => double.PositiveInfinity;

    public bool ExactSampling => _check.IsExact && _noise.IsExact;

    public bool UsesStudent => false;

    public VoteAnswer Answer(
        ReadOnlySpan<int> votes, INoiseSource noise, ReadOnlySpan<double> studentProbabilities = default)
    {
        PrivateVotes.Check(votes);
        return Largest(votes) + _check.Draw(noise) >= Threshold
            ? VoteAnswer.Of(NoisyArgmax.NoisyWinner(votes, _noise, noise))
            : VoteAnswer.None;
    }

    public PrivacyEvent Event(
        ReadOnlySpan<int> votes, VoteAnswer answer, ReadOnlySpan<double> studentProbabilities = default)
    {
        var histogram = PrivateVotes.From(votes);
        return Steps(histogram, Largest(votes), answer, _check, _noise, Threshold);
    }

    public PrivacyEvent WorstCaseEvent(int classCount, int teacherCount) =>
        WorstCase(classCount, teacherCount, _check, _noise, Threshold);

    internal static ComposedEvent Steps(
        PrivateVotes votes, double largest, VoteAnswer answer, VoteNoise check, VoteNoise noise, double threshold)
    {
        var checkEvent = new NoisyThresholdEvent(
            check.Law, check.Scale, threshold, votes.TeacherCount, new PrivateScore(largest));
        return answer.Outcome == VoteOutcome.Answered
            ? new ComposedEvent([checkEvent, NoisyArgmax.Event(votes, noise)])
            : new ComposedEvent([checkEvent]);
    }

    internal static ComposedEvent WorstCase(
        int classCount, int teacherCount, VoteNoise check, VoteNoise noise, double threshold) => new(
        [
            new NoisyThresholdEvent(check.Law, check.Scale, threshold, teacherCount),
            new NoisyArgmaxEvent(noise.Law, noise.Scale, classCount, teacherCount),
        ]);

    private static double Largest(ReadOnlySpan<int> votes) => votes[Argmax.Of(votes)];
}

/// <summary>
/// Interactive-GNMax: where max_j (n_j − M p_j) + N(0, σ₁²) ≥ T the teachers correct the student, argmax_j { n_j +
/// N(0, σ₂²) }; else the student's label stands if its probability is above γ_c; else there is no answer (Papernot et
/// al. 2018, Algorithm 2).
/// </summary>
/// <remarks>The score is rounded half up, so that one moved vote changes it by at most one; rounding half to even
/// doubles that.</remarks>
public sealed class InteractiveArgmax : IAggregationMechanism
{
    private readonly VoteNoise _check, _noise;
    private readonly ConfidentArgmax _first;

    /// <param name="threshold">T, in votes.</param>
    /// <param name="confidence">γ_c in [0, 1].</param>
    /// <param name="first">What answers before there is a student; Confident-GNMax of the same T, σ₁ and σ₂ when left
    /// out.</param>
    /// <inheritdoc cref="ConfidentArgmax(double, double, double, NoiseLaw)" path="/param"/>
    public InteractiveArgmax(
        double threshold, double thresholdSigma, double sigma, double confidence, NoiseLaw law = NoiseLaw.Gaussian,
        ConfidentArgmax? first = null)
    {
        _first = first ?? new ConfidentArgmax(threshold, thresholdSigma, sigma, law);
        if (law is not (NoiseLaw.Gaussian or NoiseLaw.DiscreteGaussian))
            throw new ArgumentOutOfRangeException(nameof(law), law, "Interactive-GNMax has Gaussian noise.");
        if (!double.IsFinite(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold is a finite number.");
        if (!(confidence is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies in [0, 1].");
        (Threshold, Confidence) = (threshold, confidence);
        (_check, _noise) = (new VoteNoise(law, thresholdSigma), new VoteNoise(law, sigma));
    }

    public string Name => "interactive-gnmax";

    public double Threshold { get; }

    public double ThresholdSigma => _check.Scale;

    public double Confidence { get; }

    public double NoiseScale => _noise.Scale;

    public double PerAnswerEpsilon => double.PositiveInfinity;

    public bool ExactSampling => _check.IsExact && _noise.IsExact;

    public bool UsesStudent => true;

    public IAggregationMechanism BeforeStudent => _first;

    public VoteAnswer Answer(
        ReadOnlySpan<int> votes, INoiseSource noise, ReadOnlySpan<double> studentProbabilities = default)
    {
        if (Score(votes, studentProbabilities) + _check.Draw(noise) >= Threshold)
            return VoteAnswer.Of(NoisyArgmax.NoisyWinner(votes, _noise, noise));
        var own = Argmax.Of(studentProbabilities);
        return studentProbabilities[own] > Confidence ? new VoteAnswer(VoteOutcome.Confirmed, own) : VoteAnswer.None;
    }

    public PrivacyEvent Event(
        ReadOnlySpan<int> votes, VoteAnswer answer, ReadOnlySpan<double> studentProbabilities = default) =>
        ConfidentArgmax.Steps(
            PrivateVotes.From(votes), Score(votes, studentProbabilities), answer, _check, _noise, Threshold);

    public PrivacyEvent WorstCaseEvent(int classCount, int teacherCount) =>
        ConfidentArgmax.WorstCase(classCount, teacherCount, _check, _noise, Threshold);

    /// <summary>max_j (n_j − M p_j), rounded half up.</summary>
    public static double Score(ReadOnlySpan<int> votes, ReadOnlySpan<double> studentProbabilities)
    {
        var teachers = PrivateVotes.Check(votes);
        if (studentProbabilities.Length != votes.Length)
            throw new ArgumentException(
                $"The student gives {studentProbabilities.Length} probabilities for {votes.Length} classes.",
                nameof(studentProbabilities));
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        for (var j = 0; j < votes.Length; j++)
        {
            var p = studentProbabilities[j];
            if (!(p is >= 0 and <= 1))
                throw new ArgumentException(
                    $"The student's probability of class {j} is {p:R}; it lies in [0, 1].",
                    nameof(studentProbabilities));
            sum += p;
            largest = Math.Max(largest, votes[j] - teachers * p);
        }
        // Single-precision students sum to 1 only nearly; the score's sensitivity does not depend on it.
        if (Math.Abs(sum - 1) > 1e-3)
            throw new ArgumentException(
                $"The student's probabilities sum to {sum:R}, not to 1.", nameof(studentProbabilities));
        return Math.Clamp(ThresholdRenyi.RoundHalfUp(largest), 0, teachers);
    }
}
