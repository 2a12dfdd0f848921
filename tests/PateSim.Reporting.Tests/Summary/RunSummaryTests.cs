using System.Collections.Immutable;
using System.Text;
using PateSim.Data.Encoders;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Reporting.Summary;
using PateSim.Reporting.Tests.Support;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Tests.Summary;

public class RunSummaryTests
{
    [Fact]
    public void The_summary_of_a_completed_run_is_as_approved() =>
        GoldenFile.Check("completed.summary.txt", Encoding.UTF8.GetBytes(Text(SampleRecords.Completed)));

    [Fact]
    public void The_summary_of_a_cancelled_run_is_as_approved() =>
        GoldenFile.Check("cancelled.summary.txt", Encoding.UTF8.GetBytes(Text(SampleRecords.Cancelled)));

    [Fact]
    public void No_culture_changes_it() => GoldenFile.Check(
        "completed.summary.txt", Encoding.UTF8.GetBytes(Cultures.Hostile(() => Text(SampleRecords.Completed))));

    [Fact]
    public void Every_row_is_as_wide_as_the_table() => Assert.All(
        RunSummary.Of(SampleRecords.Completed).Sections.SelectMany(section => section.Rows.Add(section.Titles)),
        row => Assert.Equal(RunSummary.Columns, row.Length));

    [Fact]
    public void The_sentences_count_patients()
    {
        var sentences = RunSummary.Of(SampleRecords.Completed).Sentences;
        Assert.Equal(3, sentences.Length);
        (string Part, int Sentence)[] parts =
        [
            ("of 1,000 patients the student names the recorded diagnosis for 861", 0),
            ("one hospital alone, on average, for 742", 0),
            ("of 1,000 patients the thief's copy agrees with the student on 912", 2),
            ("on 940", 2),
            ("trained on 100 true labels is right on 800", 2),
        ];
        Assert.All(parts, part => Assert.Contains(part.Part, sentences[part.Sentence], StringComparison.Ordinal));
    }

    [Fact]
    public void The_headline_is_the_smallest_publishable_epsilon_of_the_whole_run()
    {
        var sentence = RunSummary.Of(SampleRecords.Completed).Sentences[1];
        Assert.Contains("epsilon 2.30 at delta 1e-5 (moments-data-independent)", sentence, StringComparison.Ordinal);
        Assert.Contains("factor of at most 9.98", sentence, StringComparison.Ordinal);
        Assert.Contains("2.04 (moments-data-dependent)", sentence, StringComparison.Ordinal);
        Assert.Contains("may not be published", sentence, StringComparison.Ordinal);
        Assert.Contains("simulation: no guarantee", sentence, StringComparison.Ordinal);
        Assert.Equal(PrivacyHeadline.PerAnswerMethod, new PerAnswerAccountant().Name);
    }

    [Fact]
    public void A_large_epsilon_is_called_no_useful_guarantee()
    {
        Assert.DoesNotContain(
            Warnings(SampleRecords.Completed), w => w.Contains("no useful guarantee", StringComparison.Ordinal));
        foreach (var epsilon in new[] { 10.5, 400, double.PositiveInfinity })
        {
            var record = SampleRecords.Completed with
            {
                Privacy = [new EpsilonEntry("basic-composition", epsilon, 0, Adjacency.PatientReplaced, false, true)],
            };
            Assert.Contains(Warnings(record), w => w.Contains("no useful guarantee", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_run_with_nothing_publishable_says_so()
    {
        var record = SampleRecords.Completed with
        {
            Privacy = [new EpsilonEntry("moments-data-dependent", 2, 1e-5, Adjacency.PatientReplaced, true, false)],
        };
        var sentence = RunSummary.Of(record).Sentences[1];
        Assert.Contains("no number for the whole run may be published", sentence, StringComparison.Ordinal);
        Assert.Contains(Warnings(record), w => w.Contains("infinite", StringComparison.Ordinal));
    }

    [Fact]
    public void Failed_hospitals_are_named_with_their_reasons_and_counted_beyond_five()
    {
        var one = Warnings(SampleRecords.Completed)
            .Single(w => w.StartsWith("1 of 3 hospitals failed:", StringComparison.Ordinal));
        Assert.Contains("in 10 steps", one, StringComparison.Ordinal);
        var many = SampleRecords.Completed with
        {
            Hospitals =
            [
                .. Enumerable.Range(0, 8).Select(i => new HospitalReport(i, $"h{i}", 1, [1, 0], "lost", null, null)),
            ],
        };
        Assert.Contains(Warnings(many), w => w.EndsWith("h4: lost; 3 more in hospitals.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void An_encoding_that_crosses_hospitals_is_a_warning_once()
    {
        var crossing = SampleRecords.Completed with
        {
            Encoding = new EncodingRecord(EncodingOptions.Default, 60, true, "It crosses.", []),
        };
        Assert.Equal(1, Warnings(crossing).Count(w => w == "It crosses."));
        Assert.Equal(1, Warnings(crossing with { Warnings = ["It crosses."] }).Count(w => w == "It crosses."));
    }

    [Fact]
    public void Refused_queries_are_a_warning() => Assert.Contains(
        Warnings(SampleRecords.Completed), w => w.StartsWith("1 of 3 queries were refused", StringComparison.Ordinal));

    private static ImmutableArray<string> Warnings(RunRecord record) => RunSummary.Of(record).Warnings;

    private static string Text(RunRecord record)
    {
        var summary = RunSummary.Of(record);
        var text = new StringBuilder(summary.Title).Append('\n');
        foreach (var row in summary.Sections.SelectMany(section => section.Rows.Insert(0, section.Titles)))
            text.Append(string.Join(" | ", row)).Append('\n');
        foreach (var sentence in summary.Sentences) text.Append(sentence).Append('\n');
        foreach (var warning in summary.Warnings) text.Append("WARNING: ").Append(warning).Append('\n');
        return text.ToString();
    }
}
