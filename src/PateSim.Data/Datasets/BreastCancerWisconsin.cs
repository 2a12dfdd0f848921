using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>UCI Breast Cancer Wisconsin (Diagnostic): shipped in the folder data/, and read as published, too.</summary>
public sealed class BreastCancerWisconsin : IDatasetSource
{
    private static readonly DatasetFile Shipped = new(
        "wdbc.csv", "https://doi.org/10.24432/C5DW2B",
        "1633e9a9610943e5fc90836b399a3887e2bb3e0bbf05dbadc03c859c60bc465b", 569, [357, 212]);

    private static readonly DatasetFile File = new(
        "wdbc.data", "https://archive.ics.uci.edu/ml/machine-learning-databases/breast-cancer-wisconsin/wdbc.data",
        "d606af411f3e5be8a317a5a8b652b425aaf0ff38ca683d5327ffff94c3695f4a", 569, [357, 212])
    {
        Instead = Shipped,
    };

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "breast-cancer-wisconsin",
            "UCI Breast Cancer Wisconsin (Diagnostic): is a breast mass malignant?",
            [],
            [
                "569 records, 30 measures of cell nuclei from digitised fine-needle aspirates, 37 % malignant.",
                "Shipped with PateSim: needs no data folder. No hospitals; a partitioner makes them.",
                "So small a set cannot feed many teachers: 340 private records give 17 each to 20 hospitals.",
            ],
            "Wolberg, Street and Mangasarian 1993, doi 10.24432/C5DW2B"),
        _ => new BreastCancerWisconsin());

    private BreastCancerWisconsin()
    {
    }

    public DatasetInfo Info { get; } = new(
        "breast-cancer-wisconsin",
        "Digitised images of fine-needle aspirates of breast masses, University of Wisconsin hospitals.",
        "Predict whether the mass is malignant.",
        new TableSchema(Columns()),
        "CC BY 4.0",
        "Wolberg, W. H., Street, W. N. and Mangasarian, O. L. (1993). Breast Cancer Wisconsin (Diagnostic). UCI "
        + "Machine Learning Repository, doi 10.24432/C5DW2B.",
        "https://archive.ics.uci.edu/dataset/17/breast+cancer+wisconsin+diagnostic",
        [File],
        [
            "The published wdbc.data has no header, and the patient's id comes first: it is left out. The shipped "
            + "wdbc.csv has a header and no ids; order and values are the same.",
            "Any linear model reaches about .98: the set shows that a run works, not how good a method is.",
        ])
    {
        Counts = [PartCount.Of("all", File)],
        Targets = [new DatasetTarget("malignant", "diagnosis is M")],
        Published =
        [
            PublishedFile.Plain(File),
            new PublishedFile(
                "breast-cancer-wisconsin.zip",
                ["https://archive.ics.uci.edu/static/public/17/breast+cancer+wisconsin+diagnostic.zip"], [File]),
        ],
        Accuracies = ReferenceAccuracies.BreastCancerWisconsin,
    };

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        // The first folder that has either form provides it.
        var file = access.Locate(Info.Name, File)?.File.File ?? File;
        var isPublished = file == File;
        var schema = isPublished
            ? new TableSchema([new IgnoredColumn("id", "number of the patient: says nothing"), .. Columns()])
            : Info.Schema;
        var table = new RawTableBuilder(schema, file.Rows);
        DatasetFiles.Append(
            Info, file, new CsvFormat(Header: !isPublished), access, table, null, cancellation);
        return table.Build();
    }

    private static ImmutableArray<Column> Columns() =>
    [
        new LabelColumn("diagnosis", "diagnosis", [new Level("benign", "B"), new Level("malignant", "M")]),
        .. Measures("mean", "mean over the nuclei"),
        .. Measures("error", "standard error over the nuclei"),
        .. Measures("worst", "mean of the three largest values"),
    ];

    // Declared ranges are rounded public figures of the published data.
    private static ImmutableArray<Column> Measures(string statistic, string meaning)
    {
        var kind = statistic switch { "mean" => 0, "error" => 1, _ => 2 };
        return
        [
            Measure("radius", "pixels", [30, 3, 40]),
            Measure("texture", "grey levels", [40, 5, 50]),
            Measure("perimeter", "pixels", [200, 22, 260]),
            Measure("area", "square pixels", [2600, 550, 4300]),
            Measure("smoothness", "", [.2, .04, .3]),
            Measure("compactness", "", [.4, .15, 1.1]),
            Measure("concavity", "", [.5, .4, 1.3]),
            Measure("concave-points", "", [.25, .06, .3]),
            Measure("symmetry", "", [.35, .08, .7]),
            Measure("fractal-dimension", "", [.1, .03, .25]),
        ];

        NumericColumn Measure(string name, string unit, ReadOnlySpan<double> maxima) =>
            new($"{name}-{statistic}", $"{name.Replace('-', ' ')} of the nuclei, {meaning}", unit, 0, maxima[kind]);
    }
}
