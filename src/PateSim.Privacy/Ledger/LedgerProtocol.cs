using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Privacy.Ledger;

/// <summary>What is asked of the ledger before an answer may be made.</summary>
public sealed record LedgerRequest
{
    /// <param name="query">Identity of the query, such as the digest of its content: letters, digits,
    /// and - _ . :</param>
    /// <param name="mechanism">Name of the mechanism; the same letters.</param>
    /// <param name="noiseScale">Scale of the noise on the counts, in votes.</param>
    /// <param name="worstCase">The most that the answer can cost; must not hold votes.</param>
    /// <exception cref="ArgumentException">A name is empty or has other letters, or the event holds private data.
    /// </exception>
    public LedgerRequest(string query, string mechanism, double noiseScale, PrivacyEvent worstCase)
    {
        CheckName(query, nameof(query));
        CheckName(mechanism, nameof(mechanism));
        if (query == LedgerCsv.Seal) throw new ArgumentException("'seal' closes ledger files.", nameof(query));
        ArgumentNullException.ThrowIfNull(worstCase);
        if (!worstCase.WithoutPrivateData().Equals(worstCase))
            throw new ArgumentException(
                "A request holds no votes: decisions may not depend on them.", nameof(worstCase));
        (Query, Mechanism, NoiseScale, WorstCase) = (query, mechanism, noiseScale, worstCase);
    }

    public string Query { get; }

    public string Mechanism { get; }

    public double NoiseScale { get; }

    public PrivacyEvent WorstCase { get; }

    public static LedgerRequest For(string query, IAggregationMechanism mechanism, int classCount, int teacherCount) =>
        new(query, mechanism.Name, mechanism.NoiseScale, mechanism.WorstCaseEvent(classCount, teacherCount));

    private static void CheckName(string name, string parameter)
    {
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
            throw new ArgumentException(
                $"'{name}' is no name for the ledger; it has letters, digits and the marks - _ . : only.", parameter);
    }
}

/// <summary>A fact of the ledger. The state is the fold of its records, live and after a crash.</summary>
public abstract record LedgerRecord
{
    private LedgerRecord(string query) => Query = query;

    public string Query { get; }

    /// <summary>Budget was set aside; persisted before any noise is drawn.</summary>
    public sealed record Reserved(LedgerRequest Request) : LedgerRecord(Request.Query);

    /// <summary>The budget would have been exceeded; no noise is drawn.</summary>
    public sealed record Refused(LedgerRequest Request, string Reason) : LedgerRecord(Request.Query);

    /// <summary>The answer and what it really cost; persisted before the answer is given to anyone.</summary>
    public sealed record Answered(string AnsweredQuery, VoteAnswer Answer, PrivacyEvent Cost)
        : LedgerRecord(AnsweredQuery);

    /// <summary>A reservation found open after a crash: noise may have been drawn, so the charge stays, and the query
    /// is never answered.</summary>
    public sealed record Lost(string LostQuery) : LedgerRecord(LostQuery);
}

/// <summary>What the ledger decided about a request.</summary>
public abstract record LedgerDecision
{
    private LedgerDecision()
    {
    }

    /// <summary>Persist the record, then draw the noise.</summary>
    public sealed record Granted(LedgerRecord.Reserved Record) : LedgerDecision;

    /// <summary>Asked before: the same answer, at no cost.</summary>
    public sealed record Memoised(VoteAnswer Answer) : LedgerDecision;

    /// <summary>Over the budget. The record is null when the same query was refused before.</summary>
    public sealed record Refused(string Reason, LedgerRecord.Refused? Record) : LedgerDecision;

    /// <summary>The query is being answered right now; wait for that answer.</summary>
    public sealed record InProgress : LedgerDecision;

    /// <summary>Charged before a crash, and its answer is lost: answering now would be a second noise.</summary>
    public sealed record AnswerLost : LedgerDecision;
}
