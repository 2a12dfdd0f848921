using PateSim.Data.Reading;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Reading;

public sealed class DataCacheTests
{
    [Theory]
    [InlineData("/c/patesim/data", "XDG_CACHE_HOME=/c", "HOME=/h")]
    [InlineData("/h/.cache/patesim/data", "HOME=/h", "LOCALAPPDATA=/l")]
    [InlineData("/h/.cache/patesim/data", "XDG_CACHE_HOME=relative", "HOME=/h")]
    [InlineData("/h/.cache/patesim/data", "XDG_CACHE_HOME=", "HOME=/h")]
    [InlineData("/l/patesim/data", "LOCALAPPDATA=/l")]
    [InlineData(null, "HOME=")]
    public void The_cache_is_where_the_base_directory_specification_says(string? expected, params string[] variables)
    {
        var set = variables.Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1], StringComparer.Ordinal);
        Assert.Equal(expected?.Replace('/', Path.DirectorySeparatorChar), DataCache.Folder(set.GetValueOrDefault));
    }

    [Fact]
    public void Folders_are_searched_option_first_then_environment_cache_and_shipped()
    {
        using var folder = new TemporaryFolder();
        var access = DataAccess.From(folder.Path, folder.Path, "shipped there", "cached there");
        Assert.Equal(["--data", "PATESIM_DATA", "cache", "shipped"], access.Folders.Select(f => f.Origin));
        // Neither the cache nor the shipped folder need exist.
        Assert.Null(access.Locate("adult", Data.Datasets.KnownDatasets.Find("adult")!.Info.Files[0]));
    }
}
