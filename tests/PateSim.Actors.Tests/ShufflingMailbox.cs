using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using PateSim.Core.Randomness;

namespace PateSim.Actors.Tests;

/// <summary>A mailbox that hands out waiting messages in a keyed random order instead of first come, first served.</summary>
public sealed class ShufflingMailbox(Settings settings, Config config) : MailboxType(settings, config)
{
    private readonly long _order = config.GetLong("order");

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new Shuffled(RandomKey.FromSeed(_order).Derive(owner?.Path.Name ?? "none").Open());

    private sealed class Shuffled(RandomStream order) : IMessageQueue
    {
        private readonly Lock _gate = new();
        private readonly List<Akka.Actor.Envelope> _waiting = [];

        public bool HasMessages => Count > 0;

        public int Count
        {
            get
            {
                lock (_gate) return _waiting.Count;
            }
        }

        public void Enqueue(IActorRef receiver, Akka.Actor.Envelope envelope)
        {
            lock (_gate) _waiting.Add(envelope);
        }

        public bool TryDequeue(out Akka.Actor.Envelope envelope)
        {
            lock (_gate)
            {
                envelope = default;
                if (_waiting.Count == 0) return false;
                var index = order.NextInt(_waiting.Count);
                envelope = _waiting[index];
                _waiting.RemoveAt(index);
                return true;
            }
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            while (TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
        }
    }
}
