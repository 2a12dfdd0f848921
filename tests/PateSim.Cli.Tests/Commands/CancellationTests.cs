using System.Text.Json;
using PateSim.Cli.Tests.Support;
using PateSim.Reporting.Folders;

namespace PateSim.Cli.Tests.Commands;

public class CancellationTests
{
    [Theory]
    [InlineData("sequential")]
    [InlineData("actors")]
    public async Task What_is_finished_when_a_run_is_cancelled_is_kept(string runtime)
    {
        using var cli = new CliRun();
        using var cancellation = new CancellationTokenSource();
        using var output = new StringWriter { NewLine = "\n" };
        // The votes begin when every teacher is trained.
        using var error = new CancellingWriter("votes ", cancellation);
        var environment = new CliEnvironment(
            output, error, false, false, 100, _ => null, TimeProvider.System, DiskFolderAccess.Instance);
        var code = await CliApplication.RunAsync(
            ["run", cli.Write("tiny.conf", CliRun.TinyScenario), "--out", cli.Runs, "--runtime", runtime],
            environment, cancellation.Token);
        Assert.Equal(ExitCodes.Cancelled, code);
        Assert.Contains("one hospital, mean", output.ToString(), StringComparison.Ordinal);
        var folder = Path.Combine(cli.Runs, Assert.Single(cli.RunNames));
        Assert.Empty(RunFolderCheck.Verify(folder).Problems);
        using var summary = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "summary.json")));
        Assert.Equal("cancelled", summary.RootElement.GetProperty("status").GetString());
        Assert.Equal(8, summary.RootElement.GetProperty("counts").GetProperty("teachersTrained").GetInt32());
        var models = summary.RootElement.GetProperty("accuracy").EnumerateArray()
            .Select(entry => entry.GetProperty("model").GetString());
        Assert.Contains("hospital-alone-mean", models);
        Assert.Equal(1 + 8, (await File.ReadAllLinesAsync(Path.Combine(folder, "hospitals.csv"))).Length);
    }

    [Theory]
    [InlineData("sequential")]
    [InlineData("actors")]
    public async Task A_run_that_is_cancelled_as_it_begins_leaves_a_sealed_folder(string runtime)
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

    /// <summary>Cancels when a line of progress begins so.</summary>
    private sealed class CancellingWriter(string beginning, CancellationTokenSource source) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.StartsWith(beginning, StringComparison.Ordinal) == true) source.Cancel();
            base.WriteLine(value);
        }
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
