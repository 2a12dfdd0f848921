using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>A delimited text file of the user's own.</summary>
public sealed class CsvDataset : IDatasetSource
{
    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "csv", "A delimited text file of your own, with a label and perhaps hospitals and patients.",
            CsvOptions.Specs,
            [
                "A column of which every cell is a number is numeric, one of which none is is a category of at most "
                + "100 levels; a column that is neither is a problem which says what to declare. Levels are in ordinal "
                + "order, ranges go from the smallest to the largest value.",
                "Levels, classes and ranges that the file gives come from all records, of every hospital: this crosses "
                + "the hospitals' boundaries, and every run says so.",
                "The partitioner 'natural' makes the hospital column's values hospitals. With a patient column splits "
                + "and partitioners keep a patient's records together. Names of columns in lists cannot hold commas.",
            ]),
        options => new CsvDataset(CsvOptions.From(options)));

    private readonly CsvOptions _options;

    private CsvDataset(CsvOptions options)
    {
        _options = options;
        Info = new DatasetInfo(
            "csv",
            $"The file '{options.File}', of the scenario's author.",
            $"Predict '{options.Label}'.",
            // What is known before the file is read; a loaded table has the whole schema.
            new TableSchema(
                new NumericColumn("other columns", "as the file says", "", 0, 1),
                new LabelColumn(
                    options.Label, "the column to predict",
                    options.Classes.IsEmpty ? Level.Named("first class", "second class") : options.Classes)),
            "that of the file", "that of the file", "none: a local file", [],
            [
                "Nothing is known of this file but what it says itself; no digest is checked.",
                "Columns, levels and ranges are read from the records of all hospitals together.",
            ]);
    }

    public DatasetInfo Info { get; }

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var file = access.OpenOwn(_options.File, cancellation);
        CsvTableReader.CheckText(file.Place, file.Content.Span);
        var schema = CsvInference.Schema(file, _options, cancellation);
        var table = new RawTableBuilder(schema);
        // Without a header the columns are in the order of the file already; so they are with one.
        CsvTableReader.Append(file, _options.Format, table, null, cancellation);
        return table.Build();
    }
}
