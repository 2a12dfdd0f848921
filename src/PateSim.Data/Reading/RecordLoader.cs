using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core;
using PateSim.Data.Tables;

namespace PateSim.Data.Reading;

/// <summary>Puts the records of one file, or of several with the same columns, into a table; whatever does not fit its
/// schema is a located problem.</summary>
internal sealed class RecordLoader
{
    private const int RowsBetweenCancellationChecks = 4096, RowsBeforeEstimate = 1024;

    private readonly RawTableBuilder _table;
    private readonly ImmutableArray<Column> _columns;
    private readonly CellParser?[] _parsers;
    private readonly CellParser.LabelParser _label;
    private readonly CellParser.HospitalParser? _hospital;
    private readonly CellParser.PartParser? _part;
    // By class: how many private records have it, and where another record has it first.
    private readonly long[] _private;
    private readonly string?[] _elsewhere;

    public RecordLoader(RawTableBuilder table)
    {
        _table = table;
        _columns = table.Schema.Columns;
        _parsers = [.. _columns.Select(c => CellParser.For(c, table))];
        _label = _parsers.OfType<CellParser.LabelParser>().Single();
        _hospital = _parsers.OfType<CellParser.HospitalParser>().SingleOrDefault();
        _part = _parsers.OfType<CellParser.PartParser>().SingleOrDefault();
        _private = new long[table.Schema.Label.Classes.Length];
        _elsewhere = new string?[_private.Length];
    }

    /// <param name="order">For each cell of a record, the index of its column.</param>
    /// <param name="part">Of the file's records; null where a column says it, or nothing does.</param>
    /// <param name="length">Of the file, to foresee how many records it has; null when unknown.</param>
    /// <exception cref="InvalidInputException">The file does not fit the schema: up to 20 problems are
    /// listed.</exception>
    public void Append(
        RecordReader reader, int[] order, PublishedPart? part, long? length, CancellationToken cancellation)
    {
        var problems = new ProblemList(reader.Place);
        var (first, faulty, begin) = (_table.Rows, 0, reader.Used);
        CellParser?[] parsers = Array.ConvertAll(order, index => _parsers[index]);
        while (reader.Read())
        {
            var met = _table.Rows - first + faulty;
            if (met % RowsBetweenCancellationChecks == 0) cancellation.ThrowIfCancellationRequested();
            if (met == RowsBeforeEstimate && length is { } bytes)
                _table.Reserve(first + (long)((bytes - begin) / ((reader.Used - begin) / (met + 1.0)) * 1.02) + 1024);
            if (reader.Fault is { } fault)
            {
                problems.Add(DataProblems.Quoting, At(reader), "", Sentence(fault));
                faulty++;
                continue;
            }
            if (reader.Count != order.Length)
            {
                problems.Add(
                    DataProblems.CellCount, At(reader), "",
                    $"The record has {reader.Count} cells where {order.Length} are declared.");
                faulty++;
                continue;
            }
            var row = _table.AddRows(1);
            for (var c = 0; c < parsers.Length; c++)
            {
                if (parsers[c] is not { } parser) continue;
                var cell = reader[c];
                if (parser.Parse(cell, row) is { } code) Add(problems, reader, order[c], code, parser, cell);
            }
            if (_part is null && part is { } known) _table.SetPart(row, known);
            if (_part is not null || part is not null) Look(reader, _part?.Last ?? part!.Value, order, problems);
        }
        if (_table.Rows + faulty == first)
            problems.Add(DataProblems.NoRecords, reader.Place, "", "The file has no records.");
        problems.ThrowIfAny();
    }

    /// <summary>To be called behind the last file.</summary>
    /// <param name="mustBeSeen">Whether a class that no private record has is refused.</param>
    /// <exception cref="InvalidInputException">A label stands outside of the private records alone.</exception>
    public void Finish(bool mustBeSeen)
    {
        if (_hospital?.Discovered is { } met) _table.SetDiscoveredSites(met);
        if (!mustBeSeen) return;
        var unseen = Enumerable.Range(0, _private.Length).Where(k => _private[k] == 0 && _elsewhere[k] is not null)
            .Select(k => new Problem(
                DataProblems.UnseenLabel, _elsewhere[k]!, $"column '{_table.Schema.Label.Name}'",
                $"the label '{_table.Schema.Label.Classes[k].Name}' is in no private record, so that no teacher can know "
                + "it. Correct it, move records of it to the private ones, or declare the classes."));
        List<Problem> problems = [.. unseen];
        if (problems.Count > 0) throw new InvalidInputException(problems);
    }

    private void Look(RecordReader reader, PublishedPart part, int[] order, ProblemList problems)
    {
        var isPrivate = part == PublishedPart.Training;
        if (isPrivate) _private[_label.Last]++;
        else _elsewhere[_label.Last] ??= At(reader);
        if (_hospital is not { MayBeEmpty: true, LastIsEmpty: true } || !isPrivate) return;
        var column = Array.IndexOf(order, Array.IndexOf(_parsers, _hospital));
        Add(problems, reader, order[column], DataProblems.Missing, _hospital, []);
    }

    private void Add(
        ProblemList problems, RecordReader reader, int column, string code, CellParser parser, ReadOnlySpan<byte> cell)
    {
        if (problems.IsFull) problems.CountOneMore();
        else problems.Add(code, At(reader), $"column '{_columns[column].Name}'", parser.Explain(code, cell));
    }

    internal static string At(RecordReader reader) =>
        string.Create(CultureInfo.InvariantCulture, $"{reader.Place}({reader.Line})");

    internal static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
