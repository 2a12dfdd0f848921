using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PateSim.Core;
using PateSim.Data.Tables;

namespace PateSim.Data.Reading;

/// <summary>Puts the cells of one column into a table.</summary>
internal abstract class CellParser
{
    /// <summary>Stores the cell's value.</summary>
    /// <returns>Null, or the code of the problem with it.</returns>
    public abstract string? Parse(ReadOnlySpan<byte> cell, int row);

    /// <summary>The message of a problem that <see cref="Parse"/> found; made only for those that are listed.</summary>
    public abstract string Explain(string code, ReadOnlySpan<byte> cell);

    /// <summary>The parser of a column, or null for one that is ignored.</summary>
    public static CellParser? For(Column column, RawTableBuilder table) => column switch
    {
        NumericColumn numeric => new NumericParser(numeric, table.Schema.Features.IndexOf(column), table),
        CategoricalColumn categorical => new CategoryParser(categorical, table.Schema.Features.IndexOf(column), table),
        LabelColumn label => new LabelParser(label, table),
        HospitalColumn hospital => new HospitalParser(hospital, table),
        PatientColumn patient => new PatientParser(patient, table),
        IgnoredColumn => null,
        _ => throw new ArgumentException($"The column '{column.Name}' is of the unknown kind {column.GetType().Name}."),
    };

    /// <summary>A cell as messages quote it: at most 40 characters.</summary>
    public static string Show(ReadOnlySpan<byte> cell)
    {
        var text = Encoding.UTF8.GetString(cell.Length > 160 ? cell[..160] : cell);
        return text.Length > 40 ? text[..40] + "…" : text;
    }

    private static string ExplainMissing(Column column) => column.MayBeMissing
        ? $"the cell is empty; a missing value is written as {Quoted(column)}."
        : "the cell is empty; the column has no missing values.";

    private static string ExplainUnknown(string what, ReadOnlySpan<byte> cell, ImmutableArray<Level> levels)
    {
        var shown = Show(cell);
        return $"the {what} '{shown}' is unknown. {Suggestion.Describe(shown, [.. levels.SelectMany(l => l.Written)])}";
    }

    private static string Quoted(Column column) => string.Join(" or ", column.MissingMarks.Select(m => $"'{m}'"));

    private sealed class NumericParser(NumericColumn column, int feature, RawTableBuilder table) : CellParser
    {
        private const NumberStyles Styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

        private readonly byte[][] _marks = [.. column.MissingMarks.Select(Encoding.UTF8.GetBytes)];

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            if (IsMissing(cell))
            {
                table.SetNumeric(feature, row, float.NaN);
                return null;
            }
            if (!TryParseWhole(cell, out var value)
                && !float.TryParse(cell, Styles, CultureInfo.InvariantCulture, out value))
                return cell.IsEmpty ? DataProblems.Missing : DataProblems.NotANumber;
            if (!float.IsFinite(value)) return DataProblems.NotFinite;
            table.SetNumeric(feature, row, value);
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) => code switch
        {
            DataProblems.Missing => ExplainMissing(column),
            DataProblems.NotFinite => $"'{Show(cell)}' is not a finite number.",
            _ when column.MayBeMissing =>
                $"'{Show(cell)}' is not a number; a missing value is written as {Quoted(column)}.",
            _ => $"'{Show(cell)}' is not a number.",
        };

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

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            var code = _spellings.Find(cell);
            if (code == SpellingTable.NotFound) return cell.IsEmpty ? DataProblems.Missing : DataProblems.UnknownLevel;
            table.SetCode(feature, row, (short)code);
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) =>
            code == DataProblems.Missing ? ExplainMissing(column) : ExplainUnknown("level", cell, column.Levels);
    }

    private sealed class LabelParser(LabelColumn column, RawTableBuilder table) : CellParser
    {
        private readonly SpellingTable _spellings = new(column.Classes, []);

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            var code = _spellings.Find(cell);
            if (code == SpellingTable.NotFound) return DataProblems.UnknownLabel;
            table.SetLabel(row, code);
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) =>
            ExplainUnknown("label", cell, column.Classes);
    }

    // Codes in the order in which the file names the patients; a patient's name is not kept.
    private sealed class PatientParser(PatientColumn column, RawTableBuilder table) : CellParser
    {
        private readonly Dictionary<string, int> _met = new(StringComparer.Ordinal);

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            if (cell.IsEmpty) return DataProblems.Missing;
            var name = Encoding.UTF8.GetString(cell);
            if (!_met.TryGetValue(name, out var code)) _met.Add(name, code = _met.Count);
            table.SetPatient(row, code);
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) => ExplainMissing(column);
    }

    internal sealed class HospitalParser(HospitalColumn column, RawTableBuilder table) : CellParser
    {
        private readonly SpellingTable? _declared = column.Hospitals.IsEmpty ? null : new(column.Hospitals, []);
        private readonly Dictionary<string, int> _met = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];

        /// <summary>The hospitals in the order in which the file names them; null when they were declared.</summary>
        public IReadOnlyList<string>? Discovered => _declared is null ? _names : null;

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            if (cell.IsEmpty) return DataProblems.Missing;
            var code = _declared?.Find(cell) ?? Meet(Encoding.UTF8.GetString(cell));
            if (code == SpellingTable.NotFound) return DataProblems.UnknownLevel;
            table.SetSite(row, code);
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) =>
            code == DataProblems.Missing ? ExplainMissing(column) : ExplainUnknown("hospital", cell, column.Hospitals);

        private int Meet(string name)
        {
            if (_met.TryGetValue(name, out var code)) return code;
            _met.Add(name, _names.Count);
            _names.Add(name);
            return _names.Count - 1;
        }
    }
}
