using System.Security.Cryptography;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary><c>manifest.json</c>: what this folder is. It names no runtime and no machine, which change no result.
/// </summary>
internal static class ManifestFile
{
    /// <summary>The member that anchors the ledger's chain, so that a ledger written anew is recognised.</summary>
    public const string LedgerLastHash = "ledgerLastHash";

    public static RunFile Of(RunRecord record, RunFile resolvedScenario, string toolVersion, string ledgerLastHash) =>
        JsonText.File(RunFileNames.Manifest, json =>
        {
            json.WriteNumber("schemaVersion", ResultFiles.SchemaVersion);
            json.WriteString("tool", "patesim");
            json.WriteString("toolVersion", toolVersion);
            json.WriteString("runId", record.Id);
            json.WriteString("scenario", record.ScenarioName);
            json.WriteString(
                "resolvedScenarioSha256", Convert.ToHexStringLower(SHA256.HashData(resolvedScenario.Content.Span)));
            json.WriteNumber("seed", record.Seed);
            json.WriteString("noise", record.Noise);
            json.WriteString("status", record.Status.Name());
            json.WriteString(LedgerLastHash, ledgerLastHash);
        });
}
