namespace PateSim.Theft.Gateways;

/// <summary>What a client gets back: <see cref="PredictionsMade"/> or <see cref="PredictionsRefused"/>.</summary>
public abstract record PredictionReply
{
    private protected PredictionReply()
    {
    }
}

/// <summary>Every record of the batch was answered.</summary>
/// <param name="RemainingBudget">How many more records this client may still ask, group budget included.</param>
public sealed record PredictionsMade(Answers Answers, long RemainingBudget) : PredictionReply;

/// <summary>No record of the batch was answered and nothing was charged.</summary>
public sealed record PredictionsRefused(Refusal Refusal) : PredictionReply;
