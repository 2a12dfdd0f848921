using PateSim.Data.Reading;

namespace PateSim.Data.Tests.Support;

/// <summary>Where real data files are: PATESIM_DATA, else a folder <c>data</c> above the test that has the
/// dataset.</summary>
internal static class TestData
{
    public static string? FolderWith(string relativePath)
    {
        var candidates = new List<string?> { Environment.GetEnvironmentVariable(DataAccess.Variable) };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            candidates.Add(Path.Combine(folder.FullName, "data"));
        return candidates.FirstOrDefault(
            folder => folder is not null
                && (File.Exists(Path.Combine(folder, relativePath))
                    || File.Exists(Path.Combine(folder, relativePath + ".gz"))));
    }

    public static DataAccess AccessTo(string relativePath) => DataAccess.From(FolderWith(relativePath), null, null);
}

/// <summary>A test on real data, skipped with a reason where the file is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresDataFactAttribute : FactAttribute
{
    public RequiresDataFactAttribute(string relativePath)
    {
        RelativePath = relativePath;
        if (TestData.FolderWith(relativePath) is null)
            Skip = $"No {relativePath} in PATESIM_DATA or a folder 'data' above the test.";
    }

    public string RelativePath { get; }
}
