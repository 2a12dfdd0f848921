namespace PateSim.Simulation.Protocol;

/// <summary>The runner to the coordinator.</summary>
public static class CoordinatorProtocol
{
    /// <summary>Command: start.</summary>
    public sealed record BeginRun : IMessage;

    /// <summary>Command: stop; what is finished is kept.</summary>
    public sealed record CancelRun : IMessage;

    /// <summary>Event: a role is gone and will not answer any more, and why.</summary>
    public sealed record RoleLost(RoleId Role, string Reason) : IMessage;
}
