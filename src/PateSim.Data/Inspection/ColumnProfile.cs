using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PateSim.Data.Datasets.Own;
using PateSim.Data.Reading;

namespace PateSim.Data.Inspection;

/// <summary>Counts what one column holds, in bounded memory.</summary>
internal sealed partial class ColumnProfile(string name)
{
    public const int MostLevels = 100;

    private const int MostCounted = 100_000;

    // Marks of missing values wherever they stand, and those that may be a level where words stand.
    private static readonly ImmutableArray<string> Marks =
        ["", "?", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "."];

    private static readonly ImmutableArray<string> MarksAmongNumbers = ["-", "--", "none", "None", "unknown", "missing"];

    private static readonly ImmutableArray<byte[]> MarkBytes = [.. Marks.Select(Encoding.UTF8.GetBytes)];

    private readonly NameTable _names = new();
    private readonly List<long> _counts = [];
    private readonly SortedSet<string> _marksSeen = new(StringComparer.Ordinal);

    private long _missing, _values, _numbers, _commas, _dates, _zeros;
    private float _minimum = float.PositiveInfinity, _maximum = float.NegativeInfinity;
    private bool _isWhole = true, _isLong, _isBeyond;
    private string _word = "";

    public string Name { get; } = name;

    /// <summary>Marks of missing values that were seen.</summary>
    public IEnumerable<string> MarksSeen => _marksSeen.Concat(AmongNumbers());

    public void Look(ReadOnlySpan<byte> cell)
    {
        for (var i = 0; i < MarkBytes.Length; i++)
        {
            if (!cell.SequenceEqual(MarkBytes[i])) continue;
            _missing++;
            if (i > 0) _marksSeen.Add(Marks[i]);
            return;
        }
        _values++;
        if (NumberText.Read(cell, out var value) is null)
        {
            _numbers++;
            if (value < _minimum) _minimum = value;
            if (value > _maximum) _maximum = value;
            _isWhole &= value == MathF.Floor(value);
            if (NumberText.HasLeadingZero(cell)) _zeros++;
        }
        else if (cell.Length <= 40 && _commas + _dates < 1000)
        {
            if (NumberText.HasComma(cell)) _commas++;
            else if (Date().IsMatch(Encoding.UTF8.GetString(cell))) _dates++;
        }
        _isLong |= cell.Length > ColumnGuess.LongestName;
        if (_isBeyond || _isLong) return;
        var number = _names.Number(cell, Name);
        if (number == _counts.Count) _counts.Add(0);
        _counts[number]++;
        _isBeyond = _counts.Count > MostCounted;
    }

    public ColumnReport Report()
    {
        var among = AmongNumbers().ToList();
        var (missing, values) = (_missing, _values);
        var levels = Levels();
        if (among.Count > 0)
        {
            var marked = levels.Where(l => among.Contains(l.Level)).Sum(l => l.Count);
            (missing, values) = (missing + marked, values - marked);
            levels = [.. levels.Where(l => !among.Contains(l.Level))];
        }
        var (kind, note) = Judge(values, levels);
        return new ColumnReport(
            Name, kind, values, missing, _isBeyond || _isLong ? null : _counts.Count - among.Count,
            AsWritten(_minimum), AsWritten(_maximum),
            _isWhole && _numbers > 0, levels.Length <= MostLevels && !_isBeyond && !_isLong ? levels : [], note);
    }

    // The shortest text of the single: 91.1, not 91.0999984741211.
    private static double AsWritten(double value) =>
        double.Parse(((float)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private (CellKind Kind, string Note) Judge(long values, ImmutableArray<(string Level, long Count)> levels)
    {
        var isFew = !_isBeyond && !_isLong && levels.Length <= MostLevels && levels.All(l => LevelText.CanWrite(l.Level));
        if (values == 0) return (CellKind.Empty, "no record has a value");
        if (_numbers == values && _zeros == 0) return (CellKind.Number, "");
        if (_numbers == values)
            return isFew
                ? (CellKind.Category, "numbers with zeros before them: taken for codes")
                : (CellKind.FreeText, "numbers with zeros before them: taken for codes");
        if (_commas > 0 && _commas >= (values - _numbers) / 2)
            return (CellKind.Unusable, "decimal commas or marks of thousands: write points, and no marks, to use it");
        if (_dates > 0 && _numbers == 0) return (CellKind.Date, "dates: turn them into numbers, such as an age, to use it");
        if (_numbers > 0)
            return isFew
                ? (CellKind.Category, $"{_numbers} numbers among words, such as '{_word}'")
                : (CellKind.Unusable, $"{_numbers} numbers among words, such as '{_word}'");
        return isFew ? (CellKind.Category, "") : (CellKind.FreeText, "more values, or longer ones, than a category has");
    }

    // Words such as 'none' are marks of missing values where everything else is a number.
    private IEnumerable<string> AmongNumbers()
    {
        if (_numbers == 0 || _numbers == _values || _isLong) return [];
        var words = Levels().Where(l => NumberText.Read(Encoding.UTF8.GetBytes(l.Level), out _) is not null).ToList();
        _word = words.FirstOrDefault().Level ?? "";
        return words.Count > 0 && words.All(w => MarksAmongNumbers.Contains(w.Level)) && _numbers + words.Sum(w => w.Count) == _values
            ? words.Select(w => w.Level) : [];
    }

    private ImmutableArray<(string Level, long Count)> Levels() =>
        [.. _names.Texts().Select((l, i) => (l, _counts[i])).OrderBy(l => l.l, StringComparer.Ordinal)];

    [GeneratedRegex(@"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
