using Akka.Actor;
using Akka.Dispatch;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Roles;
using PateSim.Simulation.Runtime;
using PateSim.Simulation.Work;
using Envelope = PateSim.Simulation.Roles.Envelope;

namespace PateSim.Actors;

/// <summary>What the actors of one run share.</summary>
/// <param name="workers">The bounded dispatcher of long work.</param>
internal sealed class RunContext(
    RunSetup setup, MessageDispatcher workers, IProgress<RunProgress>? progress, CancellationToken cancellation)
{
    public RunSetup Setup { get; } = setup;

    public RoleDirectory Directory { get; } = new();

    public IProgress<RunProgress> Progress { get; } = new QuietProgress(progress);

    /// <summary>Ends with the sealed record, or with what made the coordinator or the recorder fail.</summary>
    public TaskCompletionSource<RunRecord> Completion { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Props PropsOf(IRole role) => Props.CreateBy(new RoleProducer(role, this));

    /// <summary>Runs work on the bounded dispatcher, in the order of the calls; null when it was cancelled.</summary>
    public Task<IMessage?> Work(IWork work)
    {
        var done = new TaskCompletionSource<IMessage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        workers.Schedule(new WorkItem(work, done, cancellation));
        return done.Task;
    }

    /// <summary>A role threw. Without coordinator or recorder nobody could seal the run, so it ends with the exception.
    /// </summary>
    public void Lost(RoleId role, string reason, Exception exception)
    {
        if (role == RoleId.Coordinator || role == RoleId.Recorder) Completion.TrySetException(exception);
        else Directory.Send(new Envelope(RoleId.Coordinator, new CoordinatorProtocol.RoleLost(role, reason)));
    }

    /// <summary>Makes a role's actor by a plain call, without an expression to be taken apart for each hospital.</summary>
    private sealed class RoleProducer(IRole role, RunContext context) : IIndirectActorProducer
    {
        public Type ActorType => role is RecorderRole ? typeof(RecorderActor) : typeof(RoleActor);

        public ActorBase Produce() => role is RecorderRole recorder
            ? new RecorderActor(recorder, context)
            : new RoleActor(role, context);

        public void Release(ActorBase actor)
        {
        }
    }

    private sealed class WorkItem(IWork work, TaskCompletionSource<IMessage?> done, CancellationToken cancellation)
        : IRunnable
    {
        public void Run() => done.TrySetResult(WorkExecution.Execute(work, cancellation));

        // The thread pool's own interface, which Akka's runnables also serve.
        void IThreadPoolWorkItem.Execute() => Run();
    }
}
