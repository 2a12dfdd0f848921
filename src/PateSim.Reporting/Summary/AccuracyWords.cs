using PateSim.Simulation.Results;

namespace PateSim.Reporting.Summary;

/// <summary>Accuracy for a person.</summary>
internal static class AccuracyWords
{
    public static SummarySection Section(RunRecord record) => new(
        ["Accuracy", "measured on", "accuracy", "95 % interval", "balanced", "95 % interval"],
        [
            .. record.Accuracy.Select(entry => (System.Collections.Immutable.ImmutableArray<string>)
            [
                Name(entry.Model),
                Words.Count(entry.Records) + " " + entry.MeasuredOn,
                Words.Percent(entry.Accuracy.Value), Words.Interval(entry.Accuracy),
                Words.Percent(entry.BalancedAccuracy.Value), Words.Interval(entry.BalancedAccuracy),
            ]),
        ],
        string.Join("; ", record.Baselines.Select(Protected).Prepend(Alone(record)).Where(part => part.Length > 0)));

    /// <summary>What a protected baseline guarantees, and to whom.</summary>
    private static string Protected(BaselineReport report) => report.Privacy is not { } privacy ? ""
        : $"{Name(report.Name)}: epsilon {PrivacyNumbers.Epsilon(privacy.Epsilon)} for {privacy.Note}";

    /// <summary>Beside the accuracy, for what has probabilities; the worst and the best hospital are in
    /// hospitals.csv.</summary>
    public static SummarySection Scores(RunRecord record) => new(
        ["Further scores", "measured on", "AUROC", "95 % interval", "macro F1", "calibration error"],
        [
            .. record.Accuracy.Where(entry => entry.Scores?.Auroc is not null && entry.Model is not
                    (AccuracyModels.HospitalAloneMinimum or AccuracyModels.HospitalAloneMaximum))
                .Select(entry => (entry, scores: entry.Scores!))
                .Select(row => (System.Collections.Immutable.ImmutableArray<string>)
                [
                    Name(row.entry.Model),
                    Words.Count(row.entry.Records) + " " + row.entry.MeasuredOn,
                    Words.Percent(row.scores.Auroc!.Value.Value), Words.Interval(row.scores.Auroc.Value),
                    Words.Percent(row.scores.MacroF1.Value),
                    row.scores.CalibrationError is { } error ? Words.Percent(error.Value) : "",
                ]),
        ]);

    /// <summary>"of 1,000 patients the student names the recorded diagnosis for 861; …"</summary>
    public static string Sentence(RunRecord record)
    {
        var parts = new List<string>();
        if (Find(record, AccuracyModels.Student) is { } student)
        {
            parts.Add("of 1,000 patients the student names the recorded diagnosis for "
                + Words.OfThousand(student.Accuracy.Value));
        }
        if (Find(record, AccuracyModels.HospitalAloneMean) is { } alone)
        {
            var opening = parts.Count == 0 ? "of 1,000 patients one hospital alone, on average, names the recorded "
                + "diagnosis for " : "one hospital alone, on average, for ";
            var missing = record.Counts.TeachersTrained < record.Counts.Hospitals ? $" ({Trained(record)})" : "";
            parts.Add(opening + Words.OfThousand(alone.Accuracy.Value) + missing);
        }
        if (parts.Count == 0) return "Accuracy: nothing was measured.";
        if (Find(record, AccuracyModels.Pooled) is { } pooled)
        {
            parts.Add("a model of all records pooled, which no hospital could lawfully build, for "
                + Words.OfThousand(pooled.Accuracy.Value));
        }
        return "Accuracy: " + string.Join("; ", parts) + ".";
    }

    /// <summary>Of how many hospitals the worst, the mean and the best are, when not all have a teacher.</summary>
    private static string Alone(RunRecord record) =>
        record.Counts.TeachersTrained < record.Counts.Hospitals
        && Find(record, AccuracyModels.HospitalAloneMean) is not null
            ? $"one hospital: {Trained(record)}" : "";

    private static string Trained(RunRecord record) =>
        $"{Words.Count(record.Counts.TeachersTrained)} of {Words.Count(record.Counts.Hospitals)} "
        + "hospitals were trained";

    private static AccuracyEntry? Find(RunRecord record, string model) =>
        record.Accuracy.FirstOrDefault(entry => entry.Model == model);

    private static string Name(string model) => model switch
    {
        AccuracyModels.MajorityClass => "most frequent diagnosis",
        AccuracyModels.HospitalAloneMinimum => "one hospital, worst",
        AccuracyModels.HospitalAloneMean => "one hospital, mean",
        AccuracyModels.HospitalAloneMaximum => "one hospital, best",
        AccuracyModels.PluralityVote => "vote without noise",
        AccuracyModels.NoisyVote => "noisy vote",
        AccuracyModels.Student => "student",
        AccuracyModels.Pooled => "pooled, unprotected",
        AccuracyModels.FedAvg => "FedAvg, unprotected",
        AccuracyModels.FedProx => "FedProx, unprotected",
        AccuracyModels.DpSgd => "DP-SGD on pooled",
        _ => model,
    };
}
