using PateSim.Simulation.Roles;

namespace PateSim.Actors;

/// <summary>The recorder: tells the runner how far the run is, and hands it the record when it is sealed.</summary>
internal sealed class RecorderActor(RecorderRole role, RunContext context) : RoleActor(role, context)
{
    protected override void AfterTurn()
    {
        var recorder = (RecorderRole)Role;
        Run.Progress.Report(recorder.Progress);
        if (recorder.Record is { } record) Run.Completion.TrySetResult(record);
    }
}
