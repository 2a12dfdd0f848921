using PateSim.Theft.Gateways;

namespace PateSim.Theft.Victims;

/// <summary>One thief's access to one victim.</summary>
/// <threadsafety>Not safe for several threads.</threadsafety>
public interface IOracle
{
    /// <summary>Answers every record, in order.</summary>
    /// <exception cref="QueryRefusedException">The service refused the batch.</exception>
    Answers Ask(Queries queries);
}

/// <summary>A service refused a thief's batch.</summary>
public sealed class QueryRefusedException(string victim, Refusal refusal)
    : Exception($"The service of '{victim}' refused the query ({refusal})")
{
    public string Victim { get; } = victim;

    public Refusal Refusal { get; } = refusal;
}
