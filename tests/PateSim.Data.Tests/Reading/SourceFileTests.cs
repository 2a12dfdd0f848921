using System.Text;
using CsCheck;
using PateSim.Core;
using PateSim.Core.Randomness;
using PateSim.Data.Reading;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Reading;

public sealed class SourceFileTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},")));

    [Fact]
    public void Gzip_is_known_by_content_whatever_the_name()
    {
        using var folder = new TemporaryFolder();
        var packed = SourceFile.Read(folder.Write("a.csv", TemporaryFolder.Gzip(Text)));
        var plain = SourceFile.Read(folder.Write("b.csv.gz", Text));
        Assert.True(packed.WasGzipped);
        Assert.False(plain.WasGzipped);
        Assert.True(packed.Content.Span.SequenceEqual(Text));
        Assert.Equal(plain.Sha256(), packed.Sha256());
    }

    [Fact]
    public void Members_one_after_another_are_one_file()
    {
        byte[] two =
            [.. TemporaryFolder.Gzip(Text), .. TemporaryFolder.Gzip("end"u8.ToArray()), .. TemporaryFolder.Gzip([])];
        Assert.True(SourceFile.FromBytes("x", two).Content.Span.SequenceEqual([.. Text, .. "end"u8]));
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_refused()
    {
        var packed = TemporaryFolder.Gzip(Text);
        for (var length = 2; length < packed.Length; length += length < packed.Length - 20 ? 37 : 1)
            Assert.Equal("PS3004", Refusal(packed[..length]).Code);
    }

    [Fact]
    public void A_gzip_file_with_one_changed_byte_is_refused_or_reads_the_same()
    {
        var packed = TemporaryFolder.Gzip(Text);
        var stream = RandomKey.FromSeed(3002).Open();
        for (var i = 0; i < 500; i++)
        {
            var damaged = packed.ToArray();
            damaged[2 + stream.NextInt(packed.Length - 2)] ^= (byte)(1 + stream.NextInt(255));
            try
            {
                // Header fields such as the time of packing carry no content.
                Assert.True(SourceFile.FromBytes("x", damaged).Content.Span.SequenceEqual(Text));
            }
            catch (InvalidInputException refused)
            {
                Assert.Equal("PS3004", refused.Problems[0].Code);
            }
        }
    }

    [Fact]
    public void A_missing_file_and_a_folder_in_its_place_are_problems()
    {
        using var folder = new TemporaryFolder();
        var missing = Path.Combine(folder.Path, "absent.csv");
        Assert.Equal("PS3002", Assert.Throws<InvalidInputException>(() => SourceFile.Read(missing)).Problems[0].Code);
        Assert.Equal(
            "PS3003", Assert.Throws<InvalidInputException>(() => SourceFile.Read(folder.Path)).Problems[0].Code);
    }

    [Fact]
    public void Any_content_survives_packing() => Gen.Byte.Array[0, 3000].Sample(
        content =>
            SourceFile.FromBytes("x", TemporaryFolder.Gzip(content)).Content.Span.SequenceEqual(content), iter: 200);

    private static Problem Refusal(byte[] bytes) =>
        Assert.Throws<InvalidInputException>(() => SourceFile.FromBytes("x.gz", bytes)).Problems[0];
}
