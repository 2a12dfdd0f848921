using System.Collections.Immutable;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;

namespace PateSim.Simulation.Protocol;

/// <summary>
/// Aggregator and privacy ledger, both inside the coordinator's site. The order for every query is reserve, sample,
/// settle, answer: no noise before a charge, and no answer before its charge is kept.
/// </summary>
/// <remarks>A batch is reserved in waves: what does not fit beside the reservations of its wave is put off until their real
/// cost is known, since abstentions cost less than was set aside. The wave in which nothing fits any more refuses the rest.
/// </remarks>
public static class LedgerProtocol
{
    /// <summary>Command: set budget aside for each of these queries.</summary>
    /// <param name="Wave">From 0 within the batch.</param>
    /// <param name="Queries">Identities, distinct, in the order in which they are to be charged.</param>
    /// <param name="Voters">M: how many hospitals voted.</param>
    /// <param name="HasStudent">Whether the mechanism looks at a student, or has none yet.</param>
    public sealed record ReserveCharges(
        RunId Run, int Batch, int Wave, ImmutableArray<string> Queries, int Voters, bool HasStudent) : IRunMessage;

    /// <summary>Event: for the granted queries noise may be drawn.</summary>
    /// <param name="Deferred">Queries to be asked for again once the granted ones are settled, in order; what is neither
    /// granted nor deferred is refused.</param>
    public sealed record ChargesReserved(
        RunId Run, int Batch, int Wave, ImmutableHashSet<string> Granted, ImmutableArray<string> Deferred)
        : IRunMessage;

    /// <summary>Command: keep these answers and what they cost.</summary>
    public sealed record SettleCharges(RunId Run, int Batch, int Wave, ImmutableArray<Settlement> Settlements)
        : IRunMessage;

    /// <summary>Event: the charges are kept; the answers may go out.</summary>
    /// <param name="Rows">The ledger's lines of this batch so far, refusals among them.</param>
    public sealed record ChargesSettled(RunId Run, int Batch, int Wave, ImmutableArray<LedgerRow> Rows) : IRunMessage;

    /// <summary>One answered query.</summary>
    /// <param name="Cost">Without votes.</param>
    public sealed record Settlement(string Query, VoteAnswer Answer, PrivacyEvent Cost);
}
