using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using PateSim.Learning.Metrics;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Reporting.Files;
using PateSim.Reporting.Tests.Support;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Tests.Files;

public class ResultFilesTests
{
    private static readonly string[] All =
    [
        RunFileNames.Answers, RunFileNames.Classes, RunFileNames.Confusion, RunFileNames.Disjointness,
        RunFileNames.Events, RunFileNames.Hospitals, RunFileNames.Ledger, RunFileNames.Manifest,
        RunFileNames.Metrics, RunFileNames.Scenario, RunFileNames.ResolvedScenario, RunFileNames.Summary,
        RunFileNames.Theft,
    ];

    public static TheoryData<string> Names => [.. All];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_of_a_completed_run_is_as_approved(string name) =>
        GoldenFile.Check("completed." + name, SampleRecords.File(SampleRecords.Completed, name).Content.Span);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_of_a_cancelled_run_is_as_approved(string name) =>
        GoldenFile.Check("cancelled." + name, SampleRecords.File(SampleRecords.Cancelled, name).Content.Span);

    [Theory]
    [MemberData(nameof(Names))]
    public void No_culture_changes_a_byte(string name) =>
        GoldenFile.Check(
            "completed." + name,
            Cultures.Hostile(() => SampleRecords.File(SampleRecords.Completed, name)).Content.Span);

    [Fact]
    public void The_list_of_names_is_complete_and_sorted() =>
        Assert.Equal(
            All.Order(StringComparer.Ordinal),
            SampleRecords.Files(SampleRecords.Completed).AsEnumerable().Select(file => file.Name));

    [Fact]
    public void Files_are_utf8_without_mark_and_with_line_feeds_alone()
    {
        foreach (var file in SampleRecords.Files(SampleRecords.Completed))
        {
            var bytes = file.Content.Span;
            Assert.NotEqual(0xEF, bytes[0]);
            Assert.False(bytes.Contains((byte)'\r'), file.Name);
            Assert.Equal((byte)'\n', bytes[^1]);
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
    }

    [Fact]
    public void Equal_records_give_equal_bytes_and_another_value_gives_others() =>
        Gen.Select(Gen.Double, Gen.Double.Unit, Gen.Int, Gen.String).Sample((epsilon, share, position, text) =>
        {
            var first = Bytes(Record(epsilon, share, position, text));
            Assert.Equal(first, Bytes(Record(epsilon, share, position, new string(text.AsSpan()))));
            Assert.NotEqual(first, Bytes(Record(epsilon, share == 0.25 ? 0.5 : 0.25, position, text)));
        });

    [Fact]
    public void Doubles_come_back_from_summary_and_metrics_as_they_were() =>
        Gen.Select(Gen.Double, Gen.Double.Unit).Sample((epsilon, share) =>
        {
            var record = Record(epsilon, share, 0, "text");
            using var summary = JsonDocument.Parse(SampleRecords.File(record, RunFileNames.Summary).Content);
            var entry = summary.RootElement.GetProperty("privacy")[0].GetProperty("epsilon");
            var back = entry.ValueKind == JsonValueKind.String
                ? double.Parse(entry.GetString()!, CultureInfo.InvariantCulture)
                : entry.GetDouble();
            Assert.Equal(BitConverter.DoubleToInt64Bits(epsilon), BitConverter.DoubleToInt64Bits(back));

            var line = SampleRecords.Text(record, RunFileNames.Metrics).Split('\n')
                .Single(row => row.Contains(",student,accuracy,", StringComparison.Ordinal));
            Assert.Equal(share, double.Parse(line.Split(',')[5], CultureInfo.InvariantCulture));
        });

    [Fact]
    public void Runs_of_one_scenario_differ_in_no_file_by_what_carried_them()
    {
        // Nothing but the record, the scenario and the version goes in: the signature is the proof. Names would slip
        // in by text.
        foreach (var file in SampleRecords.Files(SampleRecords.Completed))
        {
            var text = Encoding.UTF8.GetString(file.Content.Span);
            foreach (var word in new[] { "sequential", "actors", Environment.MachineName })
                Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void The_ledger_reads_back() => Assert.Equal(
        SampleRecords.Completed.Ledger.AsEnumerable(),
        LedgerCsv.Read(SampleRecords.Text(SampleRecords.Completed, RunFileNames.Ledger), "ledger.csv"));

    [Fact]
    public void Metrics_name_every_hospital_and_no_row_twice()
    {
        var rows = SampleRecords.Text(SampleRecords.Completed, RunFileNames.Metrics).Split('\n')[1..^1]
            .Select(row => row.Split(',')).ToList();
        Assert.All(rows, row => Assert.Equal(8, row.Length));
        var keys = rows.ConvertAll(row => (row[2], row[3], row[4], row[7]));
        Assert.Equal(keys.Count, keys.Distinct().Count());
        for (var index = 0; index < 3; index++)
            Assert.Contains(keys, key => key.Item2 == $"hospital-{index}" && key.Item3 == "failed");
    }

    private static RunRecord Record(double epsilon, double share, int position, string text) =>
        SampleRecords.Completed with
        {
            Description = text,
            Privacy = [new EpsilonEntry(text, epsilon, 1e-5, Adjacency.PatientReplaced, false, true, text)],
            Accuracy =
            [
                new AccuracyEntry("student", "test", 1000, new Estimate(share, 0, 1), new Estimate(share, 0, 1)),
            ],
            Answers = [new AnswerRecord(position, "00aa", 1, null)],
        };

    private static string Bytes(RunRecord record) =>
        string.Concat(SampleRecords.Files(record).Select(file => Convert.ToHexString(file.Content.Span)));
}
