using System.IO.Compression;
using System.Text;
using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Reading;

public sealed class ZipFileReaderTests
{
    private static readonly Data.Datasets.DatasetFile File = new("in.csv", "https://example.org", "", 0, [])
    {
        Archive = "all.zip",
    };

    private static byte[] Zip(params string[] names)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2,3\n", 500))));
            }
        }
        return memory.ToArray();
    }

    private static SourceFile Open(byte[] archive)
    {
        using var folder = new TemporaryFolder();
        folder.Write("set/all.zip", archive);
        return DataAccess.From(folder.Path, null, null).Open("set", File);
    }

    [Fact]
    public void An_entry_is_found_in_any_folder_of_the_archive()
    {
        var file = Open(Zip("readme.txt", "folder/in.csv"));
        Assert.Equal(3000, file.Content.Length);
        Assert.EndsWith("all.zip!in.csv", file.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absent_or_double_entry_is_refused()
    {
        Assert.Contains("has no such file", Refusal(Zip("readme.txt")).Message, StringComparison.Ordinal);
        Assert.Contains("has 2 such files", Refusal(Zip("a/in.csv", "b/in.csv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_cut_anywhere_is_refused()
    {
        var archive = Zip("in.csv");
        for (var length = 0; length < archive.Length; length += 3)
            Assert.Equal("PS3019", Refusal(archive[..length]).Code);
    }

    private static Problem Refusal(byte[] archive) =>
        Assert.Throws<InvalidInputException>(() => Open(archive)).Problems[0];
}
