using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets.Own;

/// <summary>An ARFF file of the user's own.</summary>
public sealed class ArffDataset : IDatasetSource
{
    private const string Name = "arff";

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", Name, "An ARFF file of your own (the format of Weka), with a label and perhaps hospitals.",
            [.. OwnOptions.FileSpecs("The file"), .. OwnOptions.RoleSpecs],
            [
                "Names, types and levels are those of the file's header. A range that columns does not declare, and the "
                + "levels of an attribute of type string, are read from the records of all hospitals, and every run "
                + "says so.",
                "Cells may be quoted with ' or \", with a backslash before a quote inside. Sparse records and dates are "
                + "not read: they end in located problems.",
                "Everything else is as with the dataset csv.",
            ],
            "Weka, ARFF (stable version)"),
        options => new ArffDataset(options));

    private readonly OwnOptions _options;

    private ArffDataset(OptionValues values)
    {
        _options = OwnOptions.From(Name, values);
        Info = OwnTable.Info(Name, _options.Files[0].Path, _options.Label, _options.Classes);
    }

    public DatasetInfo Info { get; }

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation) =>
        OwnTable.Load(new OwnArff(), _options, access, cancellation);
}
