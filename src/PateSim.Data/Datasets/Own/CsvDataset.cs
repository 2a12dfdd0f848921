using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets.Own;

/// <summary>A delimited text file of the user's own.</summary>
public sealed class CsvDataset : IDatasetSource
{
    private const string Name = "csv";

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", Name, "A delimited text file of your own, with a label and perhaps hospitals and patients.",
            [
                .. OwnOptions.FileSpecs("The file"),
                OptionSpec.Choice(
                    "delimiter", "What stands between cells.", "comma", [.. OwnText.Delimiters.Select(d => d.Name)]),
                OptionSpec.Flag(
                    "header", "Whether the first line names the columns; without one they are column-1, column-2, ….",
                    true),
                .. OwnOptions.RoleSpecs,
            ],
            [
                "A column of which every cell is a number is numeric, one of which none is is a category of at most "
                + "100 levels; a column that is neither is a problem which says what to declare. Levels are in ordinal "
                + "order, ranges go from the smallest to the largest value.",
                "Levels, classes and ranges that the file gives come from all records, of every hospital: this crosses "
                + "the hospitals' boundaries, and every run says so. Columns whose range or levels are declared are not "
                + "looked at beforehand; when all are, nothing crosses. A value outside of what is declared is refused.",
                "The partitioner 'natural' makes the hospital column's values hospitals. With a patient column splits "
                + "and partitioners keep a patient's records together. Columns whose names hold commas are declared in "
                + "columns.",
                "Records that a column or files of their own make public or test get that role by the split 'declared'; "
                + "such records may leave the hospital empty. A class that no private record has is then refused, unless "
                + "the classes are declared.",
                "'patesim data inspect FILE' proposes the block.",
            ]),
        options => new CsvDataset(options));

    private readonly OwnOptions _options;
    private readonly OwnText _format;

    private CsvDataset(OptionValues values)
    {
        _options = OwnOptions.From(Name, values);
        var delimiter = OwnText.Delimiters.Single(d => d.Name == values.Text("delimiter")).Mark;
        _format = new OwnText(new CsvFormat(delimiter, values.Flag("header"), TrimSpaces: delimiter != '\t'));
        Info = OwnTable.Info(Name, _options.Files[0].Path, _options.Label, _options.Classes);
    }

    public DatasetInfo Info { get; }

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation) =>
        OwnTable.Load(_format, _options, access, cancellation);
}
