using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>PneumoniaMNIST: chest radiographs of children.</summary>
public sealed class PneumoniaMnist : IDatasetSource
{
    private const string Address = "https://zenodo.org/records/10519652";

    // Images and labels of each published part, in the order in which they are read.
    private static readonly ImmutableArray<(DatasetFile Images, DatasetFile Labels, PublishedPart Part)> Parts =
    [
        Pair(
            "train", PublishedPart.Training, 1214, 3494,
            "a7aff555972cd0cfd0811db35ca3002dbe5b6f9c4564689042cdb6ab133cc0b9",
            "f811ec33dc53ef5db0f66f273d6397681412a1911d9c691f09b2e7ad6a426dd4"),
        Pair(
            "val", PublishedPart.Training, 135, 389,
            "af141c71545ded672807c5adb660f643884c0a3e97c4f1e2c694e4a967836525",
            "145060dc2a9c34ab51b8a21546bc0fdfeb475c2c67b2c28cc92cfbf77d15faeb"),
        Pair(
            "test", PublishedPart.HeldOut, 234, 390,
            "70d53e4d2f732d4eea7fb4e12ef995c01ed44109755a40510dcbf654f5e7dda1",
            "f644c669271ad40e4c761c0894ccb12ce88a979f5b4b8e6e820c647d46916f69"),
    ];

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "pneumonia-mnist",
            "PneumoniaMNIST: does a child's chest radiograph, 28 by 28 grey pixels, show pneumonia?",
            [],
            [
                "5,856 images in three published parts: 4,708 for training, 524 for validation, 624 for the test. "
                + "Validation images count as training here; 784 features, each a byte divided by 255.",
                "74 % of the training images and 62.5 % of the test images show pneumonia: the parts differ.",
                "No hospitals: all images are from one (Guangzhou Women and Children's Medical Center). Patients are "
                + "not published, though some have several images: that no patient is in two hospitals cannot be "
                + "checked on this set.",
            ],
            "Yang, Shi, Wei, Liu, Zhao, Ke, Pfister and Ni 2023; Kermany et al. 2018"),
        _ => new PneumoniaMnist());

    private PneumoniaMnist()
    {
    }

    public DatasetInfo Info { get; } = new(
        "pneumonia-mnist",
        "Chest radiographs of children of one to five years, Guangzhou Women and Children's Medical Center, cropped "
        + "and reduced to 28 by 28 pixels.",
        "Predict whether the radiograph shows pneumonia.",
        ImageSchema.Of(
            28, 28, "finding", "radiographic finding", [new Level("normal", "0"), new Level("pneumonia", "1")]),
        "CC BY 4.0",
        "Yang, J., Shi, R., Wei, D., Liu, Z., Zhao, L., Ke, B., Pfister, H. and Ni, B. (2023). MedMNIST v2. Scientific "
        + "Data 10, 41; from Kermany, D. S. et al. (2018). Cell 172(5), 1122-1131.",
        "https://medmnist.com",
        [.. Parts.SelectMany(p => new[] { p.Images, p.Labels })],
        [
            "The publisher distributes pneumoniamnist.npz; the files read here are the same images and labels written "
            + "as IDX, with the training images in another order.",
            "Several images may be of one patient, and nothing says which: a record stands for a patient, and the "
            + "privacy reported is that of an image.",
        ])
    {
        Counts =
        [
            PartCount.Of("training", Parts[0].Labels), PartCount.Of("validation", Parts[1].Labels),
            PartCount.Of("test", Parts[2].Labels),
        ],
        Targets = [new DatasetTarget("pneumonia", "the label is 1")],
        Accuracies = ReferenceAccuracies.PneumoniaMnist,
    };

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var table = new RawTableBuilder(Info.Schema, 5856, publishedParts: true);
        foreach (var (images, labels, part) in Parts)
            DatasetFiles.AppendImages(Info, images, labels, access, table, part, cancellation);
        return table.Build();
    }

    private static (DatasetFile, DatasetFile, PublishedPart) Pair(
        string part, PublishedPart published, int normal, int pneumonia, string images, string labels) => (
        new DatasetFile($"{part}-images-idx3-ubyte", Address, images, normal + pneumonia, [normal, pneumonia]),
        new DatasetFile($"{part}-labels-idx1-ubyte", Address, labels, normal + pneumonia, [normal, pneumonia]),
        published);
}
