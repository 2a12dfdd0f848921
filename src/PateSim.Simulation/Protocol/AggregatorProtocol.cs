using System.Collections.Immutable;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Simulation.Protocol;

/// <summary>Coordinator to aggregator, and back.</summary>
public static class AggregatorProtocol
{
    /// <summary>Command: wait for the votes of these hospitals, count, add noise, answer.</summary>
    /// <param name="Hospitals">Whose votes or refusals to wait for, ascending.</param>
    /// <param name="MinimumVotes">The quorum: with fewer votes per record no answer is given.</param>
    /// <param name="Queries">Identity of each record of the batch (content digest), shape [q].</param>
    public sealed record CollectVotes(
        RunId Run, int Batch, ImmutableArray<int> Hospitals, int MinimumVotes, ImmutableArray<string> Queries)
        : IRunMessage
    {
        /// <summary>What the student that learned from the earlier rounds makes of each record, shape [q, c] row-major;
        /// empty where there is none yet, or where the mechanism does not look at it.</summary>
        public ImmutableArray<double> StudentProbabilities { get; init; } = [];
    }

    /// <summary>Event: every query of the batch that the ledger let pass has its answer.</summary>
    /// <param name="Charges">The ledger's lines of the batch.</param>
    /// <param name="Ballots">The valid votes, by hospital. Private, as the histograms are.</param>
    public sealed record QueriesAnswered(
        RunId Run, int Batch, ImmutableArray<QueryAnswer> Answers, ImmutableArray<LedgerRow> Charges,
        ImmutableArray<VotingFailure> Failures, ImmutableArray<HospitalBallot> Ballots) : IRunMessage;

    /// <summary>Event: too few hospitals voted.</summary>
    public sealed record QuorumMissed(
        RunId Run, int Batch, int Votes, int MinimumVotes, ImmutableArray<VotingFailure> Failures) : IRunMessage;
}

/// <summary>What the aggregator made of one query.</summary>
/// <param name="Position">Place in the batch, from 0; in facts and results the place in the run.</param>
/// <param name="Answer">What was released; null when the privacy budget did not allow an answer.</param>
/// <param name="Votes">The histogram, shape [c]. Private: it never leaves the aggregator of a real federation.</param>
public sealed record QueryAnswer(int Position, string Query, VoteAnswer? Answer, ImmutableArray<int> Votes)
{
    /// <summary>What the answer cost, with the votes as private data; null for a query that was not charged here, since it
    /// was refused or had its answer already.</summary>
    public PrivacyEvent? Cost { get; init; }

    /// <summary>The released label; null without one.</summary>
    public int? Label => Answer is { HasLabel: true } answer ? answer.Label : null;
}

/// <summary>One hospital's votes on a batch, shape [q]. Private.</summary>
public sealed record HospitalBallot(int Hospital, ImmutableArray<byte> Votes);

/// <summary>A hospital that cast no valid votes, and why.</summary>
public sealed record VotingFailure(int Hospital, string Reason);
