namespace PateSim.Reporting.Tests.Support;

/// <summary>A folder of one test, deleted after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("patesim-reporting-").FullName;

    public string[] Names => [.. new DirectoryInfo(Path).EnumerateFileSystemInfos().Select(i => i.Name).Order()];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
