using Akka.Actor;
using Akka.TestKit.Xunit2;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;
using PateSim.Simulation.Tests.Support;

namespace PateSim.Actors.Tests;

public sealed class RoleActorSpecs : TestKit
{
    private static readonly RunSetup Setup = TestRun.Setup();

    [Fact]
    public void Hospital_actor_should_train_off_its_mailbox_and_report_to_the_coordinator()
    {
        using var mayTrain = new ManualResetEventSlim();
        var setup = TestRun.Setup(teacher: new ObservedLearner(_ => mayTrain.Wait(TimeSpan.FromSeconds(10))));
        var context = ContextOf(setup);
        var hospital = ActorOf(context, new HospitalRole(setup.Hospitals[0]));

        hospital.Tell(new HospitalProtocol.TrainTeacher(setup.Id));
        // The mailbox stays open while the fit waits: it answers what it can answer without a teacher.
        hospital.Tell(new HospitalProtocol.CastVotes(setup.Id, 0, setup.Queries));
        var refusal = ExpectMsg<HospitalProtocol.VotesRefused>();
        mayTrain.Set();
        var trained = ExpectMsg<HospitalProtocol.TeacherTrained>();

        Assert.Contains("no teacher", refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(0, trained.Hospital);
        Assert.NotNull(trained.Alone);
    }

    [Fact]
    public void Hospital_actor_should_give_the_same_reply_when_asked_again()
    {
        var hospital = ActorOf(ContextOf(Setup), new HospitalRole(Setup.Hospitals[1]));

        hospital.Tell(new HospitalProtocol.TrainTeacher(Setup.Id));
        var first = ExpectMsg<HospitalProtocol.TeacherTrained>();
        hospital.Tell(new HospitalProtocol.TrainTeacher(Setup.Id));

        Assert.Same(first, ExpectMsg<HospitalProtocol.TeacherTrained>());
    }

    [Fact]
    public void Hospital_actor_should_ignore_another_run()
    {
        var hospital = ActorOf(ContextOf(Setup), new HospitalRole(Setup.Hospitals[1]));

        hospital.Tell(new HospitalProtocol.TrainTeacher(new RunId("another run")));

        ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void Hospital_actor_should_turn_a_fit_that_throws_into_a_failure_with_its_reason()
    {
        var setup = TestRun.Setup(teacher: new FailingLearner(_ => true, "Out of paper."));
        var hospital = ActorOf(ContextOf(setup), new HospitalRole(setup.Hospitals[0]));

        hospital.Tell(new HospitalProtocol.TrainTeacher(setup.Id));

        Assert.Contains(
            "Out of paper.", ExpectMsg<HospitalProtocol.TeacherFailed>().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_child_should_be_reported_as_lost()
    {
        var context = ContextOf(Setup);
        var parent = Sys.ActorOf(Props.Create(() => new Parent(context, new HospitalRole(Setup.Hospitals[3]))));
        parent.Tell(Parent.Start, TestActor);
        var child = ExpectMsg<IActorRef>();

        child.Tell(PoisonPill.Instance);

        var lost = ExpectMsg<CoordinatorProtocol.RoleLost>();
        Assert.Equal(RoleId.Hospital(3), lost.Role);
    }

    [Fact]
    public void A_child_that_throws_should_be_stopped_and_reported_with_its_reason_first()
    {
        var context = ContextOf(Setup);
        var parent = Sys.ActorOf(Props.Create(() => new Parent(context, new ThrowingRole())));
        parent.Tell(Parent.Start, TestActor);
        var child = ExpectMsg<IActorRef>();
        Watch(child);

        child.Tell(new CoordinatorProtocol.BeginRun());

        var messages = new[] { ReceiveOne(), ReceiveOne(), ReceiveOne() };
        var lost = messages.OfType<CoordinatorProtocol.RoleLost>().ToList();
        Assert.Contains("I am broken.", lost[0].Reason, StringComparison.Ordinal);
        Assert.Equal(2, lost.Count);
        Assert.Single(messages.OfType<Terminated>());
    }

    [Fact]
    public void An_unknown_message_should_be_unhandled()
    {
        var hospital = ActorOf(ContextOf(Setup), new HospitalRole(Setup.Hospitals[0]));
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.UnhandledMessage));

        hospital.Tell(new CoordinatorProtocol.BeginRun());

        Assert.IsType<CoordinatorProtocol.BeginRun>(ExpectMsg<Akka.Event.UnhandledMessage>().Message);
    }

    private object ReceiveOne() => ReceiveOne(TimeSpan.FromSeconds(5))!;

    private IActorRef ActorOf(RunContext context, IRole role) => Sys.ActorOf(context.PropsOf(role));

    /// <summary>The test stands in for the coordinator and the aggregator.</summary>
    private RunContext ContextOf(RunSetup setup)
    {
        var context = new RunContext(setup, Sys.Dispatchers.DefaultGlobalDispatcher, null, CancellationToken.None);
        context.Directory.Register(RoleId.Coordinator, TestActor);
        context.Directory.Register(RoleId.Aggregator, TestActor);
        return context;
    }

    /// <summary>Spawns one role below itself and tells who it is.</summary>
    private sealed class Parent(RunContext context, IRole child) : RoleActor(new ThrowingRole(), context)
    {
        public const string Start = "start";

        protected override void OnReceive(object message)
        {
            if (message is not string)
            {
                base.OnReceive(message);
                return;
            }
            Spawn(child);
            Sender.Tell(Context.GetChildren().Single());
        }
    }

    private sealed class ThrowingRole : IRole
    {
        public RoleId Id => RoleId.Hospital(6);

        public RoleTurn Receive(IMessage message) => throw new InvalidOperationException("I am broken.");
    }
}
