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
        Assert.Equal(5, sentences.Length);
        (string Part, int Sentence)[] parts =
        [
            ("of 1,000 patients the student names the recorded diagnosis for 861", 0),
            ("one hospital alone, on average, for 742", 0),
            ("of 1,000 patients the thief's copy agrees with the student on 912", 3),
            ("on 940", 3),
            ("trained on 100 true labels is right on 800", 3),
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
    public void What_was_spent_and_what_happened_at_exhaustion_stand_in_words()
    {
        var sentence = RunSummary.Of(SampleRecords.Completed).Sentences[2];
        Assert.StartsWith(
            "Spent: 2 distinct queries charged in 2 of 3 rounds: 2 answered. The budget of epsilon 0.25 at delta 0 "
            + "(pure-epsilon) was exhausted: 0.2 of its 0.25 (basic epsilon) is spent, 1 query was refused; labelling "
            + "stopped there (stop-labelling), and 1 query was not asked.", sentence, StringComparison.Ordinal);
        Assert.Contains(
            "a hospital lost epsilon 0.01 to 0.125, median 0.05, at delta 1e-5 (hospital-replaced); computed from the "
            + "votes, not to be published.", sentence, StringComparison.Ordinal);

        var spending = SampleRecords.Completed.Spending!;
        Assert.Contains("went on with fewer labels (fewer-labels)", Of(spending.Budget! with
        {
            OnExhaustion = "fewer-labels",
        }), StringComparison.Ordinal);
        Assert.Contains("failed there (fail)", Of(spending.Budget with { OnExhaustion = "fail" }), StringComparison.Ordinal);
        Assert.Empty(RunSummary.Of(SampleRecords.Cancelled).Sentences.Where(
            s => s.StartsWith("Spent", StringComparison.Ordinal)));

        var plain = spending with { Rounds = 1, RoundsAsked = 1, Budget = null, Individual = null };
        Assert.Equal(4, RunSummary.Of(SampleRecords.Completed with { Spending = plain }).Sentences.Length);

        string Of(BudgetRecord budget) => RunSummary.Of(SampleRecords.Completed with
        {
            Spending = spending with { Budget = budget },
        }).Sentences[2];
    }

    [Fact]
    public void Abstentions_and_confirmed_labels_are_told_with_what_the_odometer_reads()
    {
        var spending = SampleRecords.Completed.Spending! with
        {
            Rounds = 1, RoundsAsked = 1, Charged = 30, Answered = 10, Confirmed = 15, Abstained = 5, Budget = null,
            Odometer = [new EpsilonEntry("gdp", 1.5, 1e-5, Adjacency.PatientReplaced, false, false)],
            Individual = null,
        };
        Assert.Equal(
            "Spent: 30 distinct queries charged: 10 answered, 15 confirmed as the student had them, at the cost of a "
            + "check, 5 left without an answer, at the cost of a check. The odometer reads epsilon 1.50 at delta 1e-5 (gdp, "
            + "patient-replaced): how much was charged shows only on the way, so this is no promise.",
            RunSummary.Of(SampleRecords.Completed with { Spending = spending }).Sentences[2]);
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
    public void With_a_crossing_encoding_nothing_is_headlined_and_the_reason_stands_in_its_place()
    {
        var crossing = SampleRecords.Completed with
        {
            Encoding = new EncodingRecord(EncodingOptions.Default, 60, true, "It crosses.", []),
            Privacy = [.. SampleRecords.Completed.Privacy.Select(entry => entry with { Releasable = false })],
        };
        var summary = RunSummary.Of(crossing);
        Assert.Contains("no number of this run is a guarantee", summary.Sentences[1], StringComparison.Ordinal);
        Assert.Contains("fitted on the pooled private records", summary.Sentences[1], StringComparison.Ordinal);
        Assert.DoesNotContain("factor of at most", summary.Sentences[1], StringComparison.Ordinal);
        Assert.DoesNotContain("2.04", summary.Sentences[1], StringComparison.Ordinal);
        Assert.Null(PrivacyHeadline.Of(crossing.Privacy));
        var section = Assert.Single(summary.Sections, section => section.Titles[0] == "Privacy loss");
        Assert.All(section.Rows, row => Assert.Equal("no", row[4]));
        Assert.DoesNotContain(summary.Warnings, w => w.Contains("useful guarantee", StringComparison.Ordinal));
        Assert.EndsWith("the encoding not counted", summary.Setup, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_without_an_answer_are_counted_by_their_reason()
    {
        Assert.Contains(
            "1 of 3 queries got no answer: 1 refused, for the privacy budget was spent. \"noisy vote\" is measured on the "
            + "2 answered alone, \"vote without noise\" on all 3: their difference is not what the noise costs.",
            Warnings(SampleRecords.Completed));
        var abstained = SampleRecords.Completed with
        {
            Answers = [.. SampleRecords.Completed.Answers, new AnswerRecord(3, "33dd", null, null)],
        };
        var warning = Assert.Single(Warnings(abstained), w => w.Contains("got no answer", StringComparison.Ordinal));
        Assert.StartsWith(
            "2 of 4 queries got no answer: 1 below the mechanism's threshold of agreement, 1 refused", warning,
            StringComparison.Ordinal);
        Assert.EndsWith("leaves out the hard cases.", warning, StringComparison.Ordinal);
        var unasked = Warnings(SampleRecords.Cancelled);
        Assert.DoesNotContain(unasked, w => w.Contains("got no answer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_delta_that_is_not_below_one_in_the_private_records_is_a_warning()
    {
        Assert.False(Warns(1e-5));
        Assert.False(Warns(0.0166));
        Assert.True(Warns(1 / 60.0));
        Assert.True(Warns(0.5));

        bool Warns(double delta) => Warnings(SampleRecords.Completed with
        {
            Privacy = [new EpsilonEntry("gdp", 1, delta, Adjacency.PatientReplaced, false, true)],
        }).Any(w => w.EndsWith("permits publishing one patient in full.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_hospitals_alone_are_counted_when_not_all_were_trained()
    {
        var some = RunSummary.Of(SampleRecords.Completed);
        Assert.Equal(
            "one hospital: 2 of 3 hospitals were trained; DP-SGD on pooled: epsilon 2.25 for one record added or removed",
            some.Sections[0].Note);
        Assert.Contains("for 742 (2 of 3 hospitals were trained)", some.Sentences[0], StringComparison.Ordinal);
        var all = RunSummary.Of(SampleRecords.Completed with
        {
            Counts = SampleRecords.Completed.Counts with { TeachersTrained = 3, TeachersFailed = 0 },
            Baselines = [],
        });
        Assert.Empty(all.Sections[0].Note);
        Assert.DoesNotContain("were trained", all.Sentences[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lnmax", 40.0, 0.025, 0.05, "lnmax with scale 40 (gamma 0.025), epsilon 0.05 per answer")]
    [InlineData("lnmax", 80.0, 0.0125, 0.025, "lnmax with scale 80 (gamma 0.0125), epsilon 0.025 per answer")]
    [InlineData("gnmax", 4.5, null, double.PositiveInfinity, "gnmax with scale 4.5, no pure epsilon per answer")]
    [InlineData("gnmax", 0.0, null, double.PositiveInfinity, "gnmax without noise, epsilon infinite per answer")]
    public void The_setup_names_noise_and_cost(string name, double scale, double? gamma, double epsilon, string text)
    {
        var record = SampleRecords.Completed with { Mechanism = new MechanismRecord(name, scale, gamma, epsilon) };
        Assert.Equal("3 hospitals, 3 queries; " + text, RunSummary.Of(record).Setup);
    }

    [Fact]
    public void Each_of_several_attacks_has_a_section_that_names_it()
    {
        var theft = SampleRecords.Completed.Theft;
        var record = SampleRecords.Completed with { Theft = [.. theft, theft[^1] with { Attack = "other" }] };
        var sections = RunSummary.Of(record).Sections.Where(section => section.Titles[0] == "Theft").ToList();
        Assert.Equal(["attack: natural-pool", "attack: other"], sections.Select(section => section.Note));
        Assert.Empty(RunSummary.Of(SampleRecords.Completed).Sections[^1].Note);
    }

    [Fact]
    public void Each_adjacency_has_a_section_that_says_for_whom()
    {
        var record = SampleRecords.Completed with
        {
            Privacy =
            [
                new EpsilonEntry("gdp", 1, 1e-5, Adjacency.PatientReplaced, false, true),
                new EpsilonEntry(
                    "gdp", 2, 1e-5, new Adjacency(AdjacencyKind.HospitalAddedOrRemoved, 2), false, true),
                new EpsilonEntry("pld", 1, 1e-5, Adjacency.PatientReplaced, false, true),
            ],
        };
        var sections = RunSummary.Of(record).Sections.Where(section => section.Titles[0] == "Privacy loss").ToList();
        Assert.Equal(
            [
                "for whom: patient-replaced, one hospital per patient",
                "for whom: hospital-added-or-removed(k=2), up to 2 teachers per hospital",
            ],
            sections.Select(section => section.Note));
        Assert.Equal([2, 1], sections.Select(section => section.Rows.Length));
    }

    private static ImmutableArray<string> Warnings(RunRecord record) => RunSummary.Of(record).Warnings;

    private static string Text(RunRecord record)
    {
        var summary = RunSummary.Of(record);
        var text = new StringBuilder(summary.Title).Append('\n').Append(summary.Setup).Append('\n');
        foreach (var section in summary.Sections)
        {
            text.Append(string.Join(" | ", section.Titles)).Append('\n');
            if (section.Note.Length > 0) text.Append(section.Note).Append('\n');
            foreach (var row in section.Rows) text.Append(string.Join(" | ", row)).Append('\n');
        }
        foreach (var sentence in summary.Sentences) text.Append(sentence).Append('\n');
        foreach (var warning in summary.Warnings) text.Append("WARNING: ").Append(warning).Append('\n');
        return text.ToString();
    }
}
