using System.Collections.Immutable;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Mechanisms;
using PateSim.Simulation.Protocol;

namespace PateSim.Simulation.Roles;

/// <summary>What the ledger works with.</summary>
/// <param name="Budget">What may be spent, and in which measure.</param>
public sealed record LedgerSetup(RunId Run, int ClassCount, IAggregationMechanism Mechanism, BudgetFilter Budget);

/// <summary>Charges queries before they are answered, and refuses those that would exceed the budget.</summary>
public sealed class PrivacyLedgerRole : IRole
{
    private readonly LedgerSetup _setup;
    private readonly LedgerState _ledger;
    private readonly ImmutableDictionary<int, int> _firstRows;

    public PrivacyLedgerRole(LedgerSetup setup)
        : this(setup, LedgerState.Start(setup.Budget), ImmutableDictionary<int, int>.Empty)
    {
    }

    private PrivacyLedgerRole(LedgerSetup setup, LedgerState ledger, ImmutableDictionary<int, int> firstRows) =>
        (_setup, _ledger, _firstRows) = (setup, ledger, firstRows);

    public RoleId Id => RoleId.PrivacyLedger;

    public RoleTurn Receive(IMessage message) => message switch
    {
        IRunMessage other when other.Run != _setup.Run => RoleTurn.Of(this),
        LedgerProtocol.ReserveCharges command => Reserve(command),
        LedgerProtocol.SettleCharges command => Settle(command),
        _ => RoleTurn.Unhandled(this),
    };

    private RoleTurn Reserve(LedgerProtocol.ReserveCharges command)
    {
        if (_firstRows.ContainsKey(command.Batch)) return RoleTurn.Of(this);
        var ledger = _ledger;
        var granted = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var query in command.Queries)
        {
            var request = LedgerRequest.For(query, _setup.Mechanism, _setup.ClassCount, command.Voters);
            switch (ledger.Decide(request))
            {
                case LedgerDecision.Granted decision:
                    ledger = ledger.Apply(decision.Record);
                    granted.Add(query);
                    break;
                case LedgerDecision.Refused { Record: { } refusal }:
                    ledger = ledger.Apply(refusal);
                    break;
                default:
                    break;
            }
        }
        var next = new PrivacyLedgerRole(
            _setup, ledger, _firstRows.Add(command.Batch, _ledger.Rows.Count));
        return RoleTurn.Of(next, new Envelope(
            RoleId.Aggregator,
            new LedgerProtocol.ChargesReserved(_setup.Run, command.Batch, granted.ToImmutable())));
    }

    private RoleTurn Settle(LedgerProtocol.SettleCharges command)
    {
        if (!_firstRows.TryGetValue(command.Batch, out var firstRow)) return RoleTurn.Of(this);
        var ledger = _ledger;
        foreach (var settlement in command.Settlements.Where(s => ledger.Open.ContainsKey(s.Query)))
        {
            ledger = ledger.Apply(
                new LedgerRecord.Answered(settlement.Query, settlement.Answer, settlement.Cost));
        }
        return RoleTurn.Of(new PrivacyLedgerRole(_setup, ledger, _firstRows), new Envelope(
            RoleId.Aggregator,
            new LedgerProtocol.ChargesSettled(_setup.Run, command.Batch, [.. ledger.Rows.Skip(firstRow)])));
    }
}
