using System.Globalization;
using System.Text;
using PateSim.Core;
using PateSim.Data.Tables;

namespace PateSim.Data.Reading;

/// <summary>Why a cell cannot be used: a code and a message, or nothing when it can.</summary>
internal readonly record struct CellFault(string? Code, string? Message)
{
    public static CellFault None => default;

    /// <summary>A cell as messages quote it: at most 40 characters.</summary>
    public static string Show(ReadOnlySpan<byte> cell)
    {
        var text = Encoding.UTF8.GetString(cell.Length > 160 ? cell[..160] : cell);
        return text.Length > 40 ? text[..40] + "…" : text;
    }
}

/// <summary>Puts the cells of one column into a table.</summary>
internal abstract class CellParser
{
    public abstract CellFault Parse(ReadOnlySpan<byte> cell, int row);

    /// <summary>The parser of a column, or null for one that is ignored.</summary>
    public static CellParser? For(Column column, RawTableBuilder table) => column switch
    {
        NumericColumn numeric => new NumericParser(numeric, table.Schema.Features.IndexOf(column), table),
        CategoricalColumn categorical => new CategoryParser(categorical, table.Schema.Features.IndexOf(column), table),
        LabelColumn label => new LabelParser(label, table),
        HospitalColumn hospital => new HospitalParser(hospital, table),
        IgnoredColumn => null,
        _ => throw new ArgumentException($"The column '{column.Name}' is of the unknown kind {column.GetType().Name}."),
    };

    protected static CellFault MissingValue(Column column) => new(
        DataProblems.Missing,
        column.MayBeMissing
            ? $"the cell is empty; a missing value is written as {Quoted(column.MissingMarks)}."
            : "the cell is empty; the column has no missing values.");

    protected static string Quoted(IEnumerable<string> marks) => string.Join(" or ", marks.Select(m => $"'{m}'"));

    private sealed class NumericParser(NumericColumn column, int feature, RawTableBuilder table) : CellParser
    {
        private const NumberStyles Styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

        private readonly byte[][] _marks = [.. column.MissingMarks.Select(Encoding.UTF8.GetBytes)];

        public override CellFault Parse(ReadOnlySpan<byte> cell, int row)
        {
            if (!TryParseWhole(cell, out var value) && !float.TryParse(cell, Styles, CultureInfo.InvariantCulture, out value))
            {
                if (IsMissing(cell)) value = float.NaN;
                else return cell.IsEmpty ? MissingValue(column) : Refuse(cell);
            }
            else if (_marks.Length > 0 && IsMissing(cell)) value = float.NaN;
            else if (!float.IsFinite(value))
                return new(DataProblems.NotFinite, $"'{CellFault.Show(cell)}' is not a finite number.");
            table.SetNumeric(feature, row, value);
            return CellFault.None;
        }

        private CellFault Refuse(ReadOnlySpan<byte> cell)
        {
            var missing = column.MayBeMissing ? $"; a missing value is written as {Quoted(column.MissingMarks)}" : "";
            return new(DataProblems.NotANumber, $"'{CellFault.Show(cell)}' is not a number{missing}.");
        }

        private bool IsMissing(ReadOnlySpan<byte> cell)
        {
            foreach (var mark in _marks)
            {
                if (cell.SequenceEqual(mark)) return true;
            }
            return false;
        }

        // Up to seven digits are exact in single precision; most cells are such.
        private static bool TryParseWhole(ReadOnlySpan<byte> cell, out float value)
        {
            value = 0;
            if (cell.Length is 0 or > 7) return false;
            var number = 0;
            foreach (var b in cell)
            {
                var digit = b - '0';
                if ((uint)digit > 9) return false;
                number = 10 * number + digit;
            }
            value = number;
            return true;
        }
    }

    private sealed class CategoryParser(CategoricalColumn column, int feature, RawTableBuilder table) : CellParser
    {
        private readonly SpellingTable _spellings = new(column.Levels, column.MissingMarks);

        public override CellFault Parse(ReadOnlySpan<byte> cell, int row)
        {
            var code = _spellings.Find(cell);
            if (code == SpellingTable.NotFound)
            {
                if (cell.IsEmpty) return MissingValue(column);
                var shown = CellFault.Show(cell);
                var known = column.Levels.SelectMany(l => l.Written).ToList();
                return new(DataProblems.UnknownLevel, $"the level '{shown}' is unknown. {Suggestion.Describe(shown, known)}");
            }
            table.SetCode(feature, row, (short)code);
            return CellFault.None;
        }
    }

    private sealed class LabelParser(LabelColumn column, RawTableBuilder table) : CellParser
    {
        private readonly SpellingTable _spellings = new(column.Classes, []);

        public override CellFault Parse(ReadOnlySpan<byte> cell, int row)
        {
            var code = _spellings.Find(cell);
            if (code == SpellingTable.NotFound)
            {
                var shown = CellFault.Show(cell);
                var known = column.Classes.SelectMany(l => l.Written).ToList();
                return new(DataProblems.UnknownLabel, $"the label '{shown}' is unknown. {Suggestion.Describe(shown, known)}");
            }
            table.SetLabel(row, code);
            return CellFault.None;
        }
    }

    internal sealed class HospitalParser(HospitalColumn column, RawTableBuilder table) : CellParser
    {
        private readonly SpellingTable? _declared = column.Hospitals.IsEmpty ? null : new(column.Hospitals, []);
        private readonly Dictionary<string, int> _met = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];

        /// <summary>The hospitals in the order in which the file names them; null when they were declared.</summary>
        public IReadOnlyList<string>? Discovered => _declared is null ? _names : null;

        public override CellFault Parse(ReadOnlySpan<byte> cell, int row)
        {
            if (cell.IsEmpty) return MissingValue(column);
            var code = _declared?.Find(cell) ?? Meet(Encoding.UTF8.GetString(cell));
            if (code == SpellingTable.NotFound)
            {
                var shown = CellFault.Show(cell);
                var known = column.Hospitals.SelectMany(l => l.Written).ToList();
                return new(
                    DataProblems.UnknownLevel, $"the hospital '{shown}' is unknown. {Suggestion.Describe(shown, known)}");
            }
            table.SetSite(row, code);
            return CellFault.None;
        }

        private int Meet(string name)
        {
            if (_met.TryGetValue(name, out var code)) return code;
            _met.Add(name, _names.Count);
            _names.Add(name);
            return _names.Count - 1;
        }
    }
}
