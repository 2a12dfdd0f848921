using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>Finds the schema of a file: what its columns are called and what they hold.</summary>
internal static class CsvInference
{
    private const int MostColumns = 4096;

    /// <exception cref="InvalidInputException">A record is ragged or badly quoted, the header is not one, an option
    /// names a column that is not there, or a column is neither numeric nor a category.</exception>
    public static TableSchema Schema(SourceFile file, CsvOptions options, CancellationToken cancellation)
    {
        var problems = new ProblemList(file.Place);
        var scanner = new CsvScanner(file.Content.Span, options.Format);
        var cells = new CsvCell[MostColumns];
        if (!scanner.Read(cells, out var width))
            throw ProblemList.Single(DataProblems.NoRecords, file.Place, "The file has no records.");
        if (scanner.Fault is { } broken) throw Quoting(file.Place, scanner.Line, broken);
        if (width > MostColumns)
            throw ProblemList.Single(
                DataProblems.TooLarge, At(file.Place, scanner.Line), $"The file has {width} columns; {MostColumns} are "
                + "possible.");
        var first = new string[width];
        for (var c = 0; c < width; c++) first[c] = Encoding.UTF8.GetString(scanner.Content(cells[c]));
        var names = Names(first, options, At(file.Place, scanner.Line), problems);
        problems.ThrowIfAny();
        CsvColumnGuess[] guesses = [.. names.Select(name => new CsvColumnGuess(name, options))];
        if (!options.Format.Header) Look(guesses, scanner, cells);
        var any = !options.Format.Header;
        while (scanner.Read(cells, out var count))
        {
            cancellation.ThrowIfCancellationRequested();
            any = true;
            if (scanner.Fault is { } fault)
                problems.Add(DataProblems.Quoting, At(file.Place, scanner.Line), "", CsvTableReader.Sentence(fault));
            else if (count != width)
                problems.Add(
                    DataProblems.CellCount, At(file.Place, scanner.Line), "",
                    $"The record has {count} cells where {(options.Format.Header ? "the header" : "the first line")} "
                    + $"has {width}.");
            else Look(guesses, scanner, cells);
        }
        if (!any) problems.Add(DataProblems.NoRecords, file.Place, "", "The file has a header and no records.");
        problems.ThrowIfAny();
        ImmutableArray<Column?> columns = [.. guesses.Select(g => g.Column(file.Place, problems))];
        problems.ThrowIfAny();
        if (!columns.Any(c => c is NumericColumn or CategoricalColumn))
            throw ProblemList.Single(DataProblems.Ambiguous, file.Place, "No column is left to predict from.");
        return new TableSchema([.. columns.Select(c => c!)]) { FromRecords = true };
    }

    private static void Look(CsvColumnGuess[] guesses, in CsvScanner scanner, CsvCell[] cells)
    {
        for (var c = 0; c < guesses.Length; c++) guesses[c].Look(scanner.Content(cells[c]), scanner.Line);
    }

    private static string[] Names(string[] first, CsvOptions options, string at, ProblemList problems)
    {
        var names = first;
        if (!options.Format.Header)
            names = [.. first.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"column-{i + 1}"))];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < names.Length; c++)
        {
            var shown = Shorten(names[c]);
            if (names[c].Length == 0)
                problems.Add(DataProblems.Header, at, $"column {c + 1}", "the header gives it no name.");
            else if (names[c].Length > CsvColumnGuess.LongestName)
                problems.Add(DataProblems.Header, at, $"column '{shown}'", "the name is too long to be one.");
            else if (!seen.Add(names[c]))
                problems.Add(DataProblems.Header, at, $"column '{shown}'", "the header names it twice.");
        }
        string?[] wanted =
            [
                options.Label, options.Hospital, options.Patient, .. options.Numeric, .. options.Categorical,
                .. options.Ignored,
            ];
        foreach (var absent in wanted.OfType<string>().Where(w => !seen.Contains(w)))
            problems.Add(
                DataProblems.Header, at, $"column '{absent}'",
                $"the file has no such column. {Suggestion.Describe(absent, [.. seen.Take(60)])}");
        return names;
    }

    private static InvalidInputException Quoting(string place, int line, string fault) =>
        ProblemList.Single(DataProblems.Quoting, At(place, line), CsvTableReader.Sentence(fault));

    private static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;

    internal static string At(string place, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{place}({line})");
}
