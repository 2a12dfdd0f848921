using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets;

/// <summary>MNIST: the handwritten digits of the PATE papers.</summary>
public sealed class Mnist : IDatasetSource
{
    private const string Address = "https://ossci-datasets.s3.amazonaws.com/mnist/";

    private const string Mirror = "https://storage.googleapis.com/cvdf-datasets/mnist/";

    private static readonly ImmutableArray<int> TrainingCounts =
        [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];

    private static readonly ImmutableArray<int> HeldOutCounts =
        [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];

    private static readonly DatasetFile TrainingImages = File(
        "train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", TrainingCounts);

    private static readonly DatasetFile TrainingLabels = File(
        "train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", TrainingCounts);

    private static readonly DatasetFile HeldOutImages = File(
        "t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", HeldOutCounts);

    private static readonly DatasetFile HeldOutLabels = File(
        "t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", HeldOutCounts);

    public static Component<IDatasetSource> Component { get; } = new(
        new ComponentDescriptor(
            "dataset", "mnist", "MNIST: handwritten digits of 28 by 28 grey pixels, the set of the PATE papers.",
            [],
            [
                "70,000 images in two published parts (60,000 and 10,000), ten classes; 784 features, each a byte "
                + "divided by 255. The encoding numeric = none keeps them as they are.",
                "The papers share the 60,000 out over 250 teachers and ask about 9,000 of the 10,000. Their figures "
                + "are of convolutional teachers; linear and kernel teachers fall short of them.",
                "No hospitals and no patients: it is here for comparison with the papers.",
            ],
            "LeCun, Bottou, Bengio and Haffner 1998"),
        _ => new Mnist());

    private Mnist()
    {
    }

    public DatasetInfo Info { get; } = new(
        "mnist",
        "Digits written by employees of the US Census Bureau and by high-school pupils, size-normalised and centred.",
        "Predict the digit.",
        ImageSchema.Of(
            28, 28, "digit", "the digit that was to be written",
            Level.Named("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")),
        "CC BY-SA 3.0, as usually given",
        "LeCun, Y., Bottou, L., Bengio, Y. and Haffner, P. (1998). Gradient-based learning applied to document "
        + "recognition. Proceedings of the IEEE 86(11), 2278-2324.",
        "http://yann.lecun.com/exdb/mnist/",
        [TrainingImages, TrainingLabels, HeldOutImages, HeldOutLabels],
        [
            "The writers of the two published parts are disjoint; who wrote an image is not published, so that one "
            + "writer's images may be in several hospitals.",
            "Pixels at the border are 0 in every image.",
        ])
    {
        Counts = [PartCount.Of("training", TrainingLabels), PartCount.Of("held out", HeldOutLabels)],
        Targets = [new DatasetTarget("digit", "the label, 0 to 9")],
        Published =
        [
            Gzipped(TrainingImages), Gzipped(TrainingLabels), Gzipped(HeldOutImages), Gzipped(HeldOutLabels),
        ],
        Accuracies = ReferenceAccuracies.Mnist,
    };

    public RawTable Load(DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var table = new RawTableBuilder(Info.Schema, 70_000, publishedParts: true);
        DatasetFiles.AppendImages(
            Info, TrainingImages, TrainingLabels, access, table, PublishedPart.Training, cancellation);
        DatasetFiles.AppendImages(
            Info, HeldOutImages, HeldOutLabels, access, table, PublishedPart.HeldOut, cancellation);
        return table.Build();
    }

    private static PublishedFile Gzipped(DatasetFile file) =>
        new(file.Name + ".gz", [file.Address, $"{Mirror}{file.Name}.gz"], [file]);

    private static DatasetFile File(string name, string sha256, ImmutableArray<int> counts) =>
        new(name, Address + name + ".gz", sha256, counts.Sum(), counts);
}
