using System.Collections.Immutable;

namespace PateSim.Theft.Gateways;

/// <summary>What the service writes down about one request: a column for each fact, not an object for each
/// record.</summary>
/// <param name="Client">The client; for an unauthenticated request the id that was claimed.</param>
/// <param name="FirstQuery">The number of the batch's first record among the client's own answered ones, from 0.
/// Numbers are the client's own, so that its log does not depend on when others ask.</param>
/// <param name="Inputs">The hash of each answered record; empty for a refusal.</param>
public sealed record GatewayLog(
    string Client, long FirstQuery, ImmutableArray<InputHash> Inputs, PredictionReply Reply)
{
    /// <summary>How many queries were charged: one for each answered record, none for a refusal.</summary>
    public long Cost => Inputs.Length;

    /// <summary>The line of the i-th answered record.</summary>
    /// <exception cref="InvalidOperationException">The request was refused.</exception>
    public QueryLogLine Line(int index) => Reply is PredictionsMade made
        ? new QueryLogLine(Client, FirstQuery + index, Inputs[index], made.Answers.Labels[index], 1)
        : throw new InvalidOperationException("A refused request has no answered records.");
}

/// <summary>One answered record.</summary>
/// <param name="Cost">In queries: always 1, also where the answer came from memory.</param>
public readonly record struct QueryLogLine(string Client, long Query, InputHash Input, int Label, int Cost);
