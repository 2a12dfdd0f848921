using System.Collections.Immutable;

namespace PateSim.Privacy.Ledger;

/// <summary>
/// Budget set aside for many queries at once. What does not fit beside the reservations of its wave is put off until
/// their real cost is known, since a threshold that lets no answer pass costs less than was set aside; the wave in which
/// nothing fits any more refuses the rest.
/// </summary>
/// <param name="State">The ledger with the records of the wave.</param>
/// <param name="Records">Reservations and refusals, in order: to be persisted before any noise is drawn.</param>
/// <param name="Granted">Noise may be drawn once the records are durable.</param>
/// <param name="Deferred">To be asked for again once the granted ones are settled.</param>
public sealed record LedgerWave(
    LedgerState State, ImmutableArray<LedgerRecord> Records, ImmutableArray<LedgerRequest> Granted,
    ImmutableArray<LedgerRequest> Deferred)
{
    /// <summary>Decides about all requests without sampling anything.</summary>
    /// <param name="requests">In the order in which they are to be charged. Those of queries that were decided before are
    /// neither granted nor deferred.</param>
    public static LedgerWave Reserve(LedgerState state, IEnumerable<LedgerRequest> requests)
    {
        var records = ImmutableArray.CreateBuilder<LedgerRecord>();
        var granted = ImmutableArray.CreateBuilder<LedgerRequest>();
        var deferred = ImmutableArray.CreateBuilder<LedgerRequest>();
        foreach (var request in requests)
        {
            switch (state.Decide(request))
            {
                case LedgerDecision.Granted decision:
                    records.Add(decision.Record);
                    state = state.Apply(decision.Record);
                    granted.Add(request);
                    break;
                case LedgerDecision.Refused { Record: not null } when granted.Count > 0:
                    deferred.Add(request);
                    break;
                case LedgerDecision.Refused { Record: { } refusal }:
                    records.Add(refusal);
                    state = state.Apply(refusal);
                    break;
                default:
                    break;
            }
        }
        return new LedgerWave(state, records.ToImmutable(), granted.ToImmutable(), deferred.ToImmutable());
    }
}
