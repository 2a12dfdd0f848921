using CsCheck;
using PateSim.Core.Features;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Tests.Gateways;

/// <summary>Nothing that a client sees depends on when others ask, and no order lets anyone overdraw.</summary>
public sealed class GatewayOrderTests
{
    private static readonly FeatureMatrix Pool = Small.Blobs(60, "pool").Features;

    private static readonly Gateway Gateway = new(
        new PredictionPolicy(
        [
            Small.Account("a", 25), Small.Account("b", 25, Exposure.Label), Small.Account("c", 25),
        ]),
        CentroidModel.Default);

    private static readonly Gen<(int Client, int From, int Count)[]> Traffic =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 40], Gen.Int[1, 12]).Array[0, 20];

    private static string Client(int index) => "abc"[index].ToString();

    private static (GatewayState State, Dictionary<string, List<string>> Seen) Play(
        IEnumerable<(int Client, int From, int Count)> traffic)
    {
        var state = Gateway.Start();
        var seen = new Dictionary<string, List<string>> { ["a"] = [], ["b"] = [], ["c"] = [] };
        foreach (var (client, from, count) in traffic)
        {
            var records = Pool.Select([.. Enumerable.Range(from, count)]);
            var decision = Gateway.Decide(state, Small.Ask(Client(client), records));
            state = decision.State;
            seen[Client(client)].Add(Describe(decision));
        }
        return (state, seen);
    }

    private static string Describe(GatewayDecision decision) => decision.Reply switch
    {
        PredictionsMade made =>
            $"{decision.Log.FirstQuery}: {string.Join(',', decision.Log.Inputs)} "
            + $"{string.Join(',', made.Answers.Labels)} "
            + $"{string.Join(',', made.Answers.Probabilities.ToArray())} rest {made.RemainingBudget}",
        PredictionsRefused refused => $"{decision.Log.FirstQuery}: {refused.Refusal}",
        _ => throw new InvalidOperationException(),
    };

    [Fact]
    public void Each_client_s_replies_and_log_are_the_same_in_every_interleaving() =>
        Traffic.Select(Gen.Int[0, 1_000_000]).Sample((traffic, seed) =>
        {
            // Moves whole requests between clients' turns while each client's own order stays.
            var stream = PateSim.Core.Randomness.RandomKey.FromSeed(seed).Open();
            var queues = traffic.GroupBy(t => t.Client).Select(g => new Queue<(int, int, int)>(g)).ToList();
            var shuffled = new List<(int Client, int From, int Count)>();
            while (queues.Any(q => q.Count > 0))
            {
                var waiting = queues.Where(q => q.Count > 0).ToList();
                shuffled.Add(waiting[stream.NextInt(waiting.Count)].Dequeue());
            }
            var (state, seen) = Play(traffic);
            var (otherState, otherSeen) = Play(shuffled);
            Assert.Equal(seen, otherSeen);
            Assert.Equal(state.Usage, otherState.Usage);
            Assert.Equal(state.DistinctInputs, otherState.DistinctInputs);
        }, iter: 200);

    [Fact]
    public void No_traffic_overdraws_a_budget_and_the_count_is_that_of_the_answers() =>
        Traffic.Sample(traffic =>
        {
            var state = Gateway.Start();
            var answered = new Dictionary<string, long>();
            foreach (var (client, from, count) in traffic)
            {
                var decision = Gateway.Decide(
                    state, Small.Ask(Client(client), Pool.Select([.. Enumerable.Range(from, count)])));
                state = decision.State;
                if (decision.Reply is PredictionsMade made)
                    answered[Client(client)] = answered.GetValueOrDefault(Client(client)) + made.Answers.Count;
            }
            foreach (var client in new[] { "a", "b", "c" })
            {
                Assert.Equal(answered.GetValueOrDefault(client), state.UsageOf(client).Answered);
                Assert.InRange(state.UsageOf(client).Answered, 0, 25);
            }
        }, iter: 300);

    [Fact]
    public async Task Deciding_from_one_state_on_many_threads_gives_what_each_alone_would_give()
    {
        var start = Gateway.Decide(Gateway.Start(), Small.Ask("a", Pool.Select([0, 1, 2]))).State;
        var requests = Enumerable.Range(0, 64)
            .Select(i => Small.Ask("c", Pool.Select([i % 50, 1, (i * 7) % 60, 2]))).ToList();
        var expected = requests.ConvertAll(request => Describe(Gateway.Decide(start, request)));
        var states = new GatewayState[64];
        var seen = await Task.WhenAll(requests.Select((request, i) => Task.Run(() =>
        {
            var decision = Gateway.Decide(start, request);
            states[i] = decision.State;
            return Describe(decision);
        })));
        Assert.Equal(expected, seen);
        Assert.Equal(3, start.DistinctInputs);
        // Every branch goes on alone: it knows its own records and no other branch's.
        for (var i = 0; i < 64; i++)
        {
            var distinct = new HashSet<int> { 0, 1, 2, i % 50, (i * 7) % 60 }.Count;
            Assert.Equal(distinct, states[i].DistinctInputs);
            var again = Gateway.Decide(states[i], requests[i]);
            Assert.Equal(distinct, again.State.DistinctInputs);
        }
    }

    [Fact]
    public async Task Clients_on_many_threads_before_one_service_cannot_overdraw()
    {
        // A service takes one request at a time, as an actor does; here a lock stands for the mailbox.
        var service = new PredictionService(Gateway);
        var mailbox = new Lock();
        var answered = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
        {
            for (var k = 0; k < 10; k++)
            {
                PredictionReply reply;
                lock (mailbox) reply = service.Handle(Small.Ask("a", Pool.Select([i, k, i + k]))).Reply;
                if (reply is PredictionsMade made) Interlocked.Add(ref answered, made.Answers.Count);
            }
        })));
        Assert.Equal(24, answered);
        Assert.Equal(24, service.State.UsageOf("a").Answered);
        Assert.Equal(152, service.State.UsageOf("a").RefusedRequests);
    }
}
