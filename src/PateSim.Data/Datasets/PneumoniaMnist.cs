using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>PneumoniaMNIST: chest radiographs of children.</summary>
public sealed class PneumoniaMnist : IDatasetSource
{
    private const string Address = "https://zenodo.org/records/10519652", Npz = "pneumoniamnist.npz";

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

    // Of each part, over its images and labels in one order: see ImageOrder. From the IDX files of the digests above.
    private static readonly ImmutableArray<string> PartDigests =
    [
        "6f4f175d8f284b761e4bac8adbbc53909ab5bf726091ff048df60e31b0285e79",
        "96fd11f8a8ae3d1112cc8a9eb5228b9dd9d012f03b065853d718c1e0b0a7b046",
        "76775cc8c143ecff72cb3bcb0a321228f0926dbed65082df8a321d5ea26be326",
    ];

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "pneumonia-mnist",
            "PneumoniaMNIST: does a child's chest radiograph, 28 by 28 grey pixels, show pneumonia?",
            [
                OptionSpec.Choice(
                    "held-out",
                    "test: training and validation images are the training part, the test images are held out. "
                    + "validation: the validation images are held out and the test images are left unread, for choosing "
                    + "settings.",
                    "test", "test", "validation"),
            ],
            [
                "5,856 images in three published parts: 4,708 for training, 524 for validation, 624 for the test. "
                + "Validation images count as training here unless they are held out; 784 features, each a byte divided "
                + "by 255.",
                "74 % of the training images and 62.5 % of the test images show pneumonia: the parts differ.",
                "No hospitals: all images are from one (Guangzhou Women and Children's Medical Center). Patients are "
                + "not published, though some have several images: that no patient is in two hospitals cannot be "
                + "checked on this set.",
            ],
            "Yang, Shi, Wei, Liu, Zhao, Ke, Pfister and Ni 2023; Kermany et al. 2018"),
        options => new PneumoniaMnist(options.Text("held-out") == "validation"));

    // The parts that are read, with their digests.
    private readonly ImmutableArray<(DatasetFile Images, DatasetFile Labels, PublishedPart Part, string Sha256)> _parts;

    private PneumoniaMnist(bool choosing)
    {
        _parts = [.. Parts.Zip(PartDigests, (p, digest) => (p.Images, p.Labels, p.Part, digest))];
        if (!choosing) return;
        var (images, labels, _, sha256) = _parts[1];
        _parts = [_parts[0], (images, labels, PublishedPart.HeldOut, sha256)];
        Info = Info with { Counts = Info.Counts[..2], Files = Info.Files[..4] };
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
            "The publisher distributes pneumoniamnist.npz; the same images and labels go about as IDX files with the "
            + "training images in another order. Both are read, and each part is put in one order: ascending by the "
            + "SHA-256 of pixels and label. So both give the same records, and the content is checked whatever order it "
            + "came in.",
            "74 % of the training images and 62.5 % of the test images show pneumonia: the parts differ.",
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
        Published =
        [
            new PublishedFile(
                Npz, [$"{Address}/files/{Npz}?download=1"], [.. Parts.SelectMany(p => new[] { p.Images, p.Labels })])
            {
                Check = Fault,
            },
        ],
        Accuracies = ReferenceAccuracies.PneumoniaMnist,
    };

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        // Either form as a whole: the order of the training images differs.
        var npz = Info.Files.Select(file => access.Locate(Info.Name, file)?.File.Path)
            .FirstOrDefault(path => path is not null && Path.GetFileName(path) == Npz);
        if (npz is not null) return FromNpz(npz, cancellation);
        var table = new RawTableBuilder(Info.Schema, 5856, publishedParts: true);
        foreach (var (images, labels, part, _) in _parts)
            DatasetFiles.AppendImages(Info, images, labels, access, table, part, cancellation);
        return InOneOrder(table.Build(), "the IDX files");
    }

    private RawTable FromNpz(string path, CancellationToken cancellation)
    {
        var table = new RawTableBuilder(Info.Schema, 5856, publishedParts: true);
        foreach (var (images, labels, part, _) in _parts)
        {
            var name = images.Name.Split('-')[0];
            var first = table.Rows;
            var labelFile = Read($"{name}_labels.npy");
            DatasetFiles.AppendImages(Info, Read($"{name}_images.npy"), labelFile, table, part, cancellation);
            DatasetFiles.CheckCounts(Info, labels, labelFile.Place, table, first);
        }
        return InOneOrder(table.Build(), path);

        (string Place, IdxArray Array) Read(string entry)
        {
            var file = ZipFileReader.Read(path, entry, cancellation);
            var (dimensions, bytes) = NpyReader.ReadBytes(file);
            var values = new float[bytes.Length];
            for (var i = 0; i < values.Length; i++) values[i] = bytes.Span[i];
            // A column of labels is a list of labels.
            return (file.Place, new IdxArray(dimensions is [_, 1] ? dimensions[..1] : dimensions, values));
        }
    }

    private RawTable InOneOrder(RawTable table, string place)
    {
        var (rows, first) = (new List<int>(table.Rows), 0);
        foreach (var (_, labels, _, known) in _parts)
        {
            var (order, digest) = ImageOrder.Of(table, first, labels.Rows);
            if (digest != known)
            {
                throw ProblemList.Single(
                    DataProblems.Digest, place,
                    $"The images and labels are not the published ones: the sha256 over those of part "
                    + $"'{labels.Name.Split('-')[0]}' in one order is {digest}, known is {known}. Fetch them again from "
                    + $"{Address}");
            }
            rows.AddRange(order);
            first += labels.Rows;
        }
        return table.InOrder([.. rows]);
    }

    private static string? Fault(string path, CancellationToken cancellation)
    {
        try
        {
            new PneumoniaMnist(choosing: false).FromNpz(path, cancellation);
            return null;
        }
        catch (InvalidInputException e)
        {
            return e.Problems[0].Message;
        }
    }

    private static (DatasetFile, DatasetFile, PublishedPart) Pair(
        string part, PublishedPart published, int normal, int pneumonia, string images, string labels)
    {
        return (File("images-idx3", images), File("labels-idx1", labels), published);

        DatasetFile File(string what, string sha256) => new(
            $"{part}-{what}-ubyte", Address, sha256, normal + pneumonia, [normal, pneumonia])
        {
            Archive = Npz,
        };
    }
}
