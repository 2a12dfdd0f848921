using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Runtime;

namespace PateSim.Actors;

/// <summary>Runs a simulation as actors of one process: one actor for each role, long work on a bounded dispatcher.
/// </summary>
/// <param name="workers">How many pieces of long work run at once, ≥ 1; never changes the result.</param>
/// <param name="overlay">Settings laid over those of <c>configs/actors.conf</c>; may be null.</param>
public sealed class ActorRunner(int workers, Config? overlay = null) : IRunner
{
    private const string WorkDispatcher = "patesim.work-dispatcher";

    public string Name => "actors";

    public async Task<RunRecord> RunAsync(
        RunSetup setup, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        using var system = ActorSystem.Create("patesim", Configuration());
        var context = new RunContext(setup, system.Dispatchers.Lookup(WorkDispatcher), progress, cancellation);
        var coordinator = system.ActorOf(Props.Create(() => new CoordinatorActor(context)), "coordinator");
        coordinator.Tell(new CoordinatorProtocol.BeginRun());
        await using var registration =
            cancellation.Register(() => coordinator.Tell(new CoordinatorProtocol.CancelRun())).ConfigureAwait(false);
        try
        {
            return await context.Completion.Task.ConfigureAwait(false);
        }
        finally
        {
            await system.Terminate().ConfigureAwait(false);
        }
    }

    private Config Configuration()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        using var file = typeof(ActorRunner).Assembly.GetManifestResourceStream("actors.conf")!;
        using var reader = new StreamReader(file);
        var own = ConfigurationFactory.ParseString(string.Create(
            CultureInfo.InvariantCulture, $"{WorkDispatcher}.dedicated-thread-pool.thread-count = {workers}"))
            .WithFallback(ConfigurationFactory.ParseString(reader.ReadToEnd()));
        return overlay is null ? own : overlay.WithFallback(own);
    }
}
