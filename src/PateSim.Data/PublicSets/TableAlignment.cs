using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Data.Federation;
using PateSim.Data.Tables;

namespace PateSim.Data.PublicSets;

/// <summary>One table in the columns of another.</summary>
internal static class TableAlignment
{
    private const string Path = "data.public.source.kind";

    /// <summary>The records of <paramref name="other"/> with the feature columns and classes of
    /// <paramref name="hospitals"/>; labels 0 where its classes are others.</summary>
    /// <param name="name">What the other dataset is called in messages.</param>
    /// <exception cref="FederationException">A column is missing, of another type, or has other levels.</exception>
    public static (RawTable Table, bool LabelsKnown) To(RawTable hospitals, RawTable other, string name)
    {
        var schema = hospitals.Schema;
        var aligned = new RawTableBuilder(schema.WithoutIdentifiers(), other.Rows);
        aligned.AddRows(other.Rows);
        var problems = new List<string>();
        for (var f = 0; f < schema.Features.Length; f++)
        {
            var found = Find(other.Schema, schema.Features[f].Name);
            if (found < 0)
            {
                problems.Add($"it has no column '{schema.Features[f].Name}'. "
                    + Suggestion.Describe(schema.Features[f].Name, [.. other.Schema.Features.Select(c => c.Name).Take(20)]));
                continue;
            }
            var refusal = schema.Features[f] is NumericColumn
                ? CopyNumeric(other, found, aligned, f, schema.Features[f])
                : CopyCodes(other, found, aligned, f, (CategoricalColumn)schema.Features[f]);
            if (refusal is not null) problems.Add(refusal);
        }
        if (problems.Count > 0)
            throw new FederationException(
                Path, FederationException.OtherColumns,
                $"'{name}' does not have the columns of the hospitals' dataset: {problems[0]}"
                + (problems.Count == 1 ? "" : $" {problems.Count - 1} more columns do not fit."));
        return (aligned.Build(), CopyLabels(hospitals, other, aligned));
    }

    private static int Find(TableSchema schema, string name)
    {
        for (var f = 0; f < schema.Features.Length; f++)
        {
            if (schema.Features[f].Name == name) return f;
        }
        return -1;
    }

    private static string? CopyNumeric(RawTable other, int from, RawTableBuilder aligned, int to, Column column)
    {
        if (other.Schema.Features[from] is not NumericColumn)
            return $"its column '{column.Name}' is a category, and theirs is a number.";
        var values = other.Numeric(from);
        for (var row = 0; row < values.Length; row++)
        {
            if (float.IsNaN(values[row]) && !column.MayBeMissing) return Missing(column);
            aligned.SetNumeric(to, row, values[row]);
        }
        return null;
    }

    private static string? CopyCodes(
        RawTable other, int from, RawTableBuilder aligned, int to, CategoricalColumn column)
    {
        if (other.Schema.Features[from] is not CategoricalColumn theirs)
            return $"its column '{column.Name}' is a number, and theirs is a category.";
        var names = column.Levels.Select(l => l.Name).ToImmutableArray();
        short[] map = [.. theirs.Levels.Select(l => (short)names.IndexOf(l.Name))];
        var codes = other.Codes(from);
        for (var row = 0; row < codes.Length; row++)
        {
            var code = codes[row];
            if (code == RawTable.MissingCode)
            {
                if (!column.MayBeMissing) return Missing(column);
                aligned.SetCode(to, row, code);
                continue;
            }
            if (map[code] < 0)
                return $"its column '{column.Name}' has the level '{theirs.Levels[code].Name}', which theirs has not "
                    + $"({string.Join(", ", names.Take(20))}).";
            aligned.SetCode(to, row, map[code]);
        }
        return null;
    }

    private static bool CopyLabels(RawTable hospitals, RawTable other, RawTableBuilder aligned)
    {
        int[] map = [.. other.ClassNames.Select(c => hospitals.ClassNames.IndexOf(c))];
        if (map.Contains(-1)) return false;
        for (var row = 0; row < other.Rows; row++) aligned.SetLabel(row, map[other.Labels[row]]);
        return true;
    }

    private static string Missing(Column column) =>
        $"its column '{column.Name}' lacks values, which theirs never does; drop the column with "
        + "data.public.deidentify.drop.";
}
