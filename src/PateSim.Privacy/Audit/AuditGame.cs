using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;

namespace PateSim.Privacy.Audit;

/// <summary>
/// A distinguishing game: an outcome drawn from one of two neighbouring ensembles, and the ε(δ) claimed for telling
/// them apart.
/// </summary>
/// <param name="Name">What is played, in words.</param>
/// <param name="OutcomeCount">Outcomes are 0, …, OutcomeCount−1.</param>
/// <param name="OnEnsemble">Draws an outcome for D.</param>
/// <param name="OnNeighbour">Draws an outcome for D′.</param>
/// <param name="ClaimedEpsilon">The claimed ε at δ, for δ in (0, 1).</param>
public sealed record AuditGame(
    string Name,
    int OutcomeCount,
    Func<INoiseSource, int> OnEnsemble,
    Func<INoiseSource, int> OnNeighbour,
    Func<double, double> ClaimedEpsilon);

/// <summary>Games for the mechanisms, with the claims of the accountants.</summary>
public static class AuditGames
{
    /// <summary>
    /// One answer (or several fresh ones) on votes and on the same with one vote moved; the claim is that of the
    /// privacy loss distribution for as many answers as are charged.
    /// </summary>
    /// <param name="mechanism">The mechanism under audit.</param>
    /// <param name="votes">D: shape [m].</param>
    /// <param name="from">Class that loses a vote in D′.</param>
    /// <param name="to">Class that gains it.</param>
    /// <param name="answers">Answers drawn, ≥ 1; the outcome is how often the class <paramref name="to"/> won, and with
    /// one answer the answer itself.</param>
    /// <param name="charged">Answers that were paid for.</param>
    /// <param name="studentProbabilities">For mechanisms that use a student.</param>
    public static AuditGame Votes(
        IAggregationMechanism mechanism, int[] votes, int from, int to, int answers = 1, int charged = 1,
        double[]? studentProbabilities = null)
    {
        int[] moved = [.. votes];
        moved[from]--;
        moved[to]++;
        PrivateVotes.Check(moved);
        var cost = mechanism.WorstCaseEvent(votes.Length, votes.Sum());
        var accountant = new LossDistributionAccountant();
        var events = Enumerable.Repeat(cost, charged).ToList();
        return new AuditGame(
            $"{mechanism.Name} ({mechanism.NoiseScale:R}) on {string.Join('/', votes)}, a vote from {from} to {to}",
            answers == 1 ? 2 * votes.Length + 1 : answers + 1,
            noise => Play(votes, noise),
            noise => Play(moved, noise),
            delta => accountant.Account(events, new AccountingTarget(delta, Adjacency.PatientReplaced))[0].Epsilon);

        int Play(int[] counts, INoiseSource noise)
        {
            if (answers == 1) return Outcome(mechanism.Answer(counts, noise, studentProbabilities), votes.Length);
            var wins = 0;
            for (var i = 0; i < answers; i++)
                wins += mechanism.Answer(counts, noise, studentProbabilities).Label == to ? 1 : 0;
            return wins;
        }
    }

    /// <summary>Neighbours at which a noisy argmax or threshold shows most: a tie, a narrow lead, a wide
    /// lead.</summary>
    public static IEnumerable<AuditGame> Standard(IAggregationMechanism mechanism, int classCount, int teacherCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(teacherCount, 2);
        double[]? student = mechanism.UsesStudent ? [.. Enumerable.Repeat(1.0 / classCount, classCount)] : null;
        foreach (var lead in new[] { 0.0, 0.2, 0.6 })
        {
            var votes = new int[classCount];
            votes[0] = (int)Math.Ceiling(teacherCount * (1 + lead) / 2);
            votes[1] = teacherCount - votes[0];
            yield return Votes(mechanism, votes, 0, 1, studentProbabilities: student);
        }
        yield return Votes(mechanism, [teacherCount, .. new int[classCount - 1]], 0, 1, studentProbabilities: student);
    }

    private static int Outcome(VoteAnswer answer, int classCount) => answer.Outcome switch
    {
        VoteOutcome.Answered => answer.Label,
        VoteOutcome.Confirmed => classCount + answer.Label,
        _ => 2 * classCount,
    };
}
