using PateSim.Core.Features;

namespace PateSim.Theft.Gateways;

/// <summary>A client's batch of records, not yet trusted in any respect.</summary>
/// <param name="Client">Who the sender claims to be.</param>
/// <param name="Credential">What it shows for that; null for nothing.</param>
/// <param name="Rows">n, the number of records claimed.</param>
/// <param name="Columns">d, the number of features claimed.</param>
/// <param name="Values">Shape [n, d], row-major; NaN marks a value that the client left out.</param>
public sealed record PredictionRequest(
    string Client, Credential? Credential, int Rows, int Columns, ReadOnlyMemory<float> Values)
{
    public static PredictionRequest For(string client, Credential credential, FeatureMatrix records) =>
        new(client, credential, records.Rows, records.Columns, records.Memory);
}
