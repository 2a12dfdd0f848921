using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Roles;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Simulation.Tests.Roles;

public class CoordinatorRoleTests
{
    private static readonly RunSetup Setup = TestRun.Setup(hospitals: 3, quorum: 0.6);

    [Fact]
    public void Begins_with_every_teacher_and_the_pooled_model()
    {
        var turn = Play(new CoordinatorProtocol.BeginRun())[^1];

        Assert.Single(turn.Sends, send => send.Message is ModelProtocol.TrainPooled);
        Assert.Equal(3, turn.Sends.Count(send => send.Message is HospitalProtocol.TrainTeacher));
    }

    [Fact]
    public void Calls_for_votes_of_those_that_have_a_teacher_once_all_have_reported()
    {
        var turns = Play(new CoordinatorProtocol.BeginRun(), Trained(2), Failed(0), Trained(1));

        Assert.DoesNotContain(turns[2].Sends, send => send.Message is AggregatorProtocol.CollectVotes);
        var collect = turns[3].Sends.Select(send => send.Message).OfType<AggregatorProtocol.CollectVotes>().Single();
        Assert.Equal([1, 2], collect.Hospitals.ToArray());
        Assert.Equal(2, collect.MinimumVotes);
        Assert.Equal(2, turns[3].Sends.Count(send => send.Message is HospitalProtocol.CastVotes));
    }

    [Fact]
    public void A_second_report_of_a_hospital_changes_nothing()
    {
        var turns = Play(new CoordinatorProtocol.BeginRun(), Trained(1), Trained(1), Failed(1), Trained(0));

        Assert.Empty(turns[2].Sends);
        Assert.Empty(turns[3].Sends);
        Assert.DoesNotContain(turns[4].Sends, send => send.Message is AggregatorProtocol.CollectVotes);
    }

    [Fact]
    public void A_hospital_lost_while_training_counts_as_failed_and_one_lost_while_voting_is_excused()
    {
        var turns = Play(
            new CoordinatorProtocol.BeginRun(), Trained(0), Trained(1), Lost(RoleId.Hospital(2)), Lost(RoleId.Hospital(1)));

        Assert.Contains(turns[3].Sends, send => send.Message is AggregatorProtocol.CollectVotes);
        var refusal = Assert.IsType<HospitalProtocol.VotesRefused>(Assert.Single(turns[4].Sends).Message);
        Assert.Equal((1, "gone"), (refusal.Hospital, refusal.Reason));
    }

    [Fact]
    public void A_hospital_lost_after_its_report_and_before_the_vote_is_not_asked()
    {
        var turns = Play(
            new CoordinatorProtocol.BeginRun(), Trained(0), Lost(RoleId.Hospital(0)), Trained(1), Trained(2));

        var collect = turns[4].Sends.Select(send => send.Message).OfType<AggregatorProtocol.CollectVotes>().Single();
        Assert.Equal([1, 2], collect.Hospitals.ToArray());
    }

    [Fact]
    public void Losing_anyone_else_ends_the_run_with_the_reason()
    {
        var seal = Sealed(Play(new CoordinatorProtocol.BeginRun(), Trained(0), Lost(RoleId.Aggregator)));

        Assert.Equal(RunStatus.Failed, seal.Status);
        Assert.Equal("The aggregator was lost: gone", seal.Reason);
        Assert.Single(seal.Facts);
    }

    [Fact]
    public void A_quorum_that_is_missed_by_votes_ends_the_run()
    {
        var seal = Sealed(Play(
            new CoordinatorProtocol.BeginRun(), Trained(0), Trained(1), Trained(2),
            new AggregatorProtocol.QuorumMissed(Setup.Id, 0, 1, 2, [new VotingFailure(2, "no ink")])));

        Assert.Contains("1 hospitals voted, 2 are needed", seal.Reason, StringComparison.Ordinal);
        Assert.Contains("no ink", seal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_of_another_run_and_messages_after_the_end_are_ignored()
    {
        var stranger = new HospitalProtocol.TeacherTrained(new RunId("other"), 0, null);
        var turns = Play(
            new CoordinatorProtocol.BeginRun(), stranger, new CoordinatorProtocol.CancelRun(), Trained(0), Trained(1),
            Trained(2));

        Assert.Empty(turns[1].Sends);
        Assert.All(turns[3..], turn => Assert.Empty(turn.Sends));
    }

    [Fact]
    public void A_clone_whose_message_is_late_is_told_by_the_end_of_its_attack_and_noted_once()
    {
        var entry = new TheftEntry(
            "student", "natural-pool", "label", 5, default, default, default, 0.5, 0.9, null, null);
        var turns = Play(
            new CoordinatorProtocol.BeginRun(),
            new AttackProtocol.AttackEnded(Setup.Id, 0, "student", [entry], null),
            new AttackProtocol.CloneMeasured(Setup.Id, entry));

        Assert.Single(turns[1].Sends, send => send.Message is RecorderProtocol.Record { Fact: CloneFact });
        Assert.Empty(turns[2].Sends);
    }

    [Fact]
    public void The_next_round_is_asked_when_the_student_so_far_has_said_what_it_thinks()
    {
        var turns = Rounds(Answers(0), Predicted(1), Answers(1), Predicted(2));

        var predict = Assert.IsType<ModelProtocol.PredictRound>(Sent(turns[4]));
        Assert.Equal((1, 10), (predict.Round, predict.Queries.Length));
        Assert.Equal(10, predict.Records.Length);
        var collect = turns[5].Sends.Select(send => send.Message).OfType<AggregatorProtocol.CollectVotes>().Single();
        Assert.Equal((1, 10, 30), (collect.Batch, collect.Queries.Length, collect.StudentProbabilities.Length));
        Assert.Equal(3, turns[5].Sends.Count(send => send.Message is HospitalProtocol.CastVotes { Batch: 1 }));
        var second = Assert.IsType<ModelProtocol.PredictRound>(Sent(turns[6]));
        Assert.Equal((2, 20), (second.Round, second.Records.Length));
    }

    [Fact]
    public void Predictions_and_answers_that_come_twice_or_late_change_nothing()
    {
        var turns = Rounds(Answers(0), Answers(0), Predicted(2), Predicted(1), Predicted(1), Answers(0));

        Assert.All(new[] { 5, 6, 8, 9 }, turn => Assert.Empty(turns[turn].Sends));
    }

    [Fact]
    public void A_hospital_lost_between_rounds_is_not_asked_again_and_its_loss_is_a_fact()
    {
        var turns = Rounds(Answers(0), Lost(RoleId.Hospital(1)), Lost(RoleId.Hospital(1)), Predicted(1));

        Assert.Empty(turns[5].Sends);
        var messages = turns[7].Sends.Select(send => send.Message).ToList();
        Assert.Equal([0, 2], messages.OfType<AggregatorProtocol.CollectVotes>().Single().Hospitals.ToArray());
        var fact = Assert.IsType<HospitalFact>(messages.OfType<RecorderProtocol.Record>().Single().Fact);
        Assert.Equal((1, "gone"), (fact.Report.Index, fact.Report.Failure));
    }

    [Fact]
    public void A_hospital_lost_while_a_round_is_voted_is_excused_there_and_not_asked_in_the_next()
    {
        var turns = Rounds(Lost(RoleId.Hospital(2)), Answers(0), Predicted(1));

        Assert.Equal(0, Assert.IsType<HospitalProtocol.VotesRefused>(Sent(turns[4])).Batch);
        var collect = turns[6].Sends.Select(send => send.Message).OfType<AggregatorProtocol.CollectVotes>().Single();
        Assert.Equal([0, 1], collect.Hospitals.ToArray());
        // The quorum is that of the run in every round: the aggregator ends it where too few are left.
        Assert.Equal(2, collect.MinimumVotes);
    }

    [Fact]
    public void A_first_round_without_a_label_ends_the_run_since_there_is_no_student_to_look_at()
    {
        var silent = Answers(0) with
        {
            Answers = [.. Answers(0).Answers.Select(a => a with { Answer = Privacy.Mechanisms.VoteAnswer.None })],
        };
        var seal = Sealed(Rounds(silent));

        Assert.Equal(RunStatus.Failed, seal.Status);
        Assert.Contains("No query of round 1 got a label", seal.Reason, StringComparison.Ordinal);
    }

    private static readonly RunSetup Interactive = TestRun.Setup(
        hospitals: 3, quorum: 0.6, queriesPerRound: 10,
        mechanism: Privacy.Mechanisms.MechanismCatalog.Default["interactive-gnmax"].With());

    private static AggregatorProtocol.QueriesAnswered Answers(int round) => new(
        Interactive.Id, round,
        [
            .. Enumerable.Range(0, 10).Select(i => new QueryAnswer(
                i, Interactive.QueryIdentities[10 * round + i], Privacy.Mechanisms.VoteAnswer.Of(1), [0, 3, 0])),
        ],
        [], [], []);

    private static ModelProtocol.RoundPredicted Predicted(int round) =>
        new(Interactive.Id, round, [.. Enumerable.Repeat(new[] { 0.5, 0.25, 0.25 }, 10).SelectMany(p => p)]);

    /// <summary>The only message that is no note to the recorder.</summary>
    private static IMessage Sent(RoleTurn turn) =>
        Assert.Single(turn.Sends, send => send.Message is not RecorderProtocol.Record).Message;

    /// <summary>Turns 0 to 3 bring the teachers, the others these messages.</summary>
    private static List<RoleTurn> Rounds(params IMessage[] messages)
    {
        IRole role = new CoordinatorRole(Interactive);
        var turns = new List<RoleTurn>();
        IMessage[] all =
        [
            new CoordinatorProtocol.BeginRun(),
            .. Enumerable.Range(0, 3).Select(i => new HospitalProtocol.TeacherTrained(Interactive.Id, i, null)),
            .. messages,
        ];
        foreach (var message in all)
        {
            turns.Add(role.Receive(message));
            role = turns[^1].Next;
        }
        return turns;
    }

    private static HospitalProtocol.TeacherTrained Trained(int hospital) =>
        new(Setup.Id, hospital, null);

    private static HospitalProtocol.TeacherFailed Failed(int hospital) => new(Setup.Id, hospital, "broken");

    private static CoordinatorProtocol.RoleLost Lost(RoleId role) => new(role, "gone");

    private static RecorderProtocol.Seal Sealed(List<RoleTurn> turns) =>
        turns[^1].Sends.Select(send => send.Message).OfType<RecorderProtocol.Seal>().Single();

    private static List<RoleTurn> Play(params IMessage[] messages)
    {
        IRole role = new CoordinatorRole(Setup);
        var turns = new List<RoleTurn>();
        foreach (var message in messages)
        {
            turns.Add(role.Receive(message));
            role = turns[^1].Next;
        }
        return turns;
    }
}
