using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PateSim.Privacy.Events;
using PateSim.Simulation.Protocol;

namespace PateSim.Simulation.Roles;

/// <summary>
/// The votes of one batch as they come in, in any order: votes may overtake the command that calls for them, and come
/// twice; the first of a hospital counts.
/// </summary>
internal sealed record Ballot(
    AggregatorProtocol.CollectVotes? Command,
    ImmutableDictionary<int, ImmutableArray<byte>> Votes,
    ImmutableDictionary<int, string> Refusals)
{
    public static Ballot Empty { get; } = new(
        null, ImmutableDictionary<int, ImmutableArray<byte>>.Empty, ImmutableDictionary<int, string>.Empty);

    /// <summary>The histograms, once every hospital has voted or refused.</summary>
    public BallotCount? Result { get; init; }

    /// <summary>The wave of charges that is under way, from 0.</summary>
    public int Wave { get; init; }

    /// <summary>Whether noise was drawn for what the ledger granted in this wave.</summary>
    public bool IsSampled { get; init; }

    /// <summary>Queries that the ledger put off until this wave is settled.</summary>
    public ImmutableArray<string> Deferred { get; init; } = [];

    /// <summary>What each query cost that was sampled in this batch, with the votes, by its place.</summary>
    public ImmutableDictionary<int, PrivacyEvent> Costs { get; init; } = ImmutableDictionary<int, PrivacyEvent>.Empty;

    /// <summary>Whether the answers are out; then only this is kept.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>A batch that is done: what comes late is dropped.</summary>
    public static Ballot Closed { get; } = Empty with { IsAnswered = true };

    public bool IsComplete => Command is not null
        && Votes.Count + Refusals.Count >= Command.Hospitals.Length
        && Command.Hospitals.All(hospital => Votes.ContainsKey(hospital) || Refusals.ContainsKey(hospital));

    public Ballot Open(AggregatorProtocol.CollectVotes command) =>
        Command is null && !IsAnswered ? this with { Command = command } : this;

    public Ballot Cast(int hospital, ImmutableArray<byte> votes) => Knows(hospital)
        ? this
        : this with { Votes = Votes.Add(hospital, votes) };

    public Ballot Refuse(int hospital, string reason) => Knows(hospital)
        ? this
        : this with { Refusals = Refusals.Add(hospital, reason) };

    /// <summary>n_j(x) for each query: shape [q][c]. Votes of the wrong length or outside the classes count as a
    /// failure of their hospital, whole; votes of hospitals that were not called are not counted.</summary>
    public BallotCount Count(int classCount)
    {
        var queries = Command!.Queries.Length;
        var counts = new int[queries][];
        for (var i = 0; i < queries; i++) counts[i] = new int[classCount];
        var failures = ImmutableArray.CreateBuilder<VotingFailure>();
        var ballots = ImmutableArray.CreateBuilder<HospitalBallot>();
        foreach (var hospital in Command.Hospitals)
        {
            if (!Votes.TryGetValue(hospital, out var votes))
            {
                failures.Add(new VotingFailure(hospital, Refusals[hospital]));
                continue;
            }
            if (Reject(votes, queries, classCount) is { } reason)
            {
                failures.Add(new VotingFailure(hospital, reason));
                continue;
            }
            ballots.Add(new HospitalBallot(hospital, votes));
            for (var i = 0; i < queries; i++) counts[i][votes[i]]++;
        }
        return new BallotCount(
            [.. counts.Select(ImmutableCollectionsMarshal.AsImmutableArray)], ballots.ToImmutable(),
            failures.ToImmutable());
    }

    private static string? Reject(ImmutableArray<byte> votes, int queries, int classCount)
    {
        if (votes.Length != queries) return $"It cast {votes.Length} votes for {queries} queries.";
        for (var i = 0; i < votes.Length; i++)
        {
            if (votes[i] >= classCount)
                return $"Its vote on query {i} is class {votes[i]}; classes are 0 to {classCount - 1}.";
        }
        return null;
    }

    private bool Knows(int hospital) => IsAnswered || Votes.ContainsKey(hospital) || Refusals.ContainsKey(hospital);
}

/// <summary>A counted ballot.</summary>
/// <param name="Histograms">n, shape [q][c]; private.</param>
/// <param name="Ballots">The votes that were counted, by hospital; private.</param>
internal sealed record BallotCount(
    ImmutableArray<ImmutableArray<int>> Histograms, ImmutableArray<HospitalBallot> Ballots,
    ImmutableArray<VotingFailure> Failures)
{
    /// <summary>M: how many hospitals are in each histogram.</summary>
    public int Voters => Ballots.Length;
}
