using PateSim.Cli.Tests.Support;
using PateSim.Reporting.Folders;

namespace PateSim.Cli.Tests.Commands;

public class CancellationTests
{
    [Theory]
    [InlineData("sequential")]
    [InlineData("actors")]
    public async Task A_cancelled_run_keeps_what_is_finished_in_a_sealed_folder(string runtime)
    {
        using var cancellation = new CancellationTokenSource();
        // Claiming the folder is the last step before the run: it is cancelled as soon as it begins.
        using var cli = new CliRun { Folders = new CancellingFolderAccess(cancellation) };
        var scenario = cli.Write("tiny.conf", CliRun.TinyScenario);
        var result = await cli.RunAsync(
            cancellation.Token, "run", scenario, "--out", cli.Runs, "--runtime", runtime);
        Assert.Equal(ExitCodes.Cancelled, result.ExitCode);
        Assert.Contains("Cancelled", result.Error, StringComparison.Ordinal);
        Assert.Contains("CANCELLED, incomplete", result.Out, StringComparison.Ordinal);
        var folder = Path.Combine(cli.Runs, Assert.Single(cli.RunNames));
        Assert.False(folder.EndsWith(".partial", StringComparison.Ordinal));
        Assert.Empty(RunFolderCheck.Verify(folder).Problems);
        foreach (var file in new[] { "manifest.json", "summary.json" })
        {
            Assert.Contains(
                "\"status\": \"cancelled\"", await File.ReadAllTextAsync(Path.Combine(folder, file)),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cancelling_before_the_run_leaves_nothing()
    {
        using var cli = new CliRun();
        var scenario = cli.Write("tiny.conf", CliRun.TinyScenario);
        var result = await cli.RunAsync(new CancellationToken(true), "run", scenario, "--out", cli.Runs);
        Assert.Equal(ExitCodes.Cancelled, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Empty(cli.RunNames);
    }

    private sealed class CancellingFolderAccess(CancellationTokenSource source) : IFolderAccess
    {
        private static readonly DiskFolderAccess Disk = DiskFolderAccess.Instance;

        public bool Exists(string path) => Disk.Exists(path);

        public void CreateFolder(string path) => Disk.CreateFolder(path);

        public bool TryCreateFile(string path)
        {
            source.Cancel();
            return Disk.TryCreateFile(path);
        }

        public void Write(string path, ReadOnlySpan<byte> content) => Disk.Write(path, content);

        public void Rename(string from, string to) => Disk.Rename(from, to);

        public void DeleteFolder(string path, bool withContent) => Disk.DeleteFolder(path, withContent);
    }
}
