using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets;

public sealed class PneumoniaMnistTests
{
    private const string File = "pneumonia-mnist/train-images-idx3-ubyte";

    [RequiresDataFact(File)]
    public void It_has_its_published_counts_and_validation_images_train()
    {
        var table = DataCatalogs.Datasets["pneumonia-mnist"].With().Instance
            .Load(TestData.AccessTo(File), default, default);
        Assert.Equal([1583, 4273], table.ClassCounts().ToArray());
        Assert.Equal(4708 + 524, MnistTests.Parts(table, PublishedPart.Training));
        Assert.Equal(["normal", "pneumonia"], table.ClassNames.ToArray());
    }

    [RequiresDataFact(File)]
    public void Held_out_validation_leaves_the_test_images_unread()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "train-images-idx3", "train-labels-idx1", "val-images-idx3", "val-labels-idx1" })
        {
            folder.Write($"pneumonia-mnist/{name}-ubyte", TestData.AccessTo(File).Open(
                "pneumonia-mnist", new Data.Datasets.DatasetFile($"{name}-ubyte", "", "", 0, [])).Content.ToArray());
        }
        // The test images are not even there.
        var table = DataCatalogs.Datasets["pneumonia-mnist"].With(("held-out", "validation")).Instance
            .Load(DataAccess.From(folder.Path, null, null), default, default);
        Assert.Equal([1214 + 135, 3494 + 389], table.ClassCounts().ToArray());
        Assert.Equal(4708, MnistTests.Parts(table, PublishedPart.Training));
        Assert.Equal(524, MnistTests.Parts(table, PublishedPart.HeldOut));
    }

    [Theory]
    [InlineData(2, 784, 1, "has 2 labels; ")]
    [InlineData(1, 783, 1, "783 values for 1 images; an image has 784 pixels")]
    [InlineData(1, 784, 9, "Label 0 is 9; classes are 0 to 1")]
    [InlineData(1, 784, 1, "published are 4708")]
    public void Files_that_do_not_fit_are_refused(byte labels, int pixels, byte label, string message)
    {
        using var folder = new TemporaryFolder();
        byte[] images = [0, 0, 8, 2, 0, 0, 0, 1, 0, 0, (byte)(pixels >> 8), (byte)pixels, .. new byte[pixels]];
        folder.Write("pneumonia-mnist/train-images-idx3-ubyte", images);
        folder.Write(
            "pneumonia-mnist/train-labels-idx1-ubyte",
            [0, 0, 8, 1, 0, 0, 0, labels, .. Enumerable.Repeat(label, labels)]);
        var problem = Assert.Throws<InvalidInputException>(
            () => DataCatalogs.Datasets["pneumonia-mnist"].With().Instance
                .Load(DataAccess.From(folder.Path, null, null), default, default)).Problems[0];
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains("train-", problem.Place, StringComparison.Ordinal);
    }
}
