using PateSim.Core.Randomness;
using PateSim.Simulation.Preparation;
using PateSim.Simulation.Protocol;
using PateSim.Simulation.Results;
using PateSim.Simulation.Roles;
using PateSim.Simulation.Work;

namespace PateSim.Simulation.Runtime;

/// <summary>Runs a prepared simulation to its end.</summary>
public interface IRunner
{
    /// <summary>As printed and written: "sequential" or "actors".</summary>
    string Name { get; }

    /// <summary>Runs. Cancellation ends the run early with what was finished, as <see cref="RunStatus.Cancelled"/>.
    /// </summary>
    Task<RunRecord> RunAsync(RunSetup setup, IProgress<RunProgress>? progress, CancellationToken cancellation);
}

/// <summary>
/// The meaning of a run without any actor: one thread, one queue of messages, the same roles. Every other runtime has
/// to give the same record.
/// </summary>
/// <param name="shuffle">Delivers the waiting messages in a random order instead of first come, first served; for
/// tests that no result hangs on the order.</param>
public sealed class SequentialRunner(RandomKey? shuffle = null) : IRunner
{
    public string Name => "sequential";

    public Task<RunRecord> RunAsync(
        RunSetup setup, IProgress<RunProgress>? progress, CancellationToken cancellation) =>
        Task.FromResult(Run(setup, progress, cancellation));

    /// <inheritdoc cref="RunAsync"/>
    public RunRecord Run(RunSetup setup, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var roles = RoleFactory.All(setup).ToDictionary(role => role.Id);
        var waiting = new MessageQueue(shuffle?.Open());
        waiting.Add(new Envelope(RoleId.Coordinator, new CoordinatorProtocol.BeginRun()));
        while (true)
        {
            var recorder = (RecorderRole)roles[RoleId.Recorder];
            if (recorder.Record is { } record) return record;
            if (!waiting.TryTake(out var envelope))
            {
                // Cancelled work sends no message: once all that was finished has arrived, nothing moves any more.
                if (!cancellation.IsCancellationRequested)
                {
                    throw new InvalidOperationException(
                        "The run stalls: no message waits and the recorder is not sealed.");
                }
                envelope = new Envelope(RoleId.Coordinator, new CoordinatorProtocol.CancelRun());
            }
            Deliver(envelope, roles, waiting, cancellation);
            if (envelope.To == RoleId.Recorder) progress?.Report(((RecorderRole)roles[RoleId.Recorder]).Progress);
        }
    }

    private static void Deliver(
        Envelope envelope, Dictionary<RoleId, IRole> roles, MessageQueue waiting, CancellationToken cancellation)
    {
        if (!roles.TryGetValue(envelope.To, out var role))
            throw new InvalidOperationException(
                $"A message went to {envelope.To}, which is not there: {envelope.Message}");
        var turn = role.Receive(envelope.Message);
        if (!turn.WasHandled)
            throw new InvalidOperationException($"{envelope.To} does not know the message {envelope.Message}");
        roles[envelope.To] = turn.Next;
        foreach (var spawned in turn.Spawns) roles[spawned.Id] = spawned;
        foreach (var send in turn.Sends) waiting.Add(send);
        foreach (var work in turn.Starts)
        {
            if (WorkExecution.Execute(work, cancellation) is { } result) waiting.Add(new Envelope(envelope.To, result));
        }
    }

    /// <summary>Messages on their way: first come, first served, or in a keyed random order.</summary>
    private sealed class MessageQueue(RandomStream? order)
    {
        private readonly Queue<Envelope> _inOrder = new();
        private readonly List<Envelope> _shuffled = [];

        public void Add(Envelope envelope)
        {
            if (order is null) _inOrder.Enqueue(envelope);
            else _shuffled.Add(envelope);
        }

        public bool TryTake(out Envelope envelope)
        {
            if (order is null) return _inOrder.TryDequeue(out envelope);
            envelope = default;
            if (_shuffled.Count == 0) return false;
            var index = order.NextInt(_shuffled.Count);
            envelope = _shuffled[index];
            _shuffled[index] = _shuffled[^1];
            _shuffled.RemoveAt(_shuffled.Count - 1);
            return true;
        }
    }
}
