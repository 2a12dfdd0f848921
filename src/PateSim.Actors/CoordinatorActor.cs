using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Roles;

namespace PateSim.Actors;

/// <summary>The coordinator: parent and supervisor of every other actor of the run.</summary>
internal sealed class CoordinatorActor(RunContext context) : RoleActor(new CoordinatorRole(context.Setup), context)
{
    protected override void PreStart()
    {
        Run.Directory.Register(RoleId.Coordinator, Self);
        foreach (var role in RoleFactory.All(Run.Setup).Where(role => role.Id != RoleId.Coordinator)) Spawn(role);
    }
}
