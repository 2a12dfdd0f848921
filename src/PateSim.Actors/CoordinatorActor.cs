using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;

namespace PateSim.Actors;

/// <summary>The coordinator: parent and supervisor of every other actor of the run.</summary>
internal sealed class CoordinatorActor(RunContext context) : RoleActor(new CoordinatorRole(context.Setup), context)
{
    protected override void PreStart()
    {
        try
        {
            Run.Directory.Register(RoleId.Coordinator, Self);
            foreach (var role in RoleFactory.All(Run.Setup).Where(role => role.Id != RoleId.Coordinator)) Spawn(role);
        }
        catch (Exception exception)
        {
            Run.Lost(RoleId.Coordinator, "It could not start.", exception);
            throw;
        }
    }

    /// <summary>Without a coordinator nobody seals the run; harmless once it is sealed.</summary>
    protected override void PostStop() => Run.Lost(
        RoleId.Coordinator, "It was stopped.", new InvalidOperationException("The coordinator was stopped."));
}
