using System.Text;
using System.Text.Json;
using PateSim.Core;
using PateSim.Reporting.Files;

namespace PateSim.Reporting.Folders;

/// <summary>Checks what a disjointness certificate states against itself and against the other files of its folder. That
/// the data was shared out so shows only from the data: <see cref="Compare"/>.</summary>
public static class CertificateCheck
{
    /// <summary>The certificate contradicts itself, or another file of the folder.</summary>
    public const string Contradiction = "PS3170";

    /// <summary>The data, shared out again, gives another certificate.</summary>
    public const string Differs = "PS3171";

    /// <param name="read">A file of the folder by name; null where it is not there.</param>
    public static IEnumerable<Problem> Check(string path, byte[] content, Func<string, byte[]?> read)
    {
        var found = new List<string>();
        try
        {
            using var json = JsonDocument.Parse(content);
            found.AddRange(Sums(json.RootElement));
            if (read(RunFileNames.Summary) is { } summary)
            {
                using var other = JsonDocument.Parse(summary);
                found.AddRange(AgainstSummary(json.RootElement, other.RootElement.GetProperty("disjointness")));
            }
            if (read(RunFileNames.ResolvedScenario) is { } scenario)
            {
                using var other = JsonDocument.Parse(scenario);
                found.AddRange(AgainstScenario(json.RootElement, other.RootElement));
            }
            if (read(RunFileNames.Hospitals) is { } hospitals)
                found.AddRange(AgainstHospitals(json.RootElement, Encoding.UTF8.GetString(hospitals)));
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            found.Add($"it is no certificate: {exception.Message}");
        }
        return found.Select(message => new Problem(Contradiction, path, "", message));
    }

    /// <summary>Holds a certificate against one made anew from scenario and data.</summary>
    /// <param name="digest">The assignment digest found now.</param>
    /// <exception cref="JsonException">The file is no certificate.</exception>
    public static Problem? Compare(string path, byte[] content, string digest)
    {
        using var json = JsonDocument.Parse(content);
        var stated = json.RootElement.TryGetProperty("assignmentDigest", out var value) ? value.GetString() : "";
        return stated == digest ? null : new Problem(
            Differs, path, "assignmentDigest",
            $"the data, shared out again by scenario.resolved.json, gives {digest}; the certificate states {stated}.");
    }

    private static IEnumerable<string> Sums(JsonElement json)
    {
        long Number(string name) => json.GetProperty(name).GetInt64();
        var hospitals = json.GetProperty("hospitalRecords").EnumerateArray().ToList();
        var held = hospitals.Sum(h => h.GetProperty("records").GetInt64());
        if (hospitals.Count != Number("hospitals"))
            yield return $"it lists {hospitals.Count} hospitals and states {Number("hospitals")}.";
        if (held != Number("privateRecords"))
            yield return $"its hospitals hold {held} records and it states {Number("privateRecords")} private ones.";
        var placed = Number("privateRecords") + Number("publicRecords") + Number("testRecords")
            + Number("withheldRecords");
        if (placed != Number("records"))
            yield return $"{placed} records have a place, of {Number("records")}.";
        foreach (var name in new[] { "inSeveralPlaces", "inNoPlace", "patientsInSeveralPlaces" })
        {
            if (Number(name) != 0) yield return $"{name} is {Number(name)}, and must be 0.";
        }
        if (Number("mostHospitalsOfAPatient") > Number("hospitalsPerPatient"))
            yield return $"a patient is in {Number("mostHospitalsOfAPatient")} hospitals, and "
                + $"{Number("hospitalsPerPatient")} are stated.";
    }

    private static IEnumerable<string> AgainstSummary(JsonElement json, JsonElement summary)
    {
        foreach (var member in summary.EnumerateObject())
        {
            if (!json.TryGetProperty(member.Name, out var stated) || stated.GetRawText() != member.Value.GetRawText())
                yield return $"{member.Name} is {(stated.ValueKind == JsonValueKind.Undefined ? "missing" : stated.GetRawText())} "
                    + $"here and {member.Value.GetRawText()} in {RunFileNames.Summary}.";
        }
    }

    private static IEnumerable<string> AgainstScenario(JsonElement json, JsonElement scenario)
    {
        var stated = json.GetProperty("hospitalsPerPatient").GetInt64();
        // Scenarios of a test may have no settings at all.
        if (scenario.TryGetProperty("privacy", out var privacy)
            && privacy.TryGetProperty("hospitals-per-patient", out var setting) && setting.GetInt64() != stated)
        {
            yield return $"hospitalsPerPatient is {stated}; the scenario states {setting.GetInt64()}.";
        }
    }

    /// <summary>Hospitals that were never reached have no line: an unfinished run lists fewer.</summary>
    private static IEnumerable<string> AgainstHospitals(JsonElement json, string csv)
    {
        foreach (var hospital in json.GetProperty("hospitalRecords").EnumerateArray())
        {
            var index = hospital.GetProperty("index").GetInt32();
            var name = CsvText.Quoted(hospital.GetProperty("name").GetString()!);
            var records = hospital.GetProperty("records").GetInt64();
            var isListed = csv.Contains(FormattableString.Invariant($"\n{index},"), StringComparison.Ordinal);
            var line = FormattableString.Invariant($"\n{index},{name},{records},");
            if (isListed && !csv.Contains(line, StringComparison.Ordinal))
                yield return $"hospital {index} has {records} records here; {RunFileNames.Hospitals} says otherwise.";
        }
    }
}
