using PateSim.Learning.Metrics;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary><c>classes.csv</c> and <c>confusion.csv</c>: what each model does with each class, in the order of the
/// accuracy table.</summary>
internal static class ScoreFiles
{
    public static RunFile Classes(RunRecord record)
    {
        var csv = new CsvText(
            "model", "measured_on", "class", "class_name", "records", "precision", "precision_low", "precision_high",
            "recall", "recall_low", "recall_high", "f1", "f1_low", "f1_high");
        foreach (var (entry, confusion) in Measured(record))
        {
            for (var k = 0; k < confusion.ClassCount; k++)
            {
                var scores = FScores.OfClass(confusion, k);
                csv.Row(
                [
                    entry.Model, entry.MeasuredOn, Numbers.Text(k), record.ClassNames[k],
                    Numbers.Text(confusion.TruthCount(k)),
                    .. Ends(scores.Precision), .. Ends(scores.Recall), .. Ends(scores.F1),
                ]);
            }
        }
        return csv.ToFile(RunFileNames.Classes);
    }

    public static RunFile Confusion(RunRecord record)
    {
        var csv = new CsvText("model", "measured_on", "truth", "answer", "records");
        foreach (var (entry, confusion) in Measured(record))
        {
            for (var i = 0; i < confusion.ClassCount; i++)
            {
                for (var j = 0; j < confusion.ClassCount; j++)
                {
                    csv.Row(
                        entry.Model, entry.MeasuredOn, Numbers.Text(i), Numbers.Text(j),
                        Numbers.Text(confusion[i, j]));
                }
            }
        }
        return csv.ToFile(RunFileNames.Confusion);
    }

    private static IEnumerable<(AccuracyEntry Entry, ConfusionMatrix Confusion)> Measured(RunRecord record) =>
        record.Accuracy.Where(entry => entry.Scores?.Confusion is not null)
            .Select(entry => (entry, entry.Scores!.Confusion!));

    private static string[] Ends(Estimate estimate) =>
        [Numbers.Text(estimate.Value), Numbers.Text(estimate.Lower), Numbers.Text(estimate.Upper)];
}
