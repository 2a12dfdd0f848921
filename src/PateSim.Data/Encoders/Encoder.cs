using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using PateSim.Core.Features;
using PateSim.Data.Tables;

namespace PateSim.Data.Encoders;

/// <summary>
/// Makes feature vectors of records, with constants fixed beforehand. The number and meaning of the features follow
/// from the declared schema alone, never from the data.
/// </summary>
/// <remarks>
/// <para>A numeric column becomes (x − centre)/scale; with own-level, a column that may be missing has an indicator
/// beside it, 1 where the value is missing, and the value itself is then the mean of the fit.</para>
/// <para>A categorical column with L levels becomes L features of 0 and 1; with own-level, a column that may be missing
/// has an (L+1)-th for missing; with mean, a missing cell becomes the L shares of the fit.</para>
/// <para>Values outside the range of the fit are not clamped.</para>
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class Encoder
{
    private readonly ImmutableArray<ColumnCode> _columns;

    private Encoder(ImmutableArray<ColumnCode> columns, ImmutableArray<string> names, EncodingRecord record) =>
        (_columns, FeatureNames, Record) = (columns, names, record);

    /// <summary>Such as <c>age</c>, <c>age=missing</c>, <c>sex=female</c>; length d.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    public EncodingRecord Record { get; }

    /// <summary>Computes the constants.</summary>
    /// <param name="fitRows">The public rows, or the private rows for <see cref="FittedOn.Pooled"/>; not looked at for
    /// <see cref="FittedOn.Schema"/>.</param>
    public static Encoder Fit(RawTable table, ReadOnlySpan<int> fitRows, EncodingOptions options)
    {
        if (options.FittedOn == FittedOn.Schema) fitRows = [];
        else if (fitRows.IsEmpty)
            throw new ArgumentException("There is no record to fit the encoding on.", nameof(fitRows));
        var features = table.Schema.Features;
        var columns = ImmutableArray.CreateBuilder<ColumnCode>(features.Length);
        var records = ImmutableArray.CreateBuilder<ColumnEncoding>(features.Length);
        var names = ImmutableArray.CreateBuilder<string>();
        for (var f = 0; f < features.Length; f++)
        {
            var first = names.Count;
            var own = features[f].MayBeMissing && options.Missing == MissingEncoding.OwnLevel;
            if (features[f] is NumericColumn numeric)
            {
                var (code, note) = FitNumeric(f, first, numeric, table.Numeric(f), fitRows, options, own);
                columns.Add(code);
                names.Add(numeric.Name);
                if (own) names.Add(numeric.Name + "=missing");
                records.Add(
                    new ColumnEncoding(numeric.Name, first, names.Count - first, code.Centre, code.Scale, note));
            }
            else
            {
                var levels = ((CategoricalColumn)features[f]).Levels;
                var shares = own ? null : ColumnStatistics.LevelShares(table.Codes(f), fitRows, levels.Length);
                columns.Add(new ColumnCode(f, first, own ? first + levels.Length : -1, 0, 1, 0, shares));
                names.AddRange(levels.Select(l => $"{features[f].Name}={l.Name}"));
                if (own) names.Add(features[f].Name + "=missing");
                records.Add(new ColumnEncoding(features[f].Name, first, names.Count - first, 0, 1, ""));
            }
        }
        var record = new EncodingRecord(
            options, fitRows.Length, options.FittedOn == FittedOn.Pooled || table.Schema.FromRecords,
            State(options.FittedOn, fitRows.Length, table.Schema.FromRecords),
            records.MoveToImmutable());
        return new Encoder(columns.MoveToImmutable(), names.ToImmutable(), record);
    }

    /// <summary>The features and labels of the rows, in the order given.</summary>
    /// <param name="table">Of the schema that the encoder was fitted on.</param>
    public LabelledData Encode(RawTable table, ReadOnlySpan<int> rows)
    {
        var width = FeatureNames.Length;
        var values = new float[checked(rows.Length * width)];
        foreach (var column in _columns)
        {
            if (column.IsNumeric(table)) column.EncodeNumeric(table.Numeric(column.Feature), rows, values, width);
            else column.EncodeCategory(table.Codes(column.Feature), rows, values, width);
        }
        var labels = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) labels[i] = table.Labels[rows[i]];
        return new LabelledData(
            new FeatureMatrix(rows.Length, width, values), ImmutableCollectionsMarshal.AsImmutableArray(labels),
            table.ClassNames.Length);
    }

    /// <summary>The same encoding for single records as they are written, for a model that is saved with it.</summary>
    /// <param name="schema">That the encoder was fitted on.</param>
    public RecordEncoding ForRecords(TableSchema schema) => new(
    [
        .. _columns.Select(code =>
        {
            var column = schema.Features[code.Feature];
            return new RecordColumn(
                column.Name,
                column is NumericColumn numeric ? numeric.Unit : "",
                column is CategoricalColumn category
                    ? [.. category.Levels.Select(level => new RecordLevel(level.Name, level.Written))] : [],
                column.MissingMarks, code.MissingAt >= 0, code.Centre, code.Scale, code.Fill, [.. code.Shares ?? []]);
        }),
    ]);

    private static (ColumnCode Code, string Note) FitNumeric(
        int feature, int first, NumericColumn column, ReadOnlySpan<float> values, ReadOnlySpan<int> fitRows,
        EncodingOptions options, bool own)
    {
        var note = "";
        var statistics = ColumnStatistics.Of(values, fitRows);
        if (statistics.Count == 0)
        {
            statistics = ColumnStatistics.Of(column);
            if (options.FittedOn != FittedOn.Schema) note = "no value in the fit: constants of the declared range";
        }
        var (centre, scale) = options.Numeric switch
        {
            NumericScaling.Standardise => (statistics.Mean, statistics.StandardDeviation),
            NumericScaling.MinMax => (statistics.Minimum, statistics.Maximum - statistics.Minimum),
            _ => (0.0, 1.0),
        };
        if (!((float)scale > 0))
        {
            scale = 1;
            note = "constant in the fit: scaled by 1";
        }
        var fill = (float)((statistics.Mean - centre) / scale);
        return (new ColumnCode(feature, first, own ? first + 1 : -1, centre, scale, fill, null), note);
    }

    private static string State(FittedOn fittedOn, int records, bool schemaFromRecords)
    {
        var always = schemaFromRecords
            ? "The schema was not declared: levels, classes or ranges were read from the records of all hospitals "
                + "together, public and test set among them. They crossed the hospitals' boundaries, and the privacy "
                + "loss reported does not cover that; declare them before real patients are involved."
            : "Every hospital knows the declared schema: column names, units, levels and plausible ranges.";
        var count = records.ToString(CultureInfo.InvariantCulture);
        return always + fittedOn switch
        {
            FittedOn.Schema =>
                " Scaling constants are those of the ranges of the schema; no record was looked at for them.",
            FittedOn.Public =>
                $" Scaling constants were computed from the {count} records of the public set, which everyone may see.",
            _ => $" Scaling constants were computed from the {count} private records of all hospitals together: "
                + "statistics crossed the hospitals' boundaries, each patient influences every hospital's features, "
                + "and the privacy loss reported does not cover that.",
        };
    }
}
