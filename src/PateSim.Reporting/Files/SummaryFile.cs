using System.Text.Json;
using PateSim.Data.Federation;
using PateSim.Reporting.Summary;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary><c>summary.json</c>: the three measures and what must stand beside them.</summary>
public static class SummaryFile
{
    public static RunFile Of(RunRecord record) => JsonText.File(RunFileNames.Summary, json =>
    {
        json.WriteNumber("schemaVersion", ResultFiles.SchemaVersion);
        json.WriteString("runId", record.Id);
        json.WriteString("scenario", record.ScenarioName);
        json.WriteString("description", record.Description);
        json.WriteString("status", record.Status.Name());
        json.WriteString("reason", record.Reason);
        json.WriteStartObject("seeds");
        json.WriteNumber("root", record.Seed);
        json.WriteEndObject();
        json.WriteString("noise", record.Noise);
        WriteMechanism(json, record.Mechanism);
        WriteCounts(json, record.Counts);
        json.Texts("classes", record.ClassNames);
        json.Objects("accuracy", record.Accuracy, WriteAccuracy);
        json.Objects("baselines", record.Baselines, WriteBaseline);
        WriteHeadline(json, record);
        json.Objects("privacy", record.Privacy, JsonText.Epsilon);
        SpendingJson.Write(json, record.Spending);
        json.Objects("theft", record.Theft, WriteTheft);
        json.Objects("failedHospitals", record.Hospitals.Where(h => h.Failure is not null), (writer, hospital) =>
        {
            writer.WriteNumber("index", hospital.Index);
            writer.WriteString("name", hospital.Name);
            writer.WriteString("reason", hospital.Failure);
        });
        WriteDisjointness(json, record);
        WriteHeterogeneity(json, record.Heterogeneity);
        WriteEncoding(json, record);
        json.Texts("warnings", record.Warnings);
    });

    private static void WriteMechanism(Utf8JsonWriter json, MechanismRecord mechanism)
    {
        json.WriteStartObject("mechanism");
        json.WriteString("name", mechanism.Name);
        json.Real("noiseScale", mechanism.NoiseScale);
        json.Real("gamma", mechanism.Gamma);
        json.Real("perAnswerEpsilon", mechanism.PerAnswerEpsilon);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, RunCounts counts)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("hospitals", counts.Hospitals);
        json.WriteNumber("teachersTrained", counts.TeachersTrained);
        json.WriteNumber("teachersFailed", counts.TeachersFailed);
        json.WriteNumber("classes", counts.Classes);
        json.WriteNumber("features", counts.Features);
        json.WriteNumber("privateRecords", counts.PrivateRecords);
        json.WriteNumber("publicRecords", counts.PublicRecords);
        json.WriteNumber("testRecords", counts.TestRecords);
        json.WriteNumber("queries", counts.Queries);
        json.WriteNumber("distinctQueries", counts.DistinctQueries);
        json.WriteNumber("queriesAnswered", counts.QueriesAnswered);
        json.WriteNumber("queriesRefused", counts.QueriesRefused);
        json.WriteNumber("thiefPool", counts.ThiefPool);
        json.WriteEndObject();
    }

    private static void WriteAccuracy(Utf8JsonWriter json, AccuracyEntry entry)
    {
        json.WriteString("model", entry.Model);
        json.WriteString("measuredOn", entry.MeasuredOn);
        json.WriteNumber("records", entry.Records);
        json.Estimate("accuracy", entry.Accuracy);
        json.Estimate("balancedAccuracy", entry.BalancedAccuracy);
        json.Estimate("macroF1", entry.Scores?.MacroF1);
        json.Estimate("auroc", entry.Scores?.Auroc);
        json.Estimate("calibrationError", entry.Scores?.CalibrationError);
    }

    private static void WriteBaseline(Utf8JsonWriter json, BaselineReport report)
    {
        json.WriteString("model", report.Name);
        json.WriteString("detail", report.Detail);
        json.Real("epsilon", report.Privacy?.Epsilon);
        json.Real("delta", report.Privacy?.Delta);
        json.Real("noiseMultiplier", report.Privacy?.NoiseMultiplier);
        json.WriteString("note", report.Privacy?.Note ?? "");
        json.WriteString("failure", report.Failure);
    }

    private static void WriteHeadline(Utf8JsonWriter json, RunRecord record)
    {
        if (PrivacyHeadline.Of(record.Privacy) is not { } headline)
        {
            json.WriteNull("headlinePrivacy");
            return;
        }
        json.WriteStartObject("headlinePrivacy");
        JsonText.Epsilon(json, headline);
        json.WriteEndObject();
    }

    private static void WriteTheft(Utf8JsonWriter json, TheftEntry entry)
    {
        json.WriteString("victim", entry.Victim);
        json.WriteString("attack", entry.Attack);
        json.WriteString("exposure", entry.Exposure);
        json.WriteNumber("budget", entry.Budget);
        json.Estimate("cloneAccuracy", entry.CloneAccuracy);
        json.Estimate("cloneBalancedAccuracy", entry.CloneBalancedAccuracy);
        json.Estimate("fidelity", entry.Fidelity);
        json.Real("kappa", entry.Kappa);
        json.Real("victimAccuracy", entry.VictimAccuracy);
        json.Real("fidelityOnErrors", entry.FidelityOnErrors);
        json.Real("theftSurplus", entry.TheftSurplus);
    }

    private static void WriteDisjointness(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteStartObject("disjointness");
        DisjointnessFile.WriteCounts(json, record.Disjointness);
        json.WriteEndObject();
    }

    private static void WriteHeterogeneity(Utf8JsonWriter json, Heterogeneity heterogeneity)
    {
        json.WriteStartObject("heterogeneity");
        foreach (var (name, value) in HeterogeneityNames.Of(heterogeneity)) json.Real(name, value);
        json.WriteEndObject();
    }

    private static void WriteEncoding(Utf8JsonWriter json, RunRecord record)
    {
        var encoding = record.Encoding;
        json.WriteStartObject("encoding");
        json.WriteString("fittedOn", encoding.Options.FittedOn switch
        {
            Data.Encoders.FittedOn.Public => "public",
            Data.Encoders.FittedOn.Schema => "schema",
            Data.Encoders.FittedOn.Pooled => "pooled",
            var other => throw new InvalidOperationException($"The fit {other} has no name in results."),
        });
        json.WriteNumber("fitRecords", encoding.FitRecords);
        json.WriteBoolean("crossesHospitals", encoding.CrossesHospitals);
        json.WriteString("statement", encoding.Statement);
        json.Objects("columns", encoding.Columns, (writer, column) =>
        {
            writer.WriteString("column", column.Column);
            writer.WriteNumber("firstFeature", column.FirstFeature);
            writer.WriteNumber("features", column.Features);
            writer.Real("centre", column.Centre);
            writer.Real("scale", column.Scale);
            writer.WriteString("note", column.Note);
        });
        json.WriteEndObject();
    }
}
