using System.Globalization;
using PateSim.Learning.Metrics;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary>
/// <c>metrics.csv</c>: every number of a run in tidy form, one value per line, so that the files of many runs can be
/// laid under each other.
/// </summary>
/// <remarks>Phases stand in the order of a run; within a phase entities, and within an entity metrics, stand in the
/// order of the record, hospitals by index.</remarks>
internal static class MetricsFile
{
    private const string Share = "share";

    public static RunFile Of(RunRecord record)
    {
        var csv = new CsvText("trial", "seed", "phase", "entity", "metric", "value", "unit", "step");
        var seed = Numbers.Text(record.Seed);
        foreach (var row in Rows(record))
        {
            csv.Row(
                "0", seed, row.Phase, row.Entity, row.Metric, Numbers.Text(row.Value), row.Unit,
                Numbers.Text(row.Step));
        }
        return csv.ToFile(RunFileNames.Metrics);
    }

    private static IEnumerable<Row> Rows(RunRecord record)
    {
        foreach (var row in Data(record.Counts)) yield return row;
        foreach (var row in record.Hospitals.OrderBy(hospital => hospital.Index).SelectMany(Hospital)) yield return row;
        yield return new Row("teachers", "federation", "teachers-trained", record.Counts.TeachersTrained, "hospitals");
        yield return new Row("teachers", "federation", "teachers-failed", record.Counts.TeachersFailed, "hospitals");
        foreach (var row in Aggregation(record)) yield return row;
        foreach (var row in record.Accuracy.SelectMany(Accuracy)) yield return row;
        foreach (var row in record.Baselines.SelectMany(Baseline)) yield return row;
        foreach (var row in record.Privacy.SelectMany(Privacy)) yield return row;
        foreach (var row in Spending(record)) yield return row;
        foreach (var row in record.Theft.SelectMany(Theft)) yield return row;
    }

    private static IEnumerable<Row> Data(RunCounts counts) =>
    [
        new("data", "federation", "hospitals", counts.Hospitals, "hospitals"),
        new("data", "federation", "private-records", counts.PrivateRecords, "records"),
        new("data", "federation", "public-records", counts.PublicRecords, "records"),
        new("data", "federation", "test-records", counts.TestRecords, "records"),
        new("data", "federation", "features", counts.Features, "features"),
        new("data", "federation", "classes", counts.Classes, "classes"),
        new("data", "thief", "pool", counts.ThiefPool, "records"),
    ];

    private static IEnumerable<Row> Hospital(HospitalReport hospital)
    {
        var entity = Entity(hospital);
        yield return new Row("teachers", entity, "records", hospital.Records, "records");
        yield return new Row("teachers", entity, "failed", hospital.Failure is null ? 0 : 1, "flag");
        if (hospital.Accuracy is { } accuracy)
        {
            foreach (var row in Estimates("teachers", entity, "accuracy", accuracy)) yield return row;
        }
        if (hospital.BalancedAccuracy is { } balanced)
        {
            foreach (var row in Estimates("teachers", entity, "balanced-accuracy", balanced)) yield return row;
        }
        foreach (var row in Scored("teachers", entity, hospital.Scores)) yield return row;
    }

    private static IEnumerable<Row> Aggregation(RunRecord record) =>
    [
        .. Rounds(record.Spending),
        new("votes", "aggregator", "noise-scale", record.Mechanism.NoiseScale, "votes"),
        new("votes", "aggregator", "per-answer-epsilon", record.Mechanism.PerAnswerEpsilon, "nats"),
        new("votes", "aggregator", "queries", record.Counts.Queries, "queries"),
        new("votes", "aggregator", "distinct-queries", record.Counts.DistinctQueries, "queries"),
        new("votes", "aggregator", "queries-answered", record.Counts.QueriesAnswered, "queries"),
        new("votes", "aggregator", "queries-refused", record.Counts.QueriesRefused, "queries"),
    ];

    private static IEnumerable<Row> Rounds(SpendingRecord? spending) => spending is null ? [] :
    [
        new("votes", "aggregator", "rounds-asked", spending.RoundsAsked, "rounds"),
        new("votes", "aggregator", "queries-confirmed", spending.Confirmed, "queries"),
        new("votes", "aggregator", "queries-abstained", spending.Abstained, "queries"),
        new("votes", "aggregator", "queries-not-asked", spending.NotAsked, "queries"),
    ];

    private static IEnumerable<Row> Accuracy(AccuracyEntry entry) =>
    [
        new("accuracy", entry.Model, "records", entry.Records, "records"),
        .. Estimates("accuracy", entry.Model, "accuracy", entry.Accuracy),
        .. Estimates("accuracy", entry.Model, "balanced-accuracy", entry.BalancedAccuracy),
        .. Scored("accuracy", entry.Model, entry.Scores),
    ];

    private static IEnumerable<Row> Scored(string phase, string entity, Scores? scores)
    {
        (string Metric, Estimate? Value)[] figures =
        [
            ("macro-f1", scores?.MacroF1), ("auroc", scores?.Auroc), ("calibration-error", scores?.CalibrationError),
        ];
        return figures.Where(figure => figure.Value is not null)
            .SelectMany(figure => Estimates(phase, entity, figure.Metric, figure.Value!.Value));
    }

    private static IEnumerable<Row> Baseline(BaselineReport report)
    {
        yield return new Row("baselines", report.Name, "failed", report.Failure is null ? 0 : 1, "flag");
        if (report.Privacy is not { } privacy) yield break;
        yield return new Row("baselines", report.Name, "epsilon", privacy.Epsilon, "nats");
        yield return new Row("baselines", report.Name, "delta", privacy.Delta, "probability");
        yield return new Row("baselines", report.Name, "noise-multiplier", privacy.NoiseMultiplier, "clips");
    }

    private static IEnumerable<Row> Privacy(Privacy.Accounting.EpsilonEntry entry) =>
    [
        new("privacy", entry.Method, "epsilon", entry.Epsilon, "nats"),
        new("privacy", entry.Method, "delta", entry.Delta, "probability"),
        new("privacy", entry.Method, "releasable", entry.Releasable ? 1 : 0, "flag"),
    ];

    /// <summary>Readings of the odometer, and what each hospital lost by its own votes.</summary>
    private static IEnumerable<Row> Spending(RunRecord record)
    {
        foreach (var entry in record.Spending?.Odometer ?? [])
            yield return new Row("privacy", entry.Method, "odometer-epsilon", entry.Epsilon, "nats");
        foreach (var hospital in record.Hospitals.OrderBy(hospital => hospital.Index))
        {
            if (hospital.IndividualEpsilon is { } epsilon)
                yield return new Row("privacy", Entity(hospital), "individual-epsilon", epsilon, "nats");
        }
    }

    private static string Entity(HospitalReport hospital) =>
        string.Create(CultureInfo.InvariantCulture, $"hospital-{hospital.Index}");

    private static IEnumerable<Row> Theft(TheftEntry entry)
    {
        var entity = $"{entry.Attack}/{entry.Victim}/{entry.Exposure}";
        List<Row> rows =
        [
            .. Estimates("theft", entity, "clone-accuracy", entry.CloneAccuracy, entry.Budget),
            .. Estimates("theft", entity, "clone-balanced-accuracy", entry.CloneBalancedAccuracy, entry.Budget),
            .. Estimates("theft", entity, "fidelity", entry.Fidelity, entry.Budget),
            new("theft", entity, "kappa", entry.Kappa, "kappa", entry.Budget),
            new("theft", entity, "victim-accuracy", entry.VictimAccuracy, Share, entry.Budget),
        ];
        if (entry.FidelityOnErrors is { } onErrors)
            rows.Add(new Row("theft", entity, "fidelity-on-errors", onErrors, Share, entry.Budget));
        if (entry.TheftSurplus is { } surplus)
            rows.Add(new Row("theft", entity, "theft-surplus", surplus, Share, entry.Budget));
        return rows;
    }

    private static IEnumerable<Row> Estimates(
        string phase, string entity, string metric, Estimate estimate, int? step = null) =>
    [
        new(phase, entity, metric, estimate.Value, Share, step),
        new(phase, entity, metric + "-low", estimate.Lower, Share, step),
        new(phase, entity, metric + "-high", estimate.Upper, Share, step),
    ];

    private readonly record struct Row(
        string Phase, string Entity, string Metric, double Value, string Unit, int? Step = null);
}
