using PateSim.Theft.Gateways;
using PateSim.Theft.Victims;

namespace PateSim.Theft.Attacks;

/// <summary>
/// Where a thief stands in collecting answers: it either has a batch to ask or is done. A non-adaptive thief asks once;
/// an adaptive one computes each batch from the answers before it. Nobody waits inside: an actor sends the batch and
/// calls on when the reply arrives, a sequential run asks at once.
/// </summary>
public abstract record CollectionStep
{
    private protected CollectionStep()
    {
    }

    /// <summary>Collects to the end.</summary>
    /// <exception cref="QueryRefusedException">The service refused a batch.</exception>
    public static TransferSet Run(CollectionStep step, IOracle oracle)
    {
        while (step is AskVictim ask) step = ask.Then(oracle.Ask(ask.Queries));
        return ((Collected)step).TransferSet;
    }
}

/// <summary>The thief wants these answered.</summary>
/// <param name="Then">The next step; a pure function of the answers.</param>
public sealed record AskVictim(Queries Queries, Func<Answers, CollectionStep> Then) : CollectionStep;

/// <summary>The thief has what it wanted, or what its budget allowed.</summary>
public sealed record Collected(TransferSet TransferSet) : CollectionStep;
