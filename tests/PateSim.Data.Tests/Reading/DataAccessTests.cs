using PateSim.Core;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Reading;

public sealed class DataAccessTests
{
    private static readonly DatasetFile File = new("a.csv", "https://example.org/a.csv", "ab12", 1, [1, 0]);

    [Fact]
    public void The_first_folder_that_has_the_file_provides_it_plain_before_gzipped()
    {
        using var one = new TemporaryFolder();
        using var two = new TemporaryFolder();
        var access = DataAccess.From(one.Path, two.Path, null);
        two.Write("set/a.csv", "two");
        Assert.Equal("two"u8, access.Open("set", File).Content.Span);
        one.Write("set/a.csv.gz", TemporaryFolder.Gzip("packed"u8.ToArray()));
        Assert.Equal("packed"u8, access.Open("set", File).Content.Span);
        one.Write("set/a.csv", "plain");
        Assert.Equal("plain"u8, access.Open("set", File).Content.Span);
    }

    [Fact]
    public void A_missing_file_says_where_it_was_sought_and_where_it_is_published()
    {
        using var folder = new TemporaryFolder();
        var problem = Assert.Throws<InvalidInputException>(
            () => DataAccess.From(folder.Path, null, "/shipped").Open("set", File)).Problems[0];
        Assert.Equal(("PS3002", "set/a.csv"), (problem.Code, problem.Place));
        string[] parts =
            [Path.Combine(folder.Path, "set"), "(--data)", "/shipped", "https://example.org/a.csv", "ab12"];
        foreach (var part in parts)
            Assert.Contains(part, problem.Message, StringComparison.Ordinal);
        Assert.Contains(
            "no data folder is set",
            Assert.Throws<InvalidInputException>(() => DataAccess.None.Open("set", File))
                .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_folder_must_exist()
    {
        var absent = Path.Combine(Path.GetTempPath(), "patesim-no-such-folder");
        var problem = Assert.Throws<InvalidInputException>(() => DataAccess.From(absent, null, null)).Problems[0];
        Assert.Equal(("PS3001", absent), (problem.Code, problem.Place));
        Assert.Contains("PATESIM_DATA", Assert.Throws<InvalidInputException>(
            () => DataAccess.From(null, absent, null)).Message, StringComparison.Ordinal);
        Assert.Single(DataAccess.From(null, "", "not yet there").Folders);
    }

    [Fact]
    public void The_shipped_folder_lies_beside_the_program()
    {
        var access = DataAccess.FromProcess(null);
        Assert.Equal(569, DataCatalogs.Datasets["breast-cancer-wisconsin"].With().Instance
            .Load(access, default, default).Rows);
    }
}
