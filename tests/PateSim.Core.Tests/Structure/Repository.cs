using System.Xml.Linq;

namespace PateSim.Core.Tests.Structure;

/// <summary>The files of the repository that the tests run in.</summary>
internal static class Repository
{
    private static readonly string[] Built = ["bin", "obj"];

    /// <summary>The folder that holds PateSim.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The files with that extension below a folder, without what a build writes; paths relative to the root,
    /// with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files(string folder, string extension) =>
    [
        .. Directory.EnumerateFiles(PathOf(folder), "*" + extension, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => !path.Split('/').Intersect(Built).Any())
            .Order(StringComparer.Ordinal),
    ];

    public static string Text(string relative) => File.ReadAllText(PathOf(relative));

    public static XDocument Xml(string relative) => XDocument.Load(PathOf(relative));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PateSim.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds PateSim.sln.");
    }
}
