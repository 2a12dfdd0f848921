using System.Collections.Concurrent;
using Akka.Actor;
using PateSim.Simulation.Protocol;
using Envelope = PateSim.Simulation.Roles.Envelope;

namespace PateSim.Actors;

/// <summary>Where each role's actor is. A role is registered before anybody can have heard of it.</summary>
internal sealed class RoleDirectory
{
    private readonly ConcurrentDictionary<RoleId, IActorRef> _actors = new();

    public void Register(RoleId role, IActorRef actor) => _actors[role] = actor;

    /// <exception cref="InvalidOperationException">Nobody plays the role.</exception>
    public void Send(Envelope envelope)
    {
        if (!_actors.TryGetValue(envelope.To, out var actor))
            throw new InvalidOperationException(
                $"A message went to {envelope.To}, which is not there: {envelope.Message}");
        actor.Tell(envelope.Message);
    }
}
