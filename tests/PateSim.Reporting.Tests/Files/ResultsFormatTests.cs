using System.Runtime.CompilerServices;
using System.Text.Json;
using PateSim.Reporting.Files;
using PateSim.Reporting.Tests.Support;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Tests.Files;

/// <summary>docs/results-format.md names everything that the files hold.</summary>
public class ResultsFormatTests
{
    private static readonly string Documentation = File.ReadAllText(Path.Combine(Root(), "docs", "results-format.md"));

    [Fact]
    public void Every_field_of_the_json_files_is_documented()
    {
        foreach (var name in new[] { RunFileNames.Manifest, RunFileNames.Summary, RunFileNames.Disjointness })
        {
            using var json = JsonDocument.Parse(SampleRecords.File(SampleRecords.Completed, name).Content);
            Assert.All(Fields(json.RootElement), AssertDocumented);
        }
        using var timings = JsonDocument.Parse(TimingsFile.Of(new RunTimings(
            "actors", 1, default, [new PhaseTiming("data", 1)], 1, 1, MachineRecord.Current("1.0"))).Content);
        Assert.All(Fields(timings.RootElement), AssertDocumented);
    }

    [Fact]
    public void Every_file_model_and_event_is_documented()
    {
        Assert.All(SampleRecords.Files(SampleRecords.Completed), file => AssertDocumented(file.Name));
        Assert.All(AccuracyModels.InOrder, AssertDocumented);
        foreach (var line in SampleRecords.Text(SampleRecords.Completed, RunFileNames.Events).Split('\n')[..^1])
        {
            using var json = JsonDocument.Parse(line);
            AssertDocumented(json.RootElement.GetProperty("event").GetString()!);
        }
    }

    [Fact]
    public void Every_phase_metric_and_unit_is_documented()
    {
        foreach (var row in SampleRecords.Text(SampleRecords.Completed, RunFileNames.Metrics).Split('\n')[..^1])
        {
            var cells = row.Split(',');
            var metric = cells[4];
            foreach (var end in new[] { "-low", "-high" })
            {
                if (metric.EndsWith(end, StringComparison.Ordinal)) metric = metric[..^end.Length];
            }
            AssertDocumented(cells[2]);
            AssertDocumented(metric);
            AssertDocumented(cells[6]);
        }
    }

    [Fact]
    public void Every_column_of_answers_and_ledger_is_documented()
    {
        foreach (var name in new[] { RunFileNames.Answers, RunFileNames.Ledger })
            Assert.All(SampleRecords.Text(SampleRecords.Completed, name).Split('\n')[0].Split(','), AssertDocumented);
    }

    private static void AssertDocumented(string name) =>
        Assert.True(
            Documentation.Contains($"`{name}`", StringComparison.Ordinal)
                || Documentation.Contains($".{name}`", StringComparison.Ordinal),
            $"docs/results-format.md does not name `{name}`.");

    private static IEnumerable<string> Fields(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Fields(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Fields),
        _ => [],
    };

    private static string Root([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", "..", ".."));
}
