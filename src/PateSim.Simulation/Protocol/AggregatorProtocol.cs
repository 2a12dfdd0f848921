using System.Collections.Immutable;
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
        : IRunMessage;

    /// <summary>Event: every query of the batch that the ledger let pass has its answer.</summary>
    /// <param name="Charges">The ledger's lines of the batch.</param>
    public sealed record QueriesAnswered(
        RunId Run, int Batch, ImmutableArray<QueryAnswer> Answers, ImmutableArray<LedgerRow> Charges,
        ImmutableArray<VotingFailure> Failures) : IRunMessage;

    /// <summary>Event: too few hospitals voted.</summary>
    public sealed record QuorumMissed(
        RunId Run, int Batch, int Votes, int MinimumVotes, ImmutableArray<VotingFailure> Failures) : IRunMessage;
}

/// <summary>What the aggregator made of one query.</summary>
/// <param name="Position">Place in the batch, from 0.</param>
/// <param name="Answer">What was released; null when the privacy budget did not allow an answer.</param>
/// <param name="Votes">The histogram, shape [c]. Private: it never leaves the aggregator of a real federation.</param>
public sealed record QueryAnswer(int Position, string Query, VoteAnswer? Answer, ImmutableArray<int> Votes)
{
    /// <summary>The released label; null without one.</summary>
    public int? Label => Answer is { HasLabel: true } answer ? answer.Label : null;
}

/// <summary>A hospital that cast no valid votes, and why.</summary>
public sealed record VotingFailure(int Hospital, string Reason);
