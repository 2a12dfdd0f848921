using PateSim.Theft.Gateways;

namespace PateSim.Theft.Victims;

/// <summary>A thief's access to a served model: its batches go through the service like any client's.</summary>
public sealed class GatewayOracle(string victim, PredictionService service, ClientAccount account) : IOracle
{
    public Answers Ask(Queries queries)
    {
        var request = PredictionRequest.For(account.Id, account.Credential, queries.Records);
        return service.Handle(request).Reply switch
        {
            PredictionsMade made => made.Answers,
            PredictionsRefused refused => throw new QueryRefusedException(victim, refused.Refusal),
            var reply => throw new InvalidOperationException($"A service replied {reply}."),
        };
    }
}
