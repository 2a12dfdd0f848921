using System.Collections.Immutable;
using System.Text;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets.Own;

/// <summary>What the cells of one column look like, and what column that and its declaration make.</summary>
internal sealed class ColumnGuess
{
    public const int LongestName = 200;

    private const int MostLevels = 100;

    private readonly string _name;
    private readonly OwnOptions _options;
    private readonly ColumnDeclaration _declared;
    private readonly ImmutableArray<string> _missing;
    private readonly byte[][] _marks;
    private readonly NameTable _levels = new();
    private readonly bool _isLabel;

    private long _numbers;
    private float _minimum = float.PositiveInfinity, _maximum = float.NegativeInfinity;
    private string? _firstOther, _firstBeyond, _comma, _zero;
    private string _other = "", _otherCode = "", _zeroCell = "";

    public ColumnGuess(string name, OwnOptions options, ColumnDeclaration? fromFile)
    {
        (_name, _options) = (name, options);
        _declared = Merge(options.Columns.GetValueOrDefault(name), fromFile);
        // A level that the header lists is one, though it looks like a general mark of missing values.
        _missing = _declared.Missing ?? options.Missing.RemoveRange(
            fromFile is null ? [] : _declared.Levels.SelectMany(l => l.Written).Intersect(options.Missing));
        _marks = [.. _missing.Select(Encoding.UTF8.GetBytes)];
        _isLabel = name == options.Label;
        var hasRole = name == options.Hospital || name == options.Patient || name == options.Part;
        NeedsLook = !hasRole && (_isLabel ? Classes.IsEmpty : !_declared.IsComplete);
    }

    /// <summary>Whether the records have to say what the declaration does not.</summary>
    public bool NeedsLook { get; }

    private ImmutableArray<Level> Classes =>
        _options.Classes.IsEmpty ? _declared.Levels : _options.Classes;

    public void Look(ReadOnlySpan<byte> cell, RecordReader reader)
    {
        foreach (var mark in _marks)
        {
            if (cell.SequenceEqual(mark)) return;
        }
        if (!_isLabel && _declared.Kind != ColumnKind.Category)
        {
            var code = NumberText.Read(cell, out var value);
            if (code is null)
            {
                _numbers++;
                if (value < _minimum) _minimum = value;
                if (value > _maximum) _maximum = value;
                if (_zero is null && NumberText.HasLeadingZero(cell))
                    (_zero, _zeroCell) = (RecordLoader.At(reader), CellParser.Show(cell));
                return;
            }
            if (_declared.Kind == ColumnKind.Number) return;
            if (_firstOther is null)
            {
                _firstOther = RecordLoader.At(reader);
                _other = CellParser.Show(cell);
                _otherCode = code == DataProblems.NotFinite && cell.IndexOfAnyInRange((byte)'0', (byte)'9') < 0
                    ? DataProblems.NotANumber : code;
            }
            if (_comma is null && NumberText.HasComma(cell)) _comma = RecordLoader.At(reader);
        }
        if (_firstBeyond is not null) return;
        if (cell.Length > LongestName || _levels.Number(cell, reader.Place) >= MostLevels)
            _firstBeyond = RecordLoader.At(reader);
    }

    /// <summary>The column, or null after adding a problem.</summary>
    public Column? Column(string file, ProblemList problems)
    {
        var meaning = _declared.Meaning;
        string Or(string otherwise) => meaning.Length > 0 ? meaning : otherwise;
        if (_name == _options.Hospital)
            return new HospitalColumn(_name, Or("which hospital holds the record"), DeclaredHospitals());
        if (_name == _options.Patient) return new PatientColumn(_name, Or("whose record it is"));
        if (_name == _options.Part) return new PartColumn(_name, Or("which part the record is of"), _options.Parts);
        if (_isLabel) return Label(file, Or("the column to predict"), problems);
        if (_declared.Kind == ColumnKind.Ignored) return new IgnoredColumn(_name, Or("left out by the scenario"));
        if (_declared is { Kind: ColumnKind.Category, Levels.IsEmpty: false })
        {
            if (_declared.Levels.Length <= short.MaxValue)
                return Category(Or("a category of the file"), _declared.Levels);
            problems.Add(
                DataProblems.TooLarge, file, $"column '{_name}'",
                $"it has {_declared.Levels.Length} levels; {short.MaxValue} are possible.");
            return null;
        }
        if (_declared.Kind == ColumnKind.Number) return Number(Or("a number of the file"));
        if (Fault() is { } fault)
        {
            problems.Add(fault.Code, fault.At ?? file, $"column '{_name}'", fault.Message);
            return null;
        }
        return _declared.Kind == ColumnKind.Inferred && _numbers > 0
            ? Number(Or("a number of the file"))
            : Category(Or("a category of the file"), [.. Names().Select(l => new Level(l))]);
    }

    private (string Code, string? At, string Message)? Fault()
    {
        if (_numbers == 0 && _levels.Count == 0 && _firstBeyond is null)
            return (DataProblems.Ambiguous, null, "no record has a value; write it to ignore.");
        var mayBeNumber = _declared.Kind == ColumnKind.Inferred;
        if (mayBeNumber && _comma is not null)
            return (DataProblems.Ambiguous, _comma,
                "numbers are written with a decimal comma or marks of thousands; write them with a point, and without "
                + "marks.");
        if (mayBeNumber && _numbers > 0 && _firstOther is not null)
        {
            var what = _otherCode == DataProblems.NotANumber
                ? $"'{_other}' is no number where {_numbers} other cells are"
                : NumberText.Explain(_otherCode, Encoding.UTF8.GetBytes(_other)).TrimEnd('.')
                    + $", and {_numbers} other cells are numbers";
            return (DataProblems.Ambiguous, _firstOther,
                $"{what}; correct it, add it to missing, or write the column to categorical.");
        }
        if (mayBeNumber && _zero is not null)
            return (DataProblems.LeadingZeros, _zero,
                $"'{_zeroCell}' begins with a zero, as codes do and quantities do not; write the column to categorical, "
                + "ignore or patient, or to numeric if it is a number all the same.");
        return _firstBeyond is null || mayBeNumber && _numbers > 0 ? null
            : (DataProblems.Ambiguous, _firstBeyond,
                $"it has more than {MostLevels} different values, or one of more than {LongestName} bytes; such a column "
                + "is no category: write it to ignore, or to patient if it says whose record it is.");
    }

    private NumericColumn Number(string meaning)
    {
        double low, high;
        if (_declared.Range is { } range) (low, high) = range;
        else
        {
            (low, high) = _numbers == 0 ? (0, 1) : (_minimum, _maximum);
            // A constant column needs a range too.
            if (low == high) high = low + Math.Max(1, Math.Abs(low));
        }
        return new NumericColumn(_name, meaning, _declared.Unit, low, high)
        {
            MissingMarks = _missing,
            IsLimit = _declared.Range is not null,
        };
    }

    private CategoricalColumn Category(string meaning, ImmutableArray<Level> levels) =>
        new(_name, meaning, levels) { MissingMarks = _missing };

    private ImmutableArray<Level> DeclaredHospitals() =>
        _options.Columns.GetValueOrDefault(_name)?.Levels ?? [];

    private LabelColumn? Label(string file, string meaning, ProblemList problems)
    {
        if (Classes.Length >= 2) return new LabelColumn(_name, meaning, Classes);
        if (_firstBeyond is null && _levels.Count >= 2)
            return new LabelColumn(_name, meaning, [.. Names().Select(l => new Level(l))]);
        if (!Classes.IsEmpty)
            problems.Add(
                DataProblems.Ambiguous, file, $"column '{_name}'", "the header gives it one class; a label has two or more.");
        else problems.Add(
            DataProblems.Ambiguous, _firstBeyond ?? file, $"column '{_name}'", _firstBeyond is not null
                ? $"it has more than {MostLevels} different values: no label of classes."
                : $"it has {_levels.Count} different values; a label has two or more.");
        return null;
    }

    private IEnumerable<string> Names() => _levels.Texts().Order(StringComparer.Ordinal);

    private static ColumnDeclaration Merge(ColumnDeclaration? declared, ColumnDeclaration? fromFile)
    {
        if (declared is null) return fromFile ?? ColumnDeclaration.None;
        if (fromFile is null || declared.Kind != ColumnKind.Inferred) return declared;
        return declared with { Kind = fromFile.Kind, Levels = fromFile.Levels };
    }
}
