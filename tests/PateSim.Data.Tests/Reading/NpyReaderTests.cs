using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tests.Datasets;

namespace PateSim.Data.Tests.Reading;

public sealed class NpyReaderTests
{
    private static SourceFile File(byte[] bytes) => SourceFile.FromBytes("a.npy", bytes);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bytes_are_read_with_their_dimensions(byte version)
    {
        var (dimensions, values) = NpyReader.ReadBytes(
            File(Npy.Of("|u1", "False", "(2, 3)", [1, 2, 3, 4, 5, 255], version)));
        Assert.Equal([2, 3], dimensions.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 255], values.ToArray());
        Assert.Equal([4], NpyReader.ReadBytes(File(Npy.Of("|u1", "False", "(4,)", new byte[4], version))).Dimensions.ToArray());
    }

    [Theory]
    [InlineData("<f8", "False", "(2,)", 2, "not that of an array of unsigned bytes")]
    [InlineData("|u1", "True", "(2,)", 2, "not that of an array of unsigned bytes")]
    [InlineData("|u1", "False", "(3,)", 2, "promises 3 values; 2 follow")]
    [InlineData("|u1", "False", "(1,)", 2, "promises 1 values; 2 follow")]
    [InlineData("|u1", "False", "(99999999999,)", 2, "larger than can be held")]
    [InlineData("|u1", "False", "(99999, 99999, 99999)", 2, "larger than can be held")]
    public void What_is_no_array_of_bytes_is_refused(string type, string fortran, string shape, int count, string message)
    {
        var problem = Refusal(Npy.Of(type, fortran, shape, new byte[count]));
        Assert.Equal(("PS3110", "a.npy"), (problem.Code, problem.Place));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_or_with_any_byte_of_its_frame_changed_is_refused_or_read_right()
    {
        var whole = Npy.Of("|u1", "False", "(7,)", [1, 2, 3, 4, 5, 6, 7]);
        for (var length = 0; length < whole.Length; length++) Assert.Equal("PS3110", Refusal(whole[..length]).Code);
        for (var i = 0; i < whole.Length - 7; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[i] ^= 0x55;
            try
            {
                // Only the version's second byte means nothing.
                Assert.Equal([1, 2, 3, 4, 5, 6, 7], NpyReader.ReadBytes(File(changed)).Values.ToArray());
                Assert.Equal(7, i);
            }
            catch (InvalidInputException e)
            {
                Assert.Equal("PS3110", e.Problems[0].Code);
            }
        }
    }

    private static Problem Refusal(byte[] bytes) =>
        Assert.Throws<InvalidInputException>(() => NpyReader.ReadBytes(File(bytes))).Problems[0];
}
