using System.Collections.Immutable;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;
using PateSim.Privacy.Numerics;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Audit;

/// <summary>The votes on one query in two neighbouring ensembles.</summary>
/// <param name="Votes">D: shape [m].</param>
/// <param name="Moved">D′: shape [m].</param>
/// <param name="Student">The student's probabilities, shape [m], for mechanisms that use one; public. Empty for others.
/// </param>
public sealed record VotePair(ImmutableArray<int> Votes, ImmutableArray<int> Moved, ImmutableArray<double> Student)
{
    public int ClassCount => Votes.Length;

    /// <summary>How many votes differ: the larger of those gained and those lost.</summary>
    public int MovedVotes => Math.Max(
        Votes.Zip(Moved, (before, after) => Math.Max(0, after - before)).Sum(),
        Votes.Zip(Moved, (before, after) => Math.Max(0, before - after)).Sum());

    /// <summary>Outcomes of one query: answered by the teachers with class j, confirmed with class j, no answer.
    /// </summary>
    public int OutcomeCount => 2 * ClassCount + 1;

    /// <summary>D, and D with one vote moved.</summary>
    /// <exception cref="ArgumentException">The class has no vote to lose.</exception>
    public static VotePair Of(int[] votes, int from, int to, double[]? student = null)
    {
        int[] moved = [.. votes];
        moved[from]--;
        moved[to]++;
        PrivateVotes.Check(moved);
        return new VotePair([.. votes], [.. moved], [.. student ?? []]);
    }

    /// <summary>The same neighbours with their places exchanged.</summary>
    public VotePair Exchanged => this with { Votes = Moved, Moved = Votes };

    /// <summary>Draws the outcome of one query.</summary>
    /// <param name="moved">False for D, true for D′.</param>
    public int Play(IAggregationMechanism mechanism, bool moved, INoiseSource noise)
    {
        var answer = mechanism.Answer((moved ? Moved : Votes).AsSpan(), noise, Student.AsSpan());
        return answer.Outcome switch
        {
            VoteOutcome.Answered => answer.Label,
            VoteOutcome.Confirmed => ClassCount + answer.Label,
            _ => 2 * ClassCount,
        };
    }

    /// <summary>
    /// ln(Pr[o | D]/Pr[o | D′]) of every outcome by the law that the mechanism claims, shape [2m+1], within ±50: the
    /// best statistic for an honest mechanism, and a sensible one for a broken one. It decides nothing.
    /// </summary>
    public double[] ClaimedScores(IAggregationMechanism mechanism)
    {
        var (here, there) = (ClaimedLaw(mechanism, Votes), ClaimedLaw(mechanism, Moved));
        return [.. here.Zip(there, (p, q) => Math.Clamp(p - q, -50, 50)).Select(s => double.IsNaN(s) ? 0 : s)];
    }

    // ln Pr of every outcome; what is not answered by the teachers is one event, confirmed or not.
    private double[] ClaimedLaw(IAggregationMechanism mechanism, ImmutableArray<int> votes)
    {
        var events = new[] { mechanism.Event(votes.AsSpan(), VoteAnswer.Of(0), Student.AsSpan()) }.Flatten().ToList();
        var (logPass, logFail) = (0.0, double.NegativeInfinity);
        var law = new double[OutcomeCount];
        foreach (var one in events)
        {
            if (one is NoisyThresholdEvent check) (logPass, logFail) = Check(check);
        }
        foreach (var argmax in events.OfType<NoisyArgmaxEvent>())
        {
            if (argmax.NoiseScale > 0)
            {
                OutcomeProbabilities.Log(argmax.Law, argmax.NoiseScale, votes.AsSpan()).CopyTo(law, 0);
                continue;
            }
            Array.Fill(law, double.NegativeInfinity, 0, ClassCount);
            law[Argmax.Of(votes.AsSpan())] = 0;
        }
        for (var j = 0; j < ClassCount; j++) law[j] = Floor(law[j] + logPass);
        for (var j = ClassCount; j < law.Length; j++) law[j] = Floor(logFail);
        return law;

        static double Floor(double log) => Math.Max(log, -1000);
    }

    private static (double LogPass, double LogFail) Check(NoisyThresholdEvent check)
    {
        var largest = check.LargestScore!.Value.Value;
        if (check.NoiseScale == 0)
            return largest >= check.Threshold ? (0, double.NegativeInfinity) : (double.NegativeInfinity, 0);
        if (check.Law == NoiseLaw.DiscreteGaussian)
        {
            var bit = DiscreteRenyi.Threshold(
                new DiscreteGaussianTails(check.NoiseScale), check.Threshold, largest);
            return (bit[0], bit[1]);
        }
        var z = (check.Threshold - largest) / check.NoiseScale;
        return (Normal.LogSurvival(z), Normal.LogCdf(z));
    }
}
