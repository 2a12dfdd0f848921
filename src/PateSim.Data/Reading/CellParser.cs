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
        HospitalColumn hospital => new HospitalParser(hospital, table)
        {
            MayBeEmpty = table.Schema.PartsAreBinding,
        },
        PatientColumn patient => new PatientParser(patient, table),
        PartColumn part => new PartParser(part, table),
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
        private readonly byte[][] _marks = [.. column.MissingMarks.Select(Encoding.UTF8.GetBytes)];

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            foreach (var mark in _marks)
            {
                if (!cell.SequenceEqual(mark)) continue;
                table.SetNumeric(feature, row, float.NaN);
                return null;
            }
            if (cell.IsEmpty) return DataProblems.Missing;
            if (NumberText.Read(cell, out var value) is { } code) return code;
            if (column.IsLimit && (value < (float)column.Minimum || value > (float)column.Maximum))
                return DataProblems.OutsideRange;
            table.SetNumeric(feature, row, value);
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) => code switch
        {
            DataProblems.Missing => ExplainMissing(column),
            DataProblems.OutsideRange => string.Create(
                CultureInfo.InvariantCulture,
                $"{Show(cell)} is outside of the declared range {column.Minimum} to {column.Maximum}; correct it, widen "
                + $"the range, or declare it a mark of missing values."),
            DataProblems.NotANumber => NumberText.Explain(code, cell).TrimEnd(';')
                + (column.MayBeMissing ? $"; a missing value is written as {Quoted(column)}." : "."),
            _ => NumberText.Explain(code, cell),
        };
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

    internal sealed class LabelParser(LabelColumn column, RawTableBuilder table) : CellParser
    {
        private readonly SpellingTable _spellings = new(column.Classes, []);

        /// <summary>The class of the last cell that was read.</summary>
        public int Last { get; private set; }

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            var code = _spellings.Find(cell);
            if (code == SpellingTable.NotFound) return DataProblems.UnknownLabel;
            table.SetLabel(row, code);
            Last = code;
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) =>
            ExplainUnknown("label", cell, column.Classes);
    }

    // Codes in the order in which the file names the patients; a patient's name is not kept with the table.
    private sealed class PatientParser(PatientColumn column, RawTableBuilder table) : CellParser
    {
        private readonly NameTable _met = new();

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            if (cell.IsEmpty) return DataProblems.Missing;
            table.SetPatient(row, _met.Number(cell, column.Name));
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) => ExplainMissing(column);
    }

    internal sealed class HospitalParser(HospitalColumn column, RawTableBuilder table) : CellParser
    {
        private readonly SpellingTable? _declared = column.Hospitals.IsEmpty ? null : new(column.Hospitals, []);
        private readonly NameTable _met = new();

        /// <summary>The hospitals in the order in which the file names them; null when they were declared.</summary>
        public IReadOnlyList<string>? Discovered => _declared is null ? _met.Texts() : null;

        /// <summary>Whether the last cell that was read named no hospital.</summary>
        public bool LastIsEmpty { get; private set; }

        /// <summary>Whether records that are not private may name none; the loader then looks at those that are.
        /// </summary>
        public bool MayBeEmpty { get; init; }

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            LastIsEmpty = cell.IsEmpty;
            if (LastIsEmpty)
            {
                table.SetSite(row, RawTable.NoSite);
                return MayBeEmpty ? null : DataProblems.Missing;
            }
            var code = _declared?.Find(cell) ?? _met.Number(cell, column.Name);
            if (code == SpellingTable.NotFound) return DataProblems.UnknownLevel;
            table.SetSite(row, code);
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) =>
            code == DataProblems.Missing ? ExplainMissing(column) : ExplainUnknown("hospital", cell, column.Hospitals);
    }

    internal sealed class PartParser(PartColumn column, RawTableBuilder table) : CellParser
    {
        private readonly ImmutableArray<(PublishedPart Part, Level Level)> _parts = column.Parts;
        private readonly SpellingTable _spellings = new([.. column.Parts.Select(p => p.Level)], []);

        /// <summary>The part of the last cell that was read.</summary>
        public PublishedPart Last { get; private set; }

        public override string? Parse(ReadOnlySpan<byte> cell, int row)
        {
            var code = _spellings.Find(cell);
            if (code == SpellingTable.NotFound) return cell.IsEmpty ? DataProblems.Missing : DataProblems.UnknownLevel;
            Last = _parts[code].Part;
            table.SetPart(row, Last);
            return null;
        }

        public override string Explain(string code, ReadOnlySpan<byte> cell) => code == DataProblems.Missing
            ? ExplainMissing(column)
            : ExplainUnknown("part", cell, [.. column.Parts.Select(p => p.Level)])
                + " Say with parts which spelling means private, public, test or held-out.";
    }
}
