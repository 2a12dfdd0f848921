using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary><c>theft.csv</c>: one line per clone, in the order of the record.</summary>
internal static class TheftFile
{
    public static RunFile Of(RunRecord record)
    {
        var csv = new CsvText(
            "victim", "attack", "exposure", "budget",
            "clone_accuracy", "clone_accuracy_low", "clone_accuracy_high",
            "clone_balanced_accuracy", "clone_balanced_accuracy_low", "clone_balanced_accuracy_high",
            "fidelity", "fidelity_low", "fidelity_high",
            "kappa", "victim_accuracy", "fidelity_on_errors", "theft_surplus");
        foreach (var entry in record.Theft)
        {
            csv.Row(
                entry.Victim, entry.Attack, entry.Exposure, Numbers.Text(entry.Budget),
                Numbers.Text(entry.CloneAccuracy.Value), Numbers.Text(entry.CloneAccuracy.Lower),
                Numbers.Text(entry.CloneAccuracy.Upper),
                Numbers.Text(entry.CloneBalancedAccuracy.Value), Numbers.Text(entry.CloneBalancedAccuracy.Lower),
                Numbers.Text(entry.CloneBalancedAccuracy.Upper),
                Numbers.Text(entry.Fidelity.Value), Numbers.Text(entry.Fidelity.Lower),
                Numbers.Text(entry.Fidelity.Upper),
                Numbers.Text(entry.Kappa), Numbers.Text(entry.VictimAccuracy), Numbers.Text(entry.FidelityOnErrors),
                Numbers.Text(entry.TheftSurplus));
        }
        return csv.ToFile(RunFileNames.Theft);
    }
}
