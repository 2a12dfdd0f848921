using System.IO.Compression;
using System.Text;
using PateSim.Core;
using PateSim.Data.Datasets;
using PateSim.Data.Fetching;
using PateSim.Data.Reading;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets;

/// <summary>The publisher's npz file, made here from the IDX files with the images of each part in another
/// order.</summary>
public sealed class PneumoniaNpzTests
{
    private const string Idx = "pneumonia-mnist/train-images-idx3-ubyte";

    private static IDatasetSource Source => KnownDatasets.Find("pneumonia-mnist")!;

    [RequiresDataFact(Idx)]
    public void It_gives_the_records_of_the_idx_files_in_their_order()
    {
        var expected = Source.Load(TestData.AccessTo(Idx), default, default);
        using var folder = new TemporaryFolder();
        folder.Write("pneumonia-mnist/pneumoniamnist.npz", Npz());
        var access = DataAccess.From(folder.Path, null, null);
        var table = Source.Load(access, default, default);
        Assert.True(expected.Labels.SequenceEqual(table.Labels));
        Assert.True(expected.Parts.SequenceEqual(table.Parts));
        for (var f = 0; f < 784; f++) Assert.True(expected.Numeric(f).SequenceEqual(table.Numeric(f)), $"pixel {f}");
        Assert.IsType<DatasetCheck.Passed>(DatasetCheck.Of(Source, access, default));
        Assert.Null(ContentCheck.Fault(Source.Info.Published[0], Path.Combine(
            folder.Path, "pneumonia-mnist", "pneumoniamnist.npz"), default));
    }

    [RequiresDataFact(Idx)]
    public void One_other_pixel_or_an_exchanged_label_is_refused()
    {
        foreach (var change in new Action<byte[], byte[]>[] { (pixels, _) => pixels[5000] ^= 1, Exchange })
        {
            using var folder = new TemporaryFolder();
            folder.Write("pneumonia-mnist/pneumoniamnist.npz", Npz(change));
            var problem = Assert.Throws<InvalidInputException>(
                () => Source.Load(DataAccess.From(folder.Path, null, null), default, default)).Problems[0];
            Assert.Equal("PS3016", problem.Code);
            Assert.Contains("part 'test'", problem.Message, StringComparison.Ordinal);
        }

        static void Exchange(byte[] pixels, byte[] labels)
        {
            var (ill, well) = (Array.IndexOf(labels, (byte)1), Array.IndexOf(labels, (byte)0));
            (labels[ill], labels[well]) = (labels[well], labels[ill]);
        }
    }

    /// <param name="change">Of the test images and labels.</param>
    private static byte[] Npz(Action<byte[], byte[]>? change = null)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in new[] { "train", "val", "test" })
            {
                var (pixels, labels) = (Content($"{part}-images-idx3-ubyte")[16..], Content($"{part}-labels-idx1-ubyte")[8..]);
                var count = labels.Length;
                // Last first.
                var reversed = Enumerable.Range(0, count).Reverse().SelectMany(i => pixels[(i * 784)..((i + 1) * 784)]);
                (pixels, labels) = ([.. reversed], [.. labels.Reverse()]);
                if (part == "test") change?.Invoke(pixels, labels);
                Write(zip, $"{part}_images.npy", $"({count}, 28, 28)", pixels);
                Write(zip, $"{part}_labels.npy", $"({count}, 1)", labels);
            }
        }
        return memory.ToArray();
    }

    private static byte[] Content(string name) => TestData.AccessTo(Idx)
        .Open("pneumonia-mnist", new DatasetFile(name, "", "", 0, [])).Content.ToArray();

    private static void Write(ZipArchive zip, string name, string shape, byte[] values)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(Npy.Of("|u1", "False", shape, values));
    }
}

/// <summary>NPY files as NumPy writes them.</summary>
internal static class Npy
{
    public static byte[] Of(string type, string fortran, string shape, byte[] values, byte version = 1)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}";
        var start = version == 1 ? 10 : 12;
        header = header.PadRight((header.Length + start + 1 + 63) / 64 * 64 - start - 1) + "\n";
        byte[] length = version == 1
            ? BitConverter.GetBytes((ushort)header.Length)
            : BitConverter.GetBytes((uint)header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. values];
    }
}
