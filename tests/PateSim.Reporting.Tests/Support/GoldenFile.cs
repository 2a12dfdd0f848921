using System.Runtime.CompilerServices;

namespace PateSim.Reporting.Tests.Support;

/// <summary>Approved files beside the tests. PATESIM_UPDATE_GOLDEN=1 writes them anew, to be reviewed in the diff.
/// </summary>
internal static class GoldenFile
{
    public static void Check(string name, ReadOnlySpan<byte> content, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "..", "Golden", name);
        if (Environment.GetEnvironmentVariable("PATESIM_UPDATE_GOLDEN") == "1") File.WriteAllBytes(path, content);
        Assert.True(File.Exists(path), $"There is no approved file {path}.");
        var expected = System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(path));
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(content));
    }
}
