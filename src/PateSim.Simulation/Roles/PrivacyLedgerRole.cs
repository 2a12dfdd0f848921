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
    private readonly ImmutableDictionary<int, BatchWave> _waves;

    public PrivacyLedgerRole(LedgerSetup setup)
        : this(setup, LedgerState.Start(setup.Budget), ImmutableDictionary<int, BatchWave>.Empty)
    {
    }

    private PrivacyLedgerRole(LedgerSetup setup, LedgerState ledger, ImmutableDictionary<int, BatchWave> waves) =>
        (_setup, _ledger, _waves) = (setup, ledger, waves);

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
        if (_waves.TryGetValue(command.Batch, out var last) && command.Wave <= last.Wave) return RoleTurn.Of(this);
        var mechanism = command.HasStudent ? _setup.Mechanism : _setup.Mechanism.BeforeStudent;
        var wave = LedgerWave.Reserve(_ledger, command.Queries.Select(
            query => LedgerRequest.For(query, mechanism, _setup.ClassCount, command.Voters)));
        var firstRow = last?.FirstRow ?? _ledger.Rows.Count;
        var next = new PrivacyLedgerRole(
            _setup, wave.State, _waves.SetItem(command.Batch, new BatchWave(command.Wave, firstRow)));
        return RoleTurn.Of(next, new Envelope(RoleId.Aggregator, new LedgerProtocol.ChargesReserved(
            _setup.Run, command.Batch, command.Wave,
            wave.Granted.Select(request => request.Query).ToImmutableHashSet(StringComparer.Ordinal),
            [.. wave.Deferred.Select(request => request.Query)])));
    }

    private RoleTurn Settle(LedgerProtocol.SettleCharges command)
    {
        if (!_waves.TryGetValue(command.Batch, out var wave) || wave.Wave != command.Wave) return RoleTurn.Of(this);
        var ledger = _ledger;
        foreach (var settlement in command.Settlements.Where(s => ledger.Open.ContainsKey(s.Query)))
        {
            ledger = ledger.Apply(
                new LedgerRecord.Answered(settlement.Query, settlement.Answer, settlement.Cost));
        }
        return RoleTurn.Of(new PrivacyLedgerRole(_setup, ledger, _waves), new Envelope(
            RoleId.Aggregator, new LedgerProtocol.ChargesSettled(
                _setup.Run, command.Batch, command.Wave, [.. ledger.Rows.Skip(wave.FirstRow)])));
    }

    /// <summary>Where a batch stands.</summary>
    /// <param name="FirstRow">How many lines the ledger had before the batch.</param>
    private sealed record BatchWave(int Wave, int FirstRow);
}
