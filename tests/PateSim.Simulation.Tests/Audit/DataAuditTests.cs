using System.Collections.Immutable;
using PateSim.Core.Randomness;
using PateSim.Privacy.Audit;
using PateSim.Privacy.Mechanisms;
using PateSim.Simulation.Audit;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Simulation.Tests.Audit;

/// <summary>From data to answers, with an honest federation and with broken ones. Fixed keys; an honest federation would
/// be accused for one key in a million.</summary>
[Trait("Category", "Statistical")]
public sealed class DataAuditTests
{
    private const double Failure = 1e-6 / 4;
    private static readonly RandomKey Key = RandomKey.FromSeed(5).Derive("audit");

    private static DataAuditResult Audit(RunSetup setup, AuditedFederation federation) =>
        new DataAudit(setup, federation, CancellationToken.None).Run(4000, Key, Failure, []);

    [Fact]
    public void An_honest_federation_passes_and_a_patient_moves_one_vote()
    {
        var setup = TestRun.Setup(hospitals: 9, queries: 30, scale: 4);
        var result = Audit(setup, AuditedFederation.Of(setup));
        Assert.Equal((1, 1), (result.Sensitivity.MostVotes, result.Sensitivity.ClaimedVotes));
        Assert.False(result.Sensitivity.Violated);
        Assert.Equal(["patient", "hospital", "canaries"], result.Findings.Select(game => game.Method));
        Assert.All(result.Findings.SelectMany(game => game.Findings), f => Assert.False(f.Violated, f.ToString()));
        Assert.Equal(9, result.Voters);
    }

    [Fact]
    public void One_shard_given_to_all_teachers_is_caught_by_counting_and_by_the_answers()
    {
        // Much noise and few queries: an honest patient could hardly be told.
        var setup = TestRun.Setup(hospitals: 60, queries: 20, scale: 20);
        var honest = AuditedFederation.Of(setup);
        var broken = honest with
        {
            Hospitals = data =>
            {
                var hospitals = honest.Hospitals(data);
                return [.. hospitals.Select(hospital => hospital with { Records = hospitals[0].Records })];
            },
        };
        var result = Audit(setup, broken);
        Assert.True(result.Sensitivity.Violated);
        Assert.True(result.Sensitivity.MostVotes > 30, result.Sensitivity.ToString());
        Assert.Contains(
            result.Findings.Single(game => game.Method == "patient").Findings, finding => finding.Violated);
    }

    /// <summary>Draws new noise for every repetition of a query, and charges it once.</summary>
    private sealed record Forgetful(AggregatorSetup Setup, int Batch, ImmutableArray<int> Counts, IMessage? Command)
        : IRole
    {
        public RoleId Id => RoleId.Aggregator;

        public RoleTurn Receive(IMessage message)
        {
            switch (message)
            {
                case AggregatorProtocol.CollectVotes command:
                    return RoleTurn.Of(this with { Command = command, Counts = [.. new int[Setup.ClassCount]] });
                case HospitalProtocol.VotesCast votes:
                    var counts = Counts.SetItem(votes.Votes[0], Counts[votes.Votes[0]] + 1);
                    var next = this with { Counts = counts };
                    return counts.Sum() < ((AggregatorProtocol.CollectVotes)Command!).Hospitals.Length
                        ? RoleTurn.Of(next)
                        : next.Answer((AggregatorProtocol.CollectVotes)Command);
                default:
                    return RoleTurn.Of(this);
            }
        }

        private RoleTurn Answer(AggregatorProtocol.CollectVotes command)
        {
            ImmutableArray<QueryAnswer> answers =
            [
                .. command.Queries.Select((query, i) => new QueryAnswer(
                    i, query,
                    Setup.Mechanism.Answer(Counts.AsSpan(), Setup.Noise.Open($"{query}/{command.Batch}/{i}")), Counts)),
            ];
            var charge = new LedgerProtocol.SettleCharges(
                command.Run, command.Batch, 0, command.Batch > 0
                    ? []
                    : [new LedgerProtocol.Settlement(
                        command.Queries[0], answers[0].Answer!.Value, Setup.Mechanism.WorstCaseEvent(3, Counts.Sum()))]);
            return RoleTurn.Of(
                this, new Envelope(RoleId.PrivacyLedger, charge),
                new Envelope(RoleId.Coordinator, new AggregatorProtocol.QueriesAnswered(
                    command.Run, command.Batch, answers, [], [], [])));
        }
    }

    [Fact]
    public void Repeats_noised_anew_are_caught_and_remembered_answers_are_not()
    {
        var setup = TestRun.Setup(hospitals: 12, queries: 5, scale: 4);
        var pair = VotePair.Of([6, 6, 0], 0, 1);
        var honest = AuditedFederation.Of(setup);
        var game = RepeatGame.Of(setup, honest, pair);
        Assert.Contains("charged 1 times", game.Name, StringComparison.Ordinal);
        Assert.DoesNotContain(PrivacyAudit.Run(game, 1500, Key, Failure), finding => finding.Violated);

        var broken = honest with { Aggregator = aggregator => new Forgetful(aggregator, 0, [], null) };
        Assert.Contains(
            PrivacyAudit.Run(RepeatGame.Of(setup, broken, pair), 1500, Key, Failure), finding => finding.Violated);
    }

    [Theory]
    [InlineData("gnmax")]
    [InlineData("confident-gnmax")]
    public void A_whole_audit_plays_every_game(string mechanism)
    {
        var chosen = mechanism == "gnmax"
            ? MechanismCatalog.Default["gnmax"].With(("sigma", 4.0))
            : MechanismCatalog.Default[mechanism].With(("sigma", 4.0), ("threshold", 4.0), ("threshold-sigma", 4.0));
        var setup = TestRun.Setup(hospitals: 7, queries: 10, mechanism: chosen);
        var audit = ScenarioAudit.Run(
            setup, AuditedFederation.Of(setup), new AuditSettings(2000, 0.999999), Key, CancellationToken.None);
        Assert.False(audit.Refuted);
        Assert.Equal(
            ["accountant", "answer", "answers", "canaries", "hospital", "one-run", "one-run-answers", "patient", "repeats"],
            audit.Lines.Select(line => line.Method).Distinct().Order(StringComparer.Ordinal));
        Assert.All(audit.Lines, line => Assert.Equal(
            line.Method is "patient" or "hospital" or "canaries", line.DataDependent));
    }
}
