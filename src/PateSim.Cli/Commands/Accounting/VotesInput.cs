using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core;
using PateSim.Privacy.Events;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>
/// A votes file: one histogram per line, one column per class, cells separated by commas. A first line without numbers is
/// a header; where its last column is called "answered", the cells below it say with true or false whether the threshold
/// let the query pass.
/// </summary>
internal static class VotesInput
{
    private const string Answered = "answered";
    private const int MostProblems = 20;

    /// <param name="teachers">Votes due in each line; null: as many as in the first.</param>
    /// <exception cref="InvalidInputException">Every line that is no histogram.</exception>
    public static ImmutableArray<(PrivateVotes Votes, bool Answered)> Read(string path, string text, int? teachers)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var header = lines[0].Split(',').Select(cell => cell.Trim()).ToArray();
        var hasHeader = !header.Any(IsNumber);
        var hasFlag = hasHeader && header[^1] == Answered;
        var classes = header.Length - (hasFlag ? 1 : 0);
        if (classes < 2)
            throw new InvalidInputException(At(path, 1, "PS3921", FormattableString.Invariant(
                $"there is {classes} class; a vote needs at least 2, in columns separated by commas.")));
        var problems = new List<Problem>();
        var rows = ImmutableArray.CreateBuilder<(PrivateVotes, bool)>();
        for (var i = hasHeader ? 1 : 0; i < lines.Length && problems.Count < MostProblems; i++)
        {
            var cells = lines[i].Split(',');
            if (cells.Length != header.Length)
            {
                problems.Add(At(path, i + 1, "PS3921", FormattableString.Invariant(
                    $"the line has {cells.Length} cells instead of {header.Length}.")));
                continue;
            }
            if (ReadLine(path, i + 1, cells, classes, hasFlag, problems) is not var (counts, answered)) continue;
            long total = counts.Sum(count => (long)count);
            teachers ??= total is > 0 and <= int.MaxValue ? (int)total : null;
            if (teachers is { } due && total == due) rows.Add((PrivateVotes.From(counts, due), answered));
            else problems.Add(WrongTotal(path, i + 1, total, teachers));
        }
        if (problems.Count > 0) throw new InvalidInputException(problems);
        return rows.Count > 0
            ? rows.ToImmutable()
            : throw new InvalidInputException(At(path, 1, "PS3921", "the file has no histogram."));
    }

    private static (int[] Counts, bool Answered)? ReadLine(
        string path, int line, string[] cells, int classes, bool hasFlag, List<Problem> problems)
    {
        var before = problems.Count;
        var counts = new int[classes];
        for (var j = 0; j < classes; j++)
        {
            if (!int.TryParse(cells[j].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out counts[j]))
                problems.Add(At(path, line, "PS3922", FormattableString.Invariant(
                    $"class {j} has '{cells[j].Trim()}' votes; a count is a whole number from 0 to {int.MaxValue}.")));
        }
        var flag = hasFlag ? cells[^1].Trim() : "true";
        if (flag is not ("true" or "false"))
            problems.Add(At(path, line, "PS3921", $"'{flag}' is neither true nor false."));
        return problems.Count == before ? (counts, flag == "true") : null;
    }

    private static Problem WrongTotal(string path, int line, long total, int? due) => At(
        path, line, "PS3923", due is null
            ? FormattableString.Invariant($"the votes sum to {total}; from 1 to {int.MaxValue} teachers vote.")
            : FormattableString.Invariant($"the votes sum to {total}, but {due} teachers vote, each once."));

    private static bool IsNumber(string cell) =>
        cell.Length == 0 || double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static Problem At(string path, int line, string code, string message) =>
        new(code, string.Create(CultureInfo.InvariantCulture, $"{path}({line})"), "", message);
}
