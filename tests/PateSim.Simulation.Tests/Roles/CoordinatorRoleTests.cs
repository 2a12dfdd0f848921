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
