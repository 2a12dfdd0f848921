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
/// query, draws the noise, and gives the answers once the ledger has kept their cost. A query that was answered before
/// gets the same answer again, at no cost.
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
        return RoleTurn.Of(With(batch, ballot with { Result = counted }), new Envelope(
            RoleId.PrivacyLedger,
            new LedgerProtocol.ReserveCharges(_setup.Run, batch, [.. queries], counted.Voters)));
    }

    private RoleTurn Sample(LedgerProtocol.ChargesReserved reserved)
    {
        if (!_ballots.TryGetValue(reserved.Batch, out var ballot) || ballot.IsSampled) return RoleTurn.Of(this);
        if (ballot.Result is not { } result) return RoleTurn.Of(this);
        var queries = ballot.Command!.Queries;
        var answers = _answers.ToBuilder();
        var settlements = ImmutableArray.CreateBuilder<LedgerProtocol.Settlement>();
        for (var i = 0; i < queries.Length; i++)
        {
            if (answers.ContainsKey(queries[i]) || !reserved.Granted.Contains(queries[i])) continue;
            var votes = result.Histograms[i].AsSpan();
            var answer = _setup.Mechanism.Answer(votes, _setup.Noise.Open(queries[i]));
            answers.Add(queries[i], answer);
            settlements.Add(new LedgerProtocol.Settlement(
                queries[i], answer, _setup.Mechanism.Event(votes, answer).WithoutPrivateData()));
        }
        var next = new AggregatorRole(
            _setup, _ballots.SetItem(reserved.Batch, ballot with { IsSampled = true }), answers.ToImmutable());
        return RoleTurn.Of(next, new Envelope(
            RoleId.PrivacyLedger,
            new LedgerProtocol.SettleCharges(_setup.Run, reserved.Batch, settlements.ToImmutable())));
    }

    private RoleTurn Answer(LedgerProtocol.ChargesSettled settled)
    {
        if (!_ballots.TryGetValue(settled.Batch, out var ballot) || !ballot.IsSampled || ballot.IsAnswered)
            return RoleTurn.Of(this);
        var (queries, result) = (ballot.Command!.Queries, ballot.Result!);
        var given = ImmutableArray.CreateBuilder<QueryAnswer>(queries.Length);
        for (var i = 0; i < queries.Length; i++)
        {
            VoteAnswer? answer = _answers.TryGetValue(queries[i], out var kept) ? kept : null;
            given.Add(new QueryAnswer(i, queries[i], answer, result.Histograms[i]));
        }
        return RoleTurn.Of(
            With(settled.Batch, ballot with { IsAnswered = true }),
            new Envelope(RoleId.Coordinator, new AggregatorProtocol.QueriesAnswered(
                _setup.Run, settled.Batch, given.MoveToImmutable(), settled.Rows, result.Failures)));
    }

    private AggregatorRole With(int batch, Ballot ballot) => new(_setup, _ballots.SetItem(batch, ballot), _answers);
}
