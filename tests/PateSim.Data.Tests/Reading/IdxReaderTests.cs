using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Reading;

public sealed class IdxReaderTests
{
    private static readonly byte[] Small = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];

    [Fact]
    public void Bytes_are_read_with_their_dimensions()
    {
        var array = Read(Small);
        Assert.Equal([2, 3], array.Dimensions.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 255], array.Values.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 255], Read(TemporaryFolder.Gzip(Small)).Values.ToArray());
    }

    [Theory]
    [InlineData(9, new byte[] { 255 }, -1f)]
    [InlineData(11, new byte[] { 255, 254 }, -2f)]
    [InlineData(12, new byte[] { 0, 1, 0, 0 }, 65536f)]
    [InlineData(13, new byte[] { 0x3F, 0x80, 0, 0 }, 1f)]
    [InlineData(14, new byte[] { 0xC0, 0, 0, 0, 0, 0, 0, 0 }, -2f)]
    public void Every_type_of_the_format_is_read(byte type, byte[] value, float expected) =>
        Assert.Equal([expected], Read([0, 0, type, 1, 0, 0, 0, 1, .. value]).Values.ToArray());

    [Fact]
    public void A_file_cut_anywhere_or_too_long_is_refused()
    {
        for (var length = 0; length < Small.Length; length++) Assert.Matches("^PS30", Refusal(Small[..length]).Code);
        Assert.Contains("promises 2 × 3 values of 1 bytes, 6 bytes in all; 7 follow it",
            Refusal([.. Small, 0]).Message, StringComparison.Ordinal);
        Assert.Contains("5 follow it", Refusal(Small[..^1]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 8, 1, 0, 0, 0, 0 }, "PS3017")]
    [InlineData(new byte[] { 0, 0, 7, 1, 0, 0, 0, 0 }, "PS3017")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "PS3017")]
    [InlineData(new byte[] { 0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255 }, "PS3018")]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 1, 0x7F, 0xC0, 0, 0 }, "PS3010")]
    public void Bad_headers_and_values_are_refused(byte[] bytes, string code) =>
        Assert.Equal(code, Refusal(bytes).Code);

    [RequiresDataFact("mnist/t10k-images-idx3-ubyte")]
    public void The_published_digits_have_their_shape()
    {
        var images = Published("t10k-images-idx3-ubyte.gz");
        Assert.Equal([10_000, 28, 28], images.Dimensions.ToArray());
        Assert.Equal(255, images.Values.ToArray().Max());
        var labels = Published("t10k-labels-idx1-ubyte.gz").Values.ToArray();
        Assert.Equal(
            [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
            Enumerable.Range(0, 10).Select(digit => labels.Count(l => l == digit)));
    }

    private static IdxArray Published(string name) => IdxReader.Read(
        SourceFile.Read(Path.Combine(TestData.FolderWith("mnist/t10k-images-idx3-ubyte")!, "mnist", name)));

    private static IdxArray Read(byte[] bytes) => IdxReader.Read(SourceFile.FromBytes("x.idx", bytes));

    private static Problem Refusal(byte[] bytes) => Assert.Throws<InvalidInputException>(() => Read(bytes)).Problems[0];
}
