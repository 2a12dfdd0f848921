using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>What the cells of one column look like, and what column that makes.</summary>
internal sealed class CsvColumnGuess(string name, CsvOptions options)
{
    public const int LongestName = 200;

    private const int MostLevels = 100;

    private readonly byte[][] _marks = [.. options.Missing.Select(Encoding.UTF8.GetBytes)];
    private readonly SortedSet<string> _levels = new(StringComparer.Ordinal);
    private readonly bool _isLabel = name == options.Label;
    private readonly bool _isCategory = options.Categorical.Contains(name);
    private readonly bool _isUnused =
        name == options.Hospital || name == options.Patient || options.Ignored.Contains(name);

    private long _numbers;
    private double _minimum = double.PositiveInfinity, _maximum = double.NegativeInfinity;
    private int _firstOther, _firstBeyond, _decimalComma;
    private string _other = "";

    public void Look(ReadOnlySpan<byte> cell, int line)
    {
        if (_isUnused || IsMissing(cell)) return;
        if (!_isLabel && !_isCategory)
        {
            if (float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && float.IsFinite(value))
            {
                _numbers++;
                _minimum = Math.Min(_minimum, value);
                _maximum = Math.Max(_maximum, value);
                return;
            }
            if (_firstOther == 0) (_firstOther, _other) = (line, CellParser.Show(cell));
            if (_decimalComma == 0 && HasDecimalComma(cell)) _decimalComma = line;
        }
        if (_firstBeyond > 0) return;
        if (cell.Length > LongestName) _firstBeyond = line;
        else if (_levels.Add(Encoding.UTF8.GetString(cell)) && _levels.Count > MostLevels) _firstBeyond = line;
    }

    /// <summary>The column, or null after adding a problem.</summary>
    public Column? Column(string place, ProblemList problems)
    {
        if (name == options.Hospital) return new HospitalColumn(name, "which hospital holds the record", []);
        if (name == options.Patient) return new PatientColumn(name, "whose record it is");
        if (_isUnused) return new IgnoredColumn(name, "left out by the scenario");
        if (_isLabel) return Label(place, problems);
        if (options.Numeric.Contains(name) || !_isCategory && _firstOther == 0 && _numbers > 0) return Number();
        string? fault = null;
        var at = _firstOther;
        if (_numbers == 0 && _levels.Count == 0 && _firstBeyond == 0)
            fault = "no record has a value; write it to ignore.";
        else if (!_isCategory && _decimalComma > 0)
        {
            at = _decimalComma;
            fault = "numbers are written with a decimal comma; write them with a point.";
        }
        else if (!_isCategory && _numbers > 0)
            fault = $"'{_other}' is no number where {_numbers} other cells are; correct it, add it to missing, or "
                + "write the column to categorical.";
        else if (_firstBeyond > 0)
        {
            at = _firstBeyond;
            fault = $"it has more than {MostLevels} different values, or one of more than {LongestName} bytes; such a "
                + "column is no category: write it to ignore, or to patient if it says whose record it is.";
        }
        if (fault is null)
            return new CategoricalColumn(name, "a category of the file", [.. _levels.Select(l => new Level(l))])
            {
                MissingMarks = options.Missing,
            };
        problems.Add(
            DataProblems.Ambiguous, at > 0 ? CsvInference.At(place, at) : place, $"column '{name}'", fault);
        return null;
    }

    private NumericColumn Number()
    {
        var (low, high) = _numbers == 0 ? (0, 1) : (_minimum, _maximum);
        // A constant column needs a range too.
        if (low == high) high = low + Math.Max(1, Math.Abs(low));
        return new NumericColumn(name, "a number of the file", "", low, high)
        {
            MissingMarks = options.Missing,
        };
    }

    private LabelColumn? Label(string place, ProblemList problems)
    {
        const string Meaning = "the column to predict";
        if (!options.Classes.IsEmpty) return new LabelColumn(name, Meaning, options.Classes);
        if (_firstBeyond == 0 && _levels.Count >= 2)
            return new LabelColumn(name, Meaning, [.. _levels.Select(l => new Level(l))]);
        problems.Add(
            DataProblems.Ambiguous, _firstBeyond > 0 ? CsvInference.At(place, _firstBeyond) : place,
            $"column '{name}'", _firstBeyond > 0
                ? $"it has more than {MostLevels} different values: no label of classes."
                : $"it has {_levels.Count} different values; a label has two or more.");
        return null;
    }

    private bool IsMissing(ReadOnlySpan<byte> cell)
    {
        foreach (var mark in _marks)
        {
            if (cell.SequenceEqual(mark)) return true;
        }
        return false;
    }

    private static bool HasDecimalComma(ReadOnlySpan<byte> cell)
    {
        var at = cell.IndexOf((byte)',');
        return at > 0 && at < cell.Length - 1
            && AreDigits(cell[(cell[0] is (byte)'-' or (byte)'+' ? 1 : 0)..at]) && AreDigits(cell[(at + 1)..]);
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
