namespace PateSim.Theft.Gateways;

/// <summary>A client of a prediction service and the terms on which it is answered.</summary>
/// <param name="Id">Distinct among the clients of a service.</param>
/// <param name="Exposure">What of each answer this client sees.</param>
/// <param name="QueryBudget">How many records may be answered in all, ≥ 0; a repeated record counts again.</param>
/// <param name="Group">The organisation to whose common budget the client's queries are charged as well, or
/// null.</param>
public sealed record ClientAccount(
    string Id, Credential Credential, Exposure Exposure, long QueryBudget, string? Group = null);
