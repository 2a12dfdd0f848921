using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets;

public sealed class MnistTests
{
    private const string File = "mnist/train-images-idx3-ubyte";

    [RequiresDataFact(File)]
    public void It_has_its_published_counts_and_pixels_from_0_to_1()
    {
        var table = DataCatalogs.Datasets["mnist"].With().Instance.Load(TestData.AccessTo(File), default, default);
        Assert.Equal((70_000, 784), (table.Rows, table.Schema.Features.Length));
        Assert.Equal(60_000, Parts(table, PublishedPart.Training));
        Assert.Equal([6903, 7877, 6990, 7141, 6824, 6313, 6876, 7293, 6825, 6958], table.ClassCounts().ToArray());
        Assert.Equal([5, 0, 4, 1, 9], table.Labels[..5].ToArray());
        float largest = 0;
        for (var f = 0; f < 784; f++)
        {
            foreach (var value in table.Numeric(f))
            {
                if (!(value >= 0)) Assert.Fail($"pixel {f} is {value}");
                largest = Math.Max(largest, value);
            }
        }
        Assert.Equal(1, largest);
        // The first image, a five: row 5, column 12 is a byte of 3 and column 13 one of 18.
        Assert.Equal([3f / 255, 18f / 255], [table.Numeric(5 * 28 + 12)[0], table.Numeric(5 * 28 + 13)[0]]);
    }

    internal static int Parts(RawTable table, PublishedPart part)
    {
        var count = 0;
        foreach (var p in table.Parts) count += p == part ? 1 : 0;
        return count;
    }
}
