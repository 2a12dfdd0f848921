using System.Collections.Immutable;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Data.PublicSets;
using PateSim.Data.Shifts;
using PateSim.Learning.Metrics;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;
using PateSim.Reporting.Files;
using PateSim.Simulation.Baselines;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Tests.Support;

/// <summary>Records made by hand, with everything that may go wrong in writing them.</summary>
internal static class SampleRecords
{
    private const string QueryA = "00aa";
    private const string QueryB = "11bb";
    private const string QueryC = "22cc";

    private static readonly NoisyArgmaxEvent Answer = new(NoiseLaw.Laplace, 20, 2, 3);

    public static ScenarioTexts Texts { get; } = new("name = sample # as read\n", "{\"name\":\"sample\"}");

    private static DisjointnessRecord Disjointness { get; } =
        new(1090, 3, 60, 30, 1000, 0, 0, "ddee") { Patients = 700 };

    /// <summary>Three hospitals, one of which failed; names that need quoting; an infinite ε; a refused query.
    /// </summary>
    public static RunRecord Completed { get; } = new(
        RunStatus.Completed, null, "0123456789abcdef", "sample", "Three hospitals, \"ε\" < ∞.", 7,
        "simulation: no guarantee",
        new MechanismRecord("lnmax", 20, 0.05, 0.1),
        new RunCounts(3, 2, 1, 2, 4, 60, 30, 1000, 3, 3, 2, 1, 27),
        ["healthy", "ill, badly"],
        [
            new HospitalReport(0, "Köln \"Süd\", Haus 1", 25, [20, 5], null, At(0.75), At(1 / 3.0))
            {
                IndividualEpsilon = 0.01,
                Teacher = "knn",
                Scores = new Scores(At(0.6), At(0.8), At(0.125)),
                Note = "All 4 records vote, as there are fewer than k = 5.",
            },
            new HospitalReport(1, "two\nlines", 5, [5, 0], "The teacher did not converge, in 10 steps.", null, null),
            new HospitalReport(2, "three", 30, [10, 20], null, At(0.1), At(1e-17)),
        ],
        [
            new AccuracyEntry(AccuracyModels.MajorityClass, "test", 1000, At(0.583), At(0.5)),
            new AccuracyEntry(AccuracyModels.HospitalAloneMinimum, "test", 1000, At(0.1), At(1e-17)),
            new AccuracyEntry(AccuracyModels.HospitalAloneMean, "test", 1000, At(0.7424), At(0.4)),
            new AccuracyEntry(AccuracyModels.HospitalAloneMaximum, "test", 1000, At(0.75), At(1 / 3.0)),
            new AccuracyEntry(AccuracyModels.PluralityVote, "queries", 3, At(1), At(1)),
            new AccuracyEntry(AccuracyModels.NoisyVote, "queries", 2, At(0.5), At(0.5)),
            new AccuracyEntry(AccuracyModels.Student, "test", 1000, At(0.861), At(0.84))
            {
                Scores = new Scores(
                    At(0.85), At(0.912), At(0.03), new ConfusionMatrix([0, 0, 0, 1, 1], [0, 0, 1, 1, 0], 2)),
            },
            new AccuracyEntry(AccuracyModels.Pooled, "test", 1000, At(0.8995), At(0.88)),
            new AccuracyEntry(AccuracyModels.DpSgd, "test", 1000, At(0.85), At(0.83)),
        ],
        [
            new EpsilonEntry("per-answer", 0.1, 0, Adjacency.PatientReplaced, false, true),
            new EpsilonEntry(
                "basic-composition", double.PositiveInfinity, 0, Adjacency.PatientReplaced, false, true,
                "Without noise there is no privacy."),
            new EpsilonEntry(
                "moments-data-independent", 2.3, 1e-5, Adjacency.PatientReplaced, false, true, "",
                "moment=8, answers=2"),
            new EpsilonEntry("moments-data-dependent", 2.04, 1e-5, Adjacency.PatientReplaced, true, false),
        ],
        [
            new TheftEntry(
                "no-victim", "natural-pool", "label", 100, At(0.8), At(0.79), At(0.8), 0.55, 1, null, null),
            new TheftEntry(
                "pooled", "natural-pool", "probabilities", 100, At(0.83), At(0.82), At(0.94), 0.86, 0.8995, 0.5, 0.03),
            new TheftEntry(
                "student", "natural-pool", "label", 100, At(0.81), At(0.8), At(0.9), 0.78, 0.861, 0.3, 0.01),
            new TheftEntry(
                "student", "natural-pool", "probabilities", 100, At(0.82), At(0.81), At(0.912), 0.8, 0.861, 0.4,
                0.02),
        ],
        [
            new AnswerRecord(0, QueryA, 0, true),
            new AnswerRecord(1, QueryB, 1, false),
            new AnswerRecord(2, QueryC, null, null) { Round = 1, Outcome = ChargeOutcome.Refused },
        ],
        [
            new LedgerRow(1, QueryA, "lnmax", Answer, ChargeOutcome.Answered, 0.1, 0.1),
            new LedgerRow(2, QueryB, "lnmax", Answer, ChargeOutcome.Answered, 0.1, 0.2),
            new LedgerRow(3, QueryC, "lnmax", Answer, ChargeOutcome.Refused, 0.1, 0.2),
        ],
        Disjointness,
        new EncodingRecord(
            EncodingOptions.Default, 30, false, "Constants come from the public set.",
            [
                new ColumnEncoding("age", 0, 1, 51.5, 9.25, ""),
                new ColumnEncoding("sex", 1, 2, 0, 1, "One level only."),
            ]),
        ["The thief's exposure 'probabilities' is left out for no victim."])
    {
        Spending = new SpendingRecord(
            3, 2, 2, 2, 0, 0, 1, 1,
            new BudgetRecord(0.25, 0, "pure-epsilon", "stop-labelling", "basic epsilon", 0.25, 0.2),
            [new EpsilonEntry("basic-composition", 0.2, 0, Adjacency.PatientReplaced, false, true)],
            new IndividualRecord(1e-5, Adjacency.HospitalReplaced, [2, 8], 0.01, 0.05, 0.125)),
        Baselines =
        [
            new BaselineReport("fedavg", "", null, "The training diverged."),
            new BaselineReport(
                "dp-sgd", "10 steps", new BaselinePrivacy(2.25, 1e-5, 1.5, "one record added or removed"), null),
        ],
        Certificate = new FederationCertificate(
            Disjointness,
            [
                new HospitalPlace("Köln \"Süd\", Haus 1", 25, 20, "aa"), new HospitalPlace("two\nlines", 5, 5, "bb"),
                new HospitalPlace("three", 30, 29, "cc"),
            ],
            new PublicSetRecord(
                "split", PublicSetRecord.OfSplit, 30, true,
                new DeidentificationRecord(
                    DeidentificationRules.None with
                    {
                        Drop = ["weight"],
                        Generalise = DeidentificationRules.None.Generalise.Add("age", 10),
                        QuasiIdentifiers = ["age", "sex"],
                        MinimumK = 2,
                    },
                    0, new KAnonymity(["age", "sex"], 2, 7, 0))),
            [new ShiftRecord("label-noise", 2, 0, 5)],
            [new BoundaryCrossing("constants of the encoding", "the public set", true, "Everyone may see it.")]),
        Heterogeneity = Heterogeneity.Of([[20, 5], [5, 0], [10, 20]]),
    };

    /// <summary>Stopped before anything was finished.</summary>
    public static RunRecord Cancelled { get; } = Completed with
    {
        Status = RunStatus.Cancelled,
        Reason = "The run was cancelled.",
        Hospitals = [],
        Accuracy = [],
        Privacy = [],
        Theft = [],
        Answers = [],
        Ledger = [],
        Warnings = [],
        Spending = null,
        Baselines = [],
        Counts = Completed.Counts with
        {
            TeachersTrained = 0,
            TeachersFailed = 0,
            QueriesAnswered = 0,
            QueriesRefused = 0,
        },
    };

    public static ImmutableArray<RunFile> Files(RunRecord record) => ResultFiles.Of(record, Texts, "1.2.3");

    public static RunFile File(RunRecord record, string name) => Files(record).Single(file => file.Name == name);

    public static string Text(RunRecord record, string name) =>
        System.Text.Encoding.UTF8.GetString(File(record, name).Content.Span);

    public static Estimate At(double value) => new(value, Math.Max(0, value - 0.02), Math.Min(1, value + 0.02));
}
