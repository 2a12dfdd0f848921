using System.Buffers;
using System.Text.Json;
using PateSim.Privacy.Ledger;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary>
/// <c>events.jsonl</c>: the run told from its record, one event per line in canonical order. It holds no times, so it
/// is the same for every runtime.
/// </summary>
internal static class EventsFile
{
    public static RunFile Of(RunRecord record)
    {
        var events = new EventWriter();
        events.Add("RunStarted", json =>
        {
            json.WriteString("runId", record.Id);
            json.WriteString("scenario", record.ScenarioName);
            json.WriteNumber("seed", record.Seed);
            json.WriteString("noise", record.Noise);
        });
        foreach (var warning in record.Warnings)
            events.Add("WarningGiven", json => json.WriteString("text", warning));
        foreach (var hospital in record.Hospitals.OrderBy(hospital => hospital.Index)) Hospital(events, hospital);
        foreach (var answer in record.Answers.OrderBy(answer => answer.Position)) Answer(events, answer);
        foreach (var entry in record.Accuracy)
        {
            events.Add("AccuracyMeasured", json =>
            {
                json.WriteString("model", entry.Model);
                json.WriteString("measuredOn", entry.MeasuredOn);
                json.WriteNumber("records", entry.Records);
                json.Real("accuracy", entry.Accuracy.Value);
            });
        }
        foreach (var entry in record.Privacy)
        {
            events.Add("PrivacyAccounted", json =>
            {
                json.WriteString("method", entry.Method);
                json.Real("epsilon", entry.Epsilon);
                json.Real("delta", entry.Delta);
                json.WriteString("adjacency", entry.Adjacency.Name);
                json.WriteBoolean("releasable", entry.Releasable);
            });
        }
        foreach (var entry in record.Theft)
        {
            events.Add("CloneMeasured", json =>
            {
                json.WriteString("attack", entry.Attack);
                json.WriteString("victim", entry.Victim);
                json.WriteString("exposure", entry.Exposure);
                json.WriteNumber("budget", entry.Budget);
                json.Real("cloneAccuracy", entry.CloneAccuracy.Value);
                json.Real("fidelity", entry.Fidelity.Value);
                json.Real("kappa", entry.Kappa);
            });
        }
        events.Add("RunEnded", json =>
        {
            json.WriteString("status", record.Status.Name());
            json.WriteString("reason", record.Reason);
        });
        return events.ToFile();
    }

    private static void Hospital(EventWriter events, HospitalReport hospital)
    {
        if (hospital.Accuracy is { } accuracy)
        {
            events.Add("TeacherTrained", json =>
            {
                json.WriteNumber("hospital", hospital.Index);
                json.WriteNumber("records", hospital.Records);
                json.Real("accuracy", accuracy.Value);
            });
        }
        if (hospital.Failure is { } reason)
        {
            events.Add("HospitalFailed", json =>
            {
                json.WriteNumber("hospital", hospital.Index);
                json.WriteString("reason", reason);
            });
        }
    }

    private static void Answer(EventWriter events, AnswerRecord answer)
    {
        if (answer.Label is { } label)
        {
            events.Add("QueryAnswered", json =>
            {
                json.WriteNumber("position", answer.Position);
                json.WriteNumber("round", answer.Round);
                json.WriteString("query", answer.Query);
                json.WriteString("outcome", answer.Outcome.Name());
                json.WriteNumber("label", label);
            });
            return;
        }
        events.Add("QueryUnanswered", json =>
        {
            json.WriteNumber("position", answer.Position);
            json.WriteNumber("round", answer.Round);
            json.WriteString("query", answer.Query);
            json.WriteString("outcome", answer.Outcome.Name());
        });
    }

    /// <summary>Numbers the events from 1.</summary>
    private sealed class EventWriter
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(4096);
        private long _sequence;

        public void Add(string type, Action<Utf8JsonWriter> members) => JsonText.Line(_buffer, json =>
        {
            json.WriteNumber("sequence", ++_sequence);
            json.WriteString("event", type);
            members(json);
        });

        public RunFile ToFile() => new(RunFileNames.Events, _buffer.WrittenMemory);
    }
}
