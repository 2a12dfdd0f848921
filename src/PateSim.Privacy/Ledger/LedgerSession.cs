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
}
