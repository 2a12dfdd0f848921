using System.Collections.Immutable;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Privacy.Ledger;

/// <summary>Where the ledger's records are kept. A record is durable when <see cref="Append"/> returns.</summary>
public interface ILedgerJournal
{
    /// <exception cref="IOException">It could not be made durable: then no noise is drawn and no answer
    /// given.</exception>
    void Append(LedgerRecord record);
}

/// <summary>Keeps nothing: for simulations, whose ledger need not survive them.</summary>
public sealed class TransientJournal : ILedgerJournal
{
    public void Append(LedgerRecord record)
    {
    }
}

/// <summary>What came of a query.</summary>
/// <param name="Answer">The answer; null when it was refused or is lost.</param>
/// <param name="FirstTime">Whether it was made now, and charged; false for a memoised answer.</param>
/// <param name="Refusal">Why there is no answer; empty otherwise.</param>
public sealed record LedgerOutcome(VoteAnswer? Answer, bool FirstTime, string Refusal);

/// <summary>Goes the ledger's steps in their order for one query: reserve, persist, sample, record, persist, answer.
/// </summary>
public static class LedgerSession
{
    /// <param name="sample">Draws the noise; gives the answer and what it cost. Called at most once, and only after the
    /// reservation is durable.</param>
    public static (LedgerState State, LedgerOutcome Outcome) Ask(
        LedgerState state,
        LedgerRequest request,
        ILedgerJournal journal,
        Func<(VoteAnswer Answer, PrivacyEvent Cost)> sample)
    {
        switch (state.Decide(request))
        {
            case LedgerDecision.Memoised memoised:
                return (state, new LedgerOutcome(memoised.Answer, false, ""));
            case LedgerDecision.Refused refused:
                if (refused.Record is { } refusal)
                {
                    journal.Append(refusal);
                    state = state.Apply(refusal);
                }
                return (state, new LedgerOutcome(null, false, refused.Reason));
            case LedgerDecision.InProgress:
                return (state, new LedgerOutcome(null, false, $"The query '{request.Query}' is being answered."));
            case LedgerDecision.AnswerLost:
                return (state, new LedgerOutcome(
                    null, false, $"The query '{request.Query}' was charged, and its answer was lost in a crash."));
            case LedgerDecision.Granted granted:
                journal.Append(granted.Record);
                state = state.Apply(granted.Record);
                var (answer, cost) = sample();
                var answered = new LedgerRecord.Answered(request.Query, answer, cost.WithoutPrivateData());
                journal.Append(answered);
                return (state.Apply(answered), new LedgerOutcome(answer, true, ""));
            default:
                throw new InvalidOperationException("Unknown decision of the ledger.");
        }
    }

    /// <summary>The same for a round of queries: reserve, persist, sample, record, persist, in waves until the budget or
    /// the round is exhausted; only then are the answers given.</summary>
    /// <param name="requests">In the order in which they are to be charged.</param>
    /// <param name="sample">Draws the noise for one query; called at most once for each, and only after the reservations
    /// of its wave are durable.</param>
    /// <returns>The answers of all requests that have one, by query, those of earlier rounds among them.</returns>
    public static (LedgerState State, ImmutableDictionary<string, VoteAnswer> Answers) AskRound(
        LedgerState state,
        IReadOnlyCollection<LedgerRequest> requests,
        ILedgerJournal journal,
        Func<LedgerRequest, (VoteAnswer Answer, PrivacyEvent Cost)> sample)
    {
        IReadOnlyCollection<LedgerRequest> waiting = requests;
        while (waiting.Count > 0)
        {
            var wave = LedgerWave.Reserve(state, waiting);
            foreach (var record in wave.Records) journal.Append(record);
            state = wave.State;
            foreach (var request in wave.Granted)
            {
                var (answer, cost) = sample(request);
                var answered = new LedgerRecord.Answered(request.Query, answer, cost.WithoutPrivateData());
                journal.Append(answered);
                state = state.Apply(answered);
            }
            waiting = wave.Deferred;
        }
        var answers = state.Answers;
        return (state, requests.Select(request => request.Query).Distinct(StringComparer.Ordinal)
            .Where(answers.ContainsKey).ToImmutableDictionary(query => query, query => answers[query], StringComparer.Ordinal));
    }
}
