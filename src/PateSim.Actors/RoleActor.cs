using Akka.Actor;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;
using PateSim.Simulation.Work;

namespace PateSim.Actors;

/// <summary>
/// Gives a role its mailbox, its address, its workers and its supervision; what the role decides is the role's own.
/// </summary>
/// <remarks>
/// Supervision: a role that throws is stopped, never restarted, since a restarted role would have forgotten what it
/// promised; the coordinator is told who was lost and why, and decides. Work that throws is no failure of the actor: it
/// comes back as <see cref="WorkFailed"/>.
/// </remarks>
internal class RoleActor(IRole role, RunContext context) : UntypedActor
{
    private readonly Dictionary<IActorRef, RoleId> _children = [];

    /// <summary>The role as it stands after the last message.</summary>
    protected IRole Role { get; private set; } = role;

    protected RunContext Run { get; } = context;

    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
            AfterTurn();
        }
        catch (Exception exception)
        {
            Run.Lost(Role.Id, $"{exception.GetType().Name}: {exception.Message}", exception);
            throw;
        }
    }

    /// <summary>Called after each message.</summary>
    protected virtual void AfterTurn()
    {
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case IMessage received:
                Take(received);
                break;
            case WorkDone { Result: { } result }:
                Take(result);
                break;
            case WorkDone:
                // Cancelled with the run: nobody waits for it any more.
                break;
            case Terminated terminated when _children.Remove(terminated.ActorRef, out var lost):
                // Harmless when the role already said itself why it was lost: the first word counts.
                Run.Lost(lost, "It was stopped.", new InvalidOperationException($"The {lost} was stopped."));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(_ => Directive.Stop);

    /// <summary>Starts the actor of a role as a child, watched.</summary>
    protected void Spawn(IRole child)
    {
        var actor = Context.ActorOf(Run.PropsOf(child), child.Id.ToString());
        Context.Watch(actor);
        _children.Add(actor, child.Id);
        Run.Directory.Register(child.Id, actor);
    }

    private void Take(IMessage message)
    {
        var turn = Role.Receive(message);
        if (!turn.WasHandled)
        {
            Unhandled(message);
            return;
        }
        Role = turn.Next;
        foreach (var child in turn.Spawns) Spawn(child);
        foreach (var send in turn.Sends) Run.Directory.Send(send);
        foreach (var work in turn.Starts) Run.Work(work).PipeTo(Self, success: result => new WorkDone(result));
    }

    private sealed record WorkDone(IMessage? Result) : INoSerializationVerificationNeeded;
}
