using System.Text.Json;
using PateSim.Data.Federation;
using PateSim.Data.PublicSets;
using PateSim.Reporting.Summary;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary><c>disjointness.json</c>: the certificate that no patient is in two places, and what passed between those who
/// hold the records.</summary>
internal static class DisjointnessFile
{
    public const string Algorithm = "SHA-256 over the place of each record in table order as little-endian 32-bit "
        + "integers: -1 public, -2 test, -3 withheld, otherwise the hospital's index";

    public static RunFile Of(RunRecord record) => JsonText.File(RunFileNames.Disjointness, json =>
    {
        var certificate = record.Certificate;
        json.WriteNumber("schemaVersion", ResultFiles.SchemaVersion);
        json.WriteString("runId", record.Id);
        json.WriteString("scenario", record.ScenarioName);
        json.WriteString("statement", DisjointnessWords.Sentence(record));
        WriteCounts(json, certificate.Disjointness);
        json.WriteString("assignmentAlgorithm", Algorithm);
        WritePublicSet(json, certificate.PublicSet);
        json.Objects("crossings", certificate.Crossings, (writer, crossing) =>
        {
            writer.WriteString("what", crossing.What);
            writer.WriteString("from", crossing.From);
            writer.WriteBoolean("covered", crossing.Covered);
            writer.WriteString("why", crossing.Why);
        });
        json.Objects("shifts", certificate.Shifts, (writer, shift) =>
        {
            writer.WriteString("name", shift.Name);
            writer.WriteNumber("hospitals", shift.Hospitals);
            writer.WriteNumber("changedValues", shift.ChangedValues);
            writer.WriteNumber("changedLabels", shift.ChangedLabels);
        });
        json.Objects("hospitalRecords", certificate.Hospitals.Select((h, i) => (h, i)), (writer, hospital) =>
        {
            writer.WriteNumber("index", hospital.i);
            writer.WriteString("name", hospital.h.Name);
            writer.WriteNumber("records", hospital.h.Records);
            if (hospital.h.Patients is { } patients) writer.WriteNumber("patients", patients);
            else writer.WriteNull("patients");
            writer.WriteString("rowsDigest", hospital.h.RowsDigest);
        });
    });

    /// <summary>The members that <c>summary.json</c> has, too.</summary>
    public static void WriteCounts(Utf8JsonWriter json, DisjointnessRecord disjointness)
    {
        json.WriteNumber("records", disjointness.Records);
        json.WriteNumber("hospitals", disjointness.Hospitals);
        json.WriteNumber("privateRecords", disjointness.PrivateRecords);
        json.WriteNumber("publicRecords", disjointness.PublicRecords);
        json.WriteNumber("testRecords", disjointness.TestRecords);
        json.WriteNumber("withheldRecords", disjointness.WithheldRecords);
        json.WriteNumber("inSeveralPlaces", disjointness.InSeveralPlaces);
        json.WriteNumber("inNoPlace", disjointness.InNoPlace);
        if (disjointness.Patients is { } patients) json.WriteNumber("patients", patients);
        else json.WriteNull("patients");
        json.WriteNumber("patientsInSeveralPlaces", disjointness.PatientsInSeveralPlaces);
        json.WriteNumber("patientsInSeveralHospitals", disjointness.PatientsInSeveralHospitals);
        json.WriteNumber("mostHospitalsOfAPatient", disjointness.MostHospitalsOfAPatient);
        json.WriteNumber("hospitalsPerPatient", disjointness.HospitalsPerPatient);
        json.WriteString("assignmentDigest", disjointness.AssignmentDigest);
    }

    private static void WritePublicSet(Utf8JsonWriter json, PublicSetRecord set)
    {
        json.WriteStartObject("publicSet");
        json.WriteString("source", set.Source);
        json.WriteString("statement", set.Statement);
        json.WriteNumber("records", set.Records);
        json.WriteBoolean("labelsKnown", set.LabelsKnown);
        var rules = set.Deidentification.Rules;
        json.Texts("drop", rules.Drop);
        json.Objects("generalise", rules.Generalise, (writer, rule) =>
        {
            writer.WriteString("column", rule.Key);
            writer.Real("width", rule.Value);
        });
        json.WriteNumber("withheld", set.Deidentification.Withheld);
        WriteAnonymity(json, set.Deidentification.Anonymity, rules.MinimumK);
        json.WriteEndObject();
    }

    private static void WriteAnonymity(Utf8JsonWriter json, KAnonymity? anonymity, int minimum)
    {
        if (anonymity is null)
        {
            json.WriteNull("anonymity");
            return;
        }
        json.WriteStartObject("anonymity");
        json.Texts("quasiIdentifiers", anonymity.QuasiIdentifiers);
        json.WriteNumber("k", anonymity.K);
        json.WriteNumber("minimumK", minimum);
        json.WriteNumber("groups", anonymity.Groups);
        json.WriteNumber("uniqueRecords", anonymity.UniqueRecords);
        json.WriteEndObject();
    }
}
