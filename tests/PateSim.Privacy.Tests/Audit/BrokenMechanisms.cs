using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Tests.Audit;

/// <summary>Claims one mechanism's cost and answers as another.</summary>
internal class Twin(IAggregationMechanism claimed, IAggregationMechanism played) : IAggregationMechanism
{
    public string Name => claimed.Name;

    public double NoiseScale => claimed.NoiseScale;

    public double PerAnswerEpsilon => claimed.PerAnswerEpsilon;

    public bool ExactSampling => claimed.ExactSampling;

    public bool UsesStudent => claimed.UsesStudent;

    public virtual VoteAnswer Answer(
        ReadOnlySpan<int> votes, INoiseSource noise, ReadOnlySpan<double> student = default) =>
        played.Answer(votes, noise, student);

    public PrivacyEvent Event(ReadOnlySpan<int> votes, VoteAnswer answer, ReadOnlySpan<double> student = default) =>
        claimed.Event(votes, answer, student);

    public PrivacyEvent WorstCaseEvent(int classCount, int teacherCount) =>
        claimed.WorstCaseEvent(classCount, teacherCount);
}

/// <summary>Interactive-GNMax whose score is rounded half to even.</summary>
internal sealed class HalfToEven(double threshold, double thresholdSigma, double sigma)
    : Twin(new InteractiveArgmax(threshold, thresholdSigma, sigma, 0.5), new NoisyArgmax(sigma, NoiseLaw.Gaussian))
{
    private readonly NoisyArgmax _answer = new(sigma, NoiseLaw.Gaussian);

    public override VoteAnswer Answer(
        ReadOnlySpan<int> votes, INoiseSource noise, ReadOnlySpan<double> student = default)
    {
        var (largest, teachers) = (double.NegativeInfinity, 0);
        foreach (var count in votes) teachers += count;
        for (var j = 0; j < votes.Length; j++) largest = Math.Max(largest, votes[j] - teachers * student[j]);
        if (Math.Round(largest, MidpointRounding.ToEven) + ContinuousNoise.Gaussian(noise, thresholdSigma) >= threshold)
            return _answer.Answer(votes, noise);
        var own = Argmax.Of(student);
        return student[own] > 0.5 ? new VoteAnswer(VoteOutcome.Confirmed, own) : VoteAnswer.None;
    }
}
