using System.Collections.Immutable;

namespace PateSim.Theft.Gateways;

/// <summary>What a prediction service remembers: what each client has used up, and the memoised answers.</summary>
/// <threadsafety>Immutable. Deciding twice from one state gives two states that do not know of each
/// other.</threadsafety>
public sealed record GatewayState
{
    internal GatewayState(AnswerMemo memo) => Memo = memo;

    /// <summary>By client id; a client that never sent an authenticated request is absent.</summary>
    public ImmutableSortedDictionary<string, ClientUsage> Usage { get; internal init; } =
        ImmutableSortedDictionary.Create<string, ClientUsage>(StringComparer.Ordinal);

    /// <summary>Answered records by group.</summary>
    public ImmutableSortedDictionary<string, long> GroupAnswered { get; internal init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Requests refused for want of a known client; they are counted together, since an outsider who invents
    /// ids must not make the service remember them.</summary>
    public long UnauthenticatedRequests { get; internal init; }

    /// <summary>How many distinct records have been put to the model; 0 where answers are not memoised.</summary>
    public int DistinctInputs => Memo.Count;

    internal AnswerMemo Memo { get; init; }

    /// <summary>What a client has used up; nothing for one that is absent.</summary>
    public ClientUsage UsageOf(string client) => Usage.GetValueOrDefault(client, ClientUsage.None);

    internal long AnsweredOfGroup(string group) => GroupAnswered.GetValueOrDefault(group);
}

/// <summary>What one client has used up.</summary>
/// <param name="Answered">Records answered and charged.</param>
/// <param name="RefusedRequests">Whole batches refused after authentication.</param>
public sealed record ClientUsage(long Answered, long RefusedRequests)
{
    public static ClientUsage None { get; } = new(0, 0);
}
