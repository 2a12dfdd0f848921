using System.Collections.Immutable;
using PateSim.Privacy.Mechanisms;
using PateSim.Privacy.Noise;
using PateSim.Simulation.Protocol;

namespace PateSim.Simulation.Roles;

/// <summary>What the aggregator works with.</summary>
/// <param name="ClassCount">c: votes are 0 to c−1.</param>
public sealed record AggregatorSetup(RunId Run, int ClassCount, IAggregationMechanism Mechanism, INoiseOrigin Noise);

/// <summary>
/// The federation's global server: it counts the votes of a batch, has the ledger set budget aside for each distinct
/// query, draws the noise, and gives the answers once the ledger has kept their cost. What abstentions saved buys further
/// queries of the batch. A query that was answered before gets the same answer again, at no cost.
/// </summary>
public sealed class AggregatorRole : IRole
{
    private readonly AggregatorSetup _setup;
    private readonly ImmutableDictionary<int, Ballot> _ballots;
    private readonly ImmutableDictionary<string, VoteAnswer> _answers;

    public AggregatorRole(AggregatorSetup setup)
        : this(
            setup,
            ImmutableDictionary<int, Ballot>.Empty,
            ImmutableDictionary.Create<string, VoteAnswer>(StringComparer.Ordinal))
    {
    }

    private AggregatorRole(
        AggregatorSetup setup, ImmutableDictionary<int, Ballot> ballots,
        ImmutableDictionary<string, VoteAnswer> answers) =>
        (_setup, _ballots, _answers) = (setup, ballots, answers);

    public RoleId Id => RoleId.Aggregator;

    public RoleTurn Receive(IMessage message) => message switch
    {
        IRunMessage other when other.Run != _setup.Run => RoleTurn.Of(this),
        AggregatorProtocol.CollectVotes command => Update(command.Batch, ballot => ballot.Open(command)),
        HospitalProtocol.VotesCast votes => Update(votes.Batch, ballot => ballot.Cast(votes.Hospital, votes.Votes)),
        HospitalProtocol.VotesRefused refusal =>
            Update(refusal.Batch, ballot => ballot.Refuse(refusal.Hospital, refusal.Reason)),
        LedgerProtocol.ChargesReserved reserved => Sample(reserved),
        LedgerProtocol.ChargesSettled settled => Answer(settled),
        _ => RoleTurn.Unhandled(this),
    };

    private RoleTurn Update(int batch, Func<Ballot, Ballot> change)
    {
        var before = _ballots.GetValueOrDefault(batch, Ballot.Empty);
        var after = change(before);
        return after.IsComplete && !before.IsComplete
            ? Count(batch, after)
            : RoleTurn.Of(With(batch, after));
    }

    private RoleTurn Count(int batch, Ballot ballot)
    {
        var counted = ballot.Count(_setup.ClassCount);
        var command = ballot.Command!;
        if (counted.Voters < command.MinimumVotes)
        {
            return RoleTurn.Of(With(batch, ballot), new Envelope(
                RoleId.Coordinator, new AggregatorProtocol.QuorumMissed(
                    _setup.Run, batch, counted.Voters, command.MinimumVotes, counted.Failures)));
        }
        // One charge for each distinct query that has no answer yet, in the order of their first appearance.
        var queries = command.Queries.Where(query => !_answers.ContainsKey(query)).Distinct(StringComparer.Ordinal);
        return Reserve(batch, ballot with { Result = counted }, [.. queries]);
    }

    private RoleTurn Reserve(int batch, Ballot ballot, ImmutableArray<string> queries) => RoleTurn.Of(
        With(batch, ballot), new Envelope(RoleId.PrivacyLedger, new LedgerProtocol.ReserveCharges(
            _setup.Run, batch, ballot.Wave, queries, ballot.Result!.Voters,
            !ballot.Command!.StudentProbabilities.IsEmpty)));

    private RoleTurn Sample(LedgerProtocol.ChargesReserved reserved)
    {
        if (!_ballots.TryGetValue(reserved.Batch, out var ballot) || ballot.IsSampled || ballot.IsAnswered
            || ballot.Wave != reserved.Wave || ballot.Result is not { } result) return RoleTurn.Of(this);
        var (queries, student) = (ballot.Command!.Queries, ballot.Command.StudentProbabilities);
        var mechanism = student.IsEmpty ? _setup.Mechanism.BeforeStudent : _setup.Mechanism;
        var (answers, costs) = (_answers.ToBuilder(), ballot.Costs.ToBuilder());
        var settlements = ImmutableArray.CreateBuilder<LedgerProtocol.Settlement>();
        for (var i = 0; i < queries.Length; i++)
        {
            if (answers.ContainsKey(queries[i]) || !reserved.Granted.Contains(queries[i])) continue;
            var votes = result.Histograms[i].AsSpan();
            var opinion = student.IsEmpty ? default : student.AsSpan(i * _setup.ClassCount, _setup.ClassCount);
            var answer = mechanism.Answer(votes, _setup.Noise.Open(queries[i]), opinion);
            var cost = mechanism.Event(votes, answer, opinion);
            answers.Add(queries[i], answer);
            costs.Add(i, cost);
            settlements.Add(new LedgerProtocol.Settlement(queries[i], answer, cost.WithoutPrivateData()));
        }
        var sampled = ballot with { IsSampled = true, Deferred = reserved.Deferred, Costs = costs.ToImmutable() };
        var next = new AggregatorRole(_setup, _ballots.SetItem(reserved.Batch, sampled), answers.ToImmutable());
        return RoleTurn.Of(next, new Envelope(RoleId.PrivacyLedger, new LedgerProtocol.SettleCharges(
            _setup.Run, reserved.Batch, reserved.Wave, settlements.ToImmutable())));
    }

    private RoleTurn Answer(LedgerProtocol.ChargesSettled settled)
    {
        if (!_ballots.TryGetValue(settled.Batch, out var ballot) || !ballot.IsSampled || ballot.IsAnswered
            || ballot.Wave != settled.Wave) return RoleTurn.Of(this);
        if (!ballot.Deferred.IsEmpty)
        {
            var waiting = ballot.Deferred;
            return Reserve(
                settled.Batch, ballot with { Wave = ballot.Wave + 1, IsSampled = false, Deferred = [] }, waiting);
        }
        var (queries, result) = (ballot.Command!.Queries, ballot.Result!);
        var given = ImmutableArray.CreateBuilder<QueryAnswer>(queries.Length);
        for (var i = 0; i < queries.Length; i++)
        {
            VoteAnswer? answer = _answers.TryGetValue(queries[i], out var kept) ? kept : null;
            given.Add(new QueryAnswer(i, queries[i], answer, result.Histograms[i])
            {
                Cost = ballot.Costs.GetValueOrDefault(i),
            });
        }
        return RoleTurn.Of(
            With(settled.Batch, Ballot.Closed),
            new Envelope(RoleId.Coordinator, new AggregatorProtocol.QueriesAnswered(
                _setup.Run, settled.Batch, given.MoveToImmutable(), settled.Rows, result.Failures, result.Ballots)));
    }

    private AggregatorRole With(int batch, Ballot ballot) => new(_setup, _ballots.SetItem(batch, ballot), _answers);
}
