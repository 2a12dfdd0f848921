using System.Collections.Immutable;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Work;

namespace PateSim.Simulation.Roles;

/// <summary>
/// One part of a run as a pure state machine: what it decides is a function of its state and the message alone.
/// Runners give it a mailbox: an actor, or a place in the sequential runner's queue.
/// </summary>
public interface IRole
{
    RoleId Id { get; }

    /// <summary>
    /// The role after the message, with what it sends and what long work it starts. A message that the role does not
    /// know gives <see cref="RoleTurn.Unhandled"/>; one that is stale or a duplicate changes nothing.
    /// </summary>
    RoleTurn Receive(IMessage message);
}

/// <summary>What came of one message.</summary>
/// <param name="Next">The role that receives the next message.</param>
/// <param name="Sends">Messages to other roles, in order.</param>
/// <param name="Starts">Long work; its completion comes back to this role as a message.</param>
/// <param name="Spawns">New roles below this one; they stand before the sends are delivered.</param>
public sealed record RoleTurn(
    IRole Next, ImmutableArray<Envelope> Sends, ImmutableArray<IWork> Starts, ImmutableArray<IRole> Spawns)
{
    /// <summary>False when the role does not know the message.</summary>
    public bool WasHandled { get; private init; } = true;

    public static RoleTurn Unhandled(IRole role) => new(role, [], [], []) { WasHandled = false };

    public static RoleTurn Of(IRole next, params ImmutableArray<Envelope> sends) => new(next, sends, [], []);

    public static RoleTurn Working(IRole next, params ImmutableArray<IWork> starts) => new(next, [], starts, []);
}

/// <summary>A message with its recipient.</summary>
public readonly record struct Envelope(RoleId To, IMessage Message);
