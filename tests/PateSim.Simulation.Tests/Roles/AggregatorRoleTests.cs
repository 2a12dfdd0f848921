using System.Collections.Immutable;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Simulation.Tests.Roles;

public class AggregatorRoleTests
{
    private static readonly RunSetup Setup = TestRun.Setup(hospitals: 3, queries: 2);

    private static readonly AggregatorProtocol.CollectVotes Collect = new(Setup.Id, 0, [0, 1, 2], 2, ["x", "y"]);

    [Fact]
    public void Counts_once_every_hospital_has_voted_whatever_comes_first()
    {
        var turns = Play(Votes(1, 0, 2), Collect, Votes(0, 0, 1), Votes(2, 1, 2));

        Assert.All(turns[..3], turn => Assert.Empty(turn.Sends));
        var reserve = Assert.IsType<LedgerProtocol.ReserveCharges>(Assert.Single(turns[3].Sends).Message);
        Assert.Equal(["x", "y"], reserve.Queries.ToArray());
        Assert.Equal(3, reserve.Voters);
    }

    [Fact]
    public void A_second_vote_of_a_hospital_changes_nothing()
    {
        var turns = Play(
            Collect, Votes(0, 0, 0), Votes(0, 2, 2), Votes(1, 0, 0), Votes(2, 0, 0), Granted("x", "y"), Settled());

        var answered = Assert.IsType<AggregatorProtocol.QueriesAnswered>(Assert.Single(turns[^1].Sends).Message);
        Assert.All(answered.Answers, answer => Assert.Equal([3, 0, 0], answer.Votes.ToArray()));
    }

    [Fact]
    public void Votes_of_the_wrong_length_or_outside_the_classes_are_a_failure_of_their_hospital()
    {
        var turns = Play(
            Collect, Votes(0, 0, 7), new HospitalProtocol.VotesCast(Setup.Id, 0, 1, [0]), Votes(2, 1, 1));

        var missed = Assert.IsType<AggregatorProtocol.QuorumMissed>(Assert.Single(turns[^1].Sends).Message);
        Assert.Equal(1, missed.Votes);
        Assert.Contains("class 7", missed.Failures[0].Reason, StringComparison.Ordinal);
        Assert.Contains("1 votes for 2 queries", missed.Failures[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Votes_of_a_hospital_that_was_not_called_do_not_count()
    {
        var turns = Play(
            Votes(9, 2, 2), Collect, Votes(0, 0, 0), Votes(1, 0, 0), Votes(2, 0, 0), Granted("x", "y"), Settled());

        var answered = Assert.IsType<AggregatorProtocol.QueriesAnswered>(Assert.Single(turns[^1].Sends).Message);
        Assert.All(answered.Answers, answer => Assert.Equal(3, answer.Votes.Sum()));
    }

    [Fact]
    public void No_noise_is_drawn_for_what_the_ledger_did_not_grant()
    {
        var turns = Play(Collect, Votes(0, 0, 1), Votes(1, 0, 1), Votes(2, 0, 1), Granted("y"), Settled());

        var settle = Assert.IsType<LedgerProtocol.SettleCharges>(Assert.Single(turns[4].Sends).Message);
        Assert.Equal(["y"], settle.Settlements.Select(s => s.Query));
        var answered = Assert.IsType<AggregatorProtocol.QueriesAnswered>(Assert.Single(turns[5].Sends).Message);
        Assert.Null(answered.Answers[0].Answer);
        Assert.NotNull(answered.Answers[1].Answer);
    }

    [Fact]
    public void What_the_ledger_put_off_is_asked_for_again_once_the_rest_is_settled()
    {
        var second = new LedgerProtocol.ChargesReserved(
            Setup.Id, 0, 1, ImmutableHashSet.Create(StringComparer.Ordinal, "y"), []);
        var turns = Play(
            Collect, Votes(0, 0, 1), Votes(1, 0, 1), Votes(2, 0, 1), Granted("x") with { Deferred = ["y"] }, Settled(),
            Settled(), second, Settled(), Settled(0, 1));

        var again = Assert.IsType<LedgerProtocol.ReserveCharges>(Assert.Single(turns[5].Sends).Message);
        Assert.Equal((1, "y"), (again.Wave, Assert.Single(again.Queries)));
        Assert.Empty(turns[6].Sends);
        var settle = Assert.IsType<LedgerProtocol.SettleCharges>(Assert.Single(turns[7].Sends).Message);
        Assert.Equal((1, "y"), (settle.Wave, Assert.Single(settle.Settlements).Query));
        // The settlement of the first wave, told twice, answers nothing.
        Assert.Empty(turns[8].Sends);
        var answered = Assert.IsType<AggregatorProtocol.QueriesAnswered>(Assert.Single(turns[9].Sends).Message);
        Assert.All(answered.Answers, answer => Assert.NotNull(answer.Cost));
    }

    [Fact]
    public void What_comes_late_for_an_answered_batch_is_dropped()
    {
        var turns = Play(
            Collect, Votes(0, 0, 1), Votes(1, 0, 1), Votes(2, 0, 1), Granted("x", "y"), Settled(),
            Votes(0, 0, 1), Collect, Granted("x", "y"));

        Assert.All(turns[6..], turn => Assert.Empty(turn.Sends));
    }

    [Fact]
    public void A_query_of_an_earlier_batch_gets_its_old_answer_and_no_second_charge()
    {
        var again = Collect with { Batch = 1, Queries = ["y", "z"] };
        var turns = Play(
            Collect, Votes(0, 0, 1), Votes(1, 0, 1), Votes(2, 0, 1), Granted("x", "y"), Settled(),
            again, Votes(0, 1, 1, 2), Votes(1, 1, 1, 2), Votes(2, 1, 1, 2), Granted(1, "z"), Settled(1));

        var reserve = Assert.IsType<LedgerProtocol.ReserveCharges>(Assert.Single(turns[9].Sends).Message);
        Assert.Equal(["z"], reserve.Queries.ToArray());
        var first = Assert.IsType<AggregatorProtocol.QueriesAnswered>(Assert.Single(turns[5].Sends).Message);
        var second = Assert.IsType<AggregatorProtocol.QueriesAnswered>(Assert.Single(turns[11].Sends).Message);
        Assert.Equal(first.Answers[1].Answer, second.Answers[0].Answer);
    }

    [Fact]
    public void Messages_of_another_run_and_repeated_ledger_replies_are_ignored()
    {
        var stale = new HospitalProtocol.VotesCast(new RunId("old"), 0, 0, [0, 0]);
        var turns = Play(
            Collect, stale, Votes(0, 0, 1), Votes(1, 0, 1), Votes(2, 0, 1),
            Granted("x", "y"), Granted("x", "y"), Settled(), Settled());

        Assert.Empty(turns[1].Sends);
        Assert.Empty(turns[6].Sends);
        Assert.Empty(turns[8].Sends);
    }

    private static HospitalProtocol.VotesCast Votes(int hospital, byte first, byte second) =>
        new(Setup.Id, 0, hospital, [first, second]);

    private static HospitalProtocol.VotesCast Votes(int hospital, int batch, byte first, byte second) =>
        new(Setup.Id, batch, hospital, [first, second]);

    private static LedgerProtocol.ChargesReserved Granted(params string[] queries) => Granted(0, queries);

    private static LedgerProtocol.ChargesReserved Granted(int batch, params string[] queries) =>
        new(Setup.Id, batch, 0, ImmutableHashSet.Create(StringComparer.Ordinal, queries), []);

    private static LedgerProtocol.ChargesSettled Settled(int batch = 0, int wave = 0) => new(Setup.Id, batch, wave, []);

    private static List<RoleTurn> Play(params IMessage[] messages)
    {
        IRole role = new AggregatorRole(Setup.Aggregator);
        var turns = new List<RoleTurn>();
        foreach (var message in messages)
        {
            var turn = role.Receive(message);
            Assert.True(turn.WasHandled);
            turns.Add(turn);
            role = turn.Next;
        }
        return turns;
    }
}
