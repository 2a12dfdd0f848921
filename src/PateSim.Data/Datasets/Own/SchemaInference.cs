using System.Collections.Immutable;
using System.Text;
using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets.Own;

/// <summary>Finds the schema of files: what their columns are called, and what they hold where nobody said it.</summary>
internal static class SchemaInference
{
    /// <param name="Rows">How many records there are; null when none had to be looked at.</param>
    internal readonly record struct Result(TableSchema Schema, long? Rows);

    /// <exception cref="InvalidInputException">A record is ragged or badly quoted, the header is not one, an option
    /// names a column that is not there, or a column is neither numeric nor a category.</exception>
    public static Result Infer(
        ImmutableArray<DataFile> files, OwnFormat format, OwnOptions options, CancellationToken cancellation)
    {
        ImmutableArray<string> names;
        ColumnGuess[] guesses;
        using (var first = format.Open(files[0]))
        {
            var problems = new ProblemList(files[0].Place);
            names = first.Names;
            CheckNames(first, options, problems);
            problems.ThrowIfAny();
            guesses =
            [
                .. names.Select((name, i) => new ColumnGuess(
                    name, options, first.Declared.IsEmpty ? null : first.Declared[i])),
            ];
        }
        var needed = guesses.Any(g => g.NeedsLook);
        long rows = 0;
        if (needed)
        {
            foreach (var file in files) rows += LookAt(file, format, names, guesses, cancellation);
        }
        var faults = new ProblemList(files[0].Place);
        ImmutableArray<Column?> columns = [.. guesses.Select(g => g.Column(files[0].Place, faults))];
        faults.ThrowIfAny();
        if (!columns.Any(c => c is NumericColumn or CategoricalColumn))
            throw ProblemList.Single(
                DataProblems.Ambiguous, files[0].Place, "No column is left to predict from.");
        var schema = new TableSchema([.. columns.Select(c => c!)])
        {
            FromRecords = needed,
            PartsAreBinding = options.HasParts,
        };
        return new Result(schema, needed ? rows : null);
    }

    private static long LookAt(
        DataFile file, OwnFormat format, ImmutableArray<string> names, ColumnGuess[] guesses,
        CancellationToken cancellation)
    {
        using var opened = format.Open(file);
        var reader = opened.Reader;
        var order = CsvHeader.Match(reader, opened.Names, names);
        var looks = order.Select((column, cell) => (cell, guesses[column])).Where(l => l.Item2.NeedsLook).ToArray();
        var problems = new ProblemList(file.Place);
        long rows = 0;
        while (reader.Read())
        {
            if ((++rows & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            if (reader.Fault is { } fault)
                problems.Add(DataProblems.Quoting, RecordLoader.At(reader), "", RecordLoader.Sentence(fault));
            else if (reader.Count != order.Length)
                problems.Add(
                    DataProblems.CellCount, RecordLoader.At(reader), "",
                    $"The record has {reader.Count} cells where the header or first line has {order.Length}.");
            else
            {
                foreach (var (cell, guess) in looks) guess.Look(reader[cell], reader);
            }
        }
        if (rows == 0) problems.Add(DataProblems.NoRecords, file.Place, "", "The file has a header and no records.");
        problems.ThrowIfAny();
        return rows;
    }

    private static void CheckNames(OpenedFile file, OwnOptions options, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < file.Names.Length; c++)
        {
            var name = file.Names[c];
            var shown = name.Length > 40 ? name[..40] + "…" : name;
            if (name.Length == 0)
                problems.Add(DataProblems.Header, file.At, $"column {c + 1}", "the header gives it no name.");
            else if (name.Length > ColumnGuess.LongestName)
                problems.Add(DataProblems.Header, file.At, $"column '{shown}'", "the name is too long to be one.");
            else if (!seen.Add(name))
                problems.Add(DataProblems.Header, file.At, $"column '{shown}'", "the header names it twice.");
        }
        var looksLikeData = file.Names.Any(
            n => NumberText.Read(Encoding.UTF8.GetBytes(n), out _) is null)
            ? " The first line holds numbers: if it is no header, write header = false." : "";
        foreach (var absent in options.Named.Where(w => !seen.Contains(w)))
            problems.Add(
                DataProblems.Header, file.At, $"column '{absent}'",
                $"the file has no such column. {Suggestion.Describe(absent, [.. seen.Take(60)])}{looksLikeData}");
        for (var c = 0; c < file.Declared.Length; c++)
        {
            var name = file.Names[c];
            var hasRole = name == options.Hospital || name == options.Patient || name == options.Part;
            if (file.Declared[c] is null && !hasRole
                && options.Columns.GetValueOrDefault(name)?.Kind is null or ColumnKind.Inferred)
                problems.Add(
                    DataProblems.Ambiguous, file.At, $"column '{name}'",
                    "it holds dates, which are not read; write it to ignore, or to categorical.");
        }
    }
}
