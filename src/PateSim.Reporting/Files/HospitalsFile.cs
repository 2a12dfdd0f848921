using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary><c>hospitals.csv</c>: one line per hospital, by index. Private in a real federation; a simulation may print
/// it.</summary>
internal static class HospitalsFile
{
    public static RunFile Of(RunRecord record)
    {
        var classes = record.ClassNames.Length;
        var csv = new CsvText(
        [
            "index", "name", "records",
            .. Enumerable.Range(0, classes).Select(k => "records_class_" + Numbers.Text(k)),
            "failure", "accuracy", "accuracy_low", "accuracy_high",
            "balanced_accuracy", "balanced_accuracy_low", "balanced_accuracy_high", "individual_epsilon",
            "macro_f1", "auroc", "auroc_low", "auroc_high", "calibration_error", "teacher", "note",
        ]);
        foreach (var hospital in record.Hospitals.OrderBy(hospital => hospital.Index))
        {
            csv.Row(
            [
                Numbers.Text(hospital.Index), hospital.Name, Numbers.Text(hospital.Records),
                .. hospital.ClassCounts.Select(count => Numbers.Text((long)count)),
                hospital.Failure ?? "",
                Numbers.Text(hospital.Accuracy?.Value), Numbers.Text(hospital.Accuracy?.Lower),
                Numbers.Text(hospital.Accuracy?.Upper),
                Numbers.Text(hospital.BalancedAccuracy?.Value), Numbers.Text(hospital.BalancedAccuracy?.Lower),
                Numbers.Text(hospital.BalancedAccuracy?.Upper), Numbers.Text(hospital.IndividualEpsilon),
                Numbers.Text(hospital.Scores?.MacroF1.Value), Numbers.Text(hospital.Scores?.Auroc?.Value),
                Numbers.Text(hospital.Scores?.Auroc?.Lower), Numbers.Text(hospital.Scores?.Auroc?.Upper),
                Numbers.Text(hospital.Scores?.CalibrationError?.Value), hospital.Teacher, hospital.Note,
            ]);
        }
        return csv.ToFile(RunFileNames.Hospitals);
    }
}
