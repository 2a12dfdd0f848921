namespace PateSim.Theft.Gateways;

/// <summary>The owner of one gateway's state: what a service actor holds, and what a sequential run asks
/// directly.</summary>
/// <threadsafety>Not safe for several threads: one request at a time, as in an actor.</threadsafety>
public sealed class PredictionService(Gateway gateway)
{
    /// <summary>What was used up so far.</summary>
    public GatewayState State { get; private set; } = gateway.Start();

    /// <summary>Answers or refuses a request; the decision says what to reply and what to write down.</summary>
    public GatewayDecision Handle(PredictionRequest request)
    {
        var decision = gateway.Decide(State, request);
        State = decision.State;
        return decision;
    }
}
