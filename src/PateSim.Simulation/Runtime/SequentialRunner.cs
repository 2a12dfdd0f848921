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
/// The meaning of a run without any actor: one thread, one message at a time, the same roles. Every other runtime has
/// to give the same record.
/// </summary>
/// <param name="shuffle">Delivers the waiting messages in a random order: for tests that no result hangs on it.</param>
public sealed class SequentialRunner(RandomKey? shuffle = null) : IRunner
{
    public string Name => "sequential";

    public Task<RunRecord> RunAsync(
        RunSetup setup, IProgress<RunProgress>? progress, CancellationToken cancellation) =>
        Task.FromResult(Run(setup, progress, cancellation));

    /// <inheritdoc cref="RunAsync"/>
    public RunRecord Run(RunSetup setup, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var display = new QuietProgress(progress);
        var roles = RoleFactory.All(setup).ToDictionary(role => role.Id);
        var waiting = new MessageQueue(shuffle?.Open());
        waiting.Add([new Envelope(RoleId.Coordinator, new CoordinatorProtocol.BeginRun())]);
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
            if (envelope.To == RoleId.Recorder) display.Report(((RecorderRole)roles[RoleId.Recorder]).Progress);
        }
    }

    private static void Deliver(
        Envelope envelope, Dictionary<RoleId, IRole> roles, MessageQueue waiting, CancellationToken cancellation)
    {
        if (!roles.TryGetValue(envelope.To, out var role))
            throw new InvalidOperationException(
                $"A message went to {envelope.To}, which is not there: {envelope.Message}");
        if (role is LostRole) return;
        RoleTurn turn;
        try
        {
            turn = role.Receive(envelope.Message);
        }
#pragma warning disable CA1031 // As with actors: a role that throws is lost, and the coordinator decides what follows.
        catch (Exception exception) when (role.Id != RoleId.Coordinator && role.Id != RoleId.Recorder)
#pragma warning restore CA1031
        {
            roles[role.Id] = new LostRole(role.Id);
            var reason = $"{exception.GetType().Name}: {exception.Message}";
            waiting.Add([new Envelope(RoleId.Coordinator, new CoordinatorProtocol.RoleLost(role.Id, reason))]);
            return;
        }
        if (!turn.WasHandled)
            throw new InvalidOperationException($"{envelope.To} does not know the message {envelope.Message}");
        roles[envelope.To] = turn.Next;
        foreach (var spawned in turn.Spawns) roles[spawned.Id] = spawned;
        var next = new List<Envelope>(turn.Sends);
        foreach (var work in turn.Starts)
        {
            if (WorkExecution.Execute(work, cancellation) is { } result) next.Add(new Envelope(envelope.To, result));
        }
        waiting.Add(next);
    }

    /// <summary>What stands in for a role that threw: it takes no more messages.</summary>
    private sealed class LostRole(RoleId id) : IRole
    {
        public RoleId Id { get; } = id;

        public RoleTurn Receive(IMessage message) => RoleTurn.Of(this);
    }

    /// <summary>Messages on their way. Without a key what follows from a message comes before what waited already, so that
    /// each hospital is done before the next begins and progress shows; with a key in random order.</summary>
    private sealed class MessageQueue(RandomStream? order)
    {
        private readonly List<Envelope> _waiting = [];

        /// <summary>Adds messages, the first of them to be taken first.</summary>
        public void Add(List<Envelope> envelopes)
        {
            for (var i = envelopes.Count - 1; i >= 0; i--) _waiting.Add(envelopes[i]);
        }

        public bool TryTake(out Envelope envelope)
        {
            envelope = default;
            if (_waiting.Count == 0) return false;
            var index = order is null ? _waiting.Count - 1 : order.NextInt(_waiting.Count);
            envelope = _waiting[index];
            _waiting[index] = _waiting[^1];
            _waiting.RemoveAt(_waiting.Count - 1);
            return true;
        }
    }
}
