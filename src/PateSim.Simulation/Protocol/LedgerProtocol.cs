using System.Collections.Immutable;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Simulation.Protocol;

/// <summary>
/// Aggregator and privacy ledger, both inside the coordinator's site. The order for every query is reserve, sample,
/// settle, answer: no noise before a charge, and no answer before its charge is kept.
/// </summary>
public static class LedgerProtocol
{
    /// <summary>Command: set budget aside for each of these queries.</summary>
    /// <param name="Queries">Identities, distinct, in the order in which they are to be charged.</param>
    /// <param name="Voters">M: how many hospitals voted.</param>
    public sealed record ReserveCharges(RunId Run, int Batch, ImmutableArray<string> Queries, int Voters)
        : IRunMessage;

    /// <summary>Event: for the granted queries noise may be drawn; the others would exceed the budget.</summary>
    public sealed record ChargesReserved(RunId Run, int Batch, ImmutableHashSet<string> Granted) : IRunMessage;

    /// <summary>Command: keep these answers and what they cost.</summary>
    public sealed record SettleCharges(RunId Run, int Batch, ImmutableArray<Settlement> Settlements) : IRunMessage;

    /// <summary>Event: the charges are kept; the answers may go out.</summary>
    /// <param name="Rows">The ledger's lines of this batch, refusals among them.</param>
    public sealed record ChargesSettled(RunId Run, int Batch, ImmutableArray<LedgerRow> Rows) : IRunMessage;

    /// <summary>One answered query.</summary>
    /// <param name="Cost">Without votes.</param>
    public sealed record Settlement(string Query, VoteAnswer Answer, PrivacyEvent Cost);
}
