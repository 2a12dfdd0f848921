using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Noise;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;

namespace PateSim.Simulation.Audit;

/// <summary>
/// One query asked many times, through the aggregator and the ledger as a run has them: the answers together may tell no
/// more than what the ledger charged.
/// </summary>
/// <remarks>Without memory of its answers an aggregator draws new noise each time, and the mean of the answers shows the
/// plurality.</remarks>
public static class RepeatGame
{
    /// <summary>How often the query is asked: half of the times in each of two batches.</summary>
    public const int Repeats = 64;

    private const string Query = "audited-query";

    /// <summary>The game; its outcome is how often the class that gains the vote won.</summary>
    /// <param name="pair">The votes on the query.</param>
    public static AuditGame Of(RunSetup setup, AuditedFederation federation, VotePair pair)
    {
        var mechanism = setup.Aggregator.Mechanism;
        var to = Enumerable.Range(0, pair.ClassCount).MaxBy(j => pair.Moved[j] - pair.Votes[j]);
        var teachers = pair.Votes.Sum();
        var charged = Ask(false, new SeededNoise(RandomKey.FromSeed(0).Derive("charges").Open())).Charged;
        return new AuditGame(
            FormattableString.Invariant($"one query asked {Repeats} times, charged {charged} times: ")
            + AuditGames.Name(mechanism, pair),
            Repeats + 1, noise => Ask(false, noise).Wins, noise => Ask(true, noise).Wins,
            AuditClaims.Of(mechanism.WorstCaseEvent(pair.ClassCount, teachers), Math.Max(1, charged)));

        (int Wins, int Charged) Ask(bool moved, INoiseSource noise)
        {
            var origin = new SeededNoiseOrigin(RandomKey.FromSeed(unchecked((long)noise.NextUInt64())));
            var aggregator = federation.Aggregator(setup.Aggregator with { Noise = origin });
            IRole ledger = new PrivacyLedgerRole(
                setup.Ledger with { Budget = new UnlimitedBudget(Adjacency.PatientReplaced) });
            var counts = moved ? pair.Moved : pair.Votes;
            var (wins, charges) = (0, 0);
            for (var batch = 0; batch < 2; batch++)
            {
                var waiting = new Queue<Envelope>(Ballot(setup.Id, batch, counts, pair.Student));
                while (waiting.TryDequeue(out var envelope))
                {
                    if (envelope.Message is AggregatorProtocol.QueriesAnswered answered)
                    {
                        wins += answered.Answers.Count(answer => answer.Label == to);
                        continue;
                    }
                    if (envelope.Message is LedgerProtocol.SettleCharges settled) charges += settled.Settlements.Length;
                    var toLedger = envelope.To == RoleId.PrivacyLedger;
                    var turn = (toLedger ? ledger : aggregator).Receive(envelope.Message);
                    if (toLedger) ledger = turn.Next;
                    else aggregator = turn.Next;
                    foreach (var send in turn.Sends) waiting.Enqueue(send);
                }
            }
            return (wins, charges);
        }
    }

    private static IEnumerable<Envelope> Ballot(RunId run, int batch, ImmutableArray<int> counts, ImmutableArray<double> student)
    {
        ImmutableArray<string> queries = [.. Enumerable.Repeat(Query, Repeats / 2)];
        yield return To(new AggregatorProtocol.CollectVotes(
            run, batch, [.. Enumerable.Range(0, counts.Sum())], counts.Sum(), queries)
        {
            StudentProbabilities = [.. queries.SelectMany(_ => student)],
        });
        var hospital = 0;
        for (var j = 0; j < counts.Length; j++)
        {
            ImmutableArray<byte> votes = [.. Enumerable.Repeat((byte)j, queries.Length)];
            for (var i = 0; i < counts[j]; i++)
                yield return To(new HospitalProtocol.VotesCast(run, batch, hospital++, votes));
        }

        static Envelope To(IMessage message) => new(RoleId.Aggregator, message);
    }
}
