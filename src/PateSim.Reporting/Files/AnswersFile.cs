using PateSim.Privacy.Ledger;
using PateSim.Simulation.Results;

namespace PateSim.Reporting.Files;

/// <summary><c>answers.csv</c>: the labels released to the student, by position. Vote histograms are private and are
/// never written.</summary>
internal static class AnswersFile
{
    public static RunFile Of(RunRecord record)
    {
        var csv = new CsvText("position", "round", "query", "outcome", "label", "class", "was_right");
        foreach (var answer in record.Answers.OrderBy(answer => answer.Position))
        {
            csv.Row(
                Numbers.Text(answer.Position), Numbers.Text(answer.Round), answer.Query, answer.Outcome.Name(),
                Numbers.Text(answer.Label),
                answer.Label is { } label ? record.ClassNames[label] : "",
                answer.WasRight is { } right ? Numbers.Text(right) : "");
        }
        return csv.ToFile(RunFileNames.Answers);
    }
}
