using PateSim.Cli.Tests.Support;
using PateSim.Reporting.Folders;

namespace PateSim.Cli.Tests.Commands;

public class WritingFailureTests
{
    [Fact]
    public async Task An_unwritable_folder_ends_with_3_before_anything_is_trained()
    {
        using var cli = new CliRun();
        var file = cli.Write("runs", "a file stands where the folder should be");
        var result = await cli.RunTinyAsync();
        Assert.Equal(ExitCodes.RunFailed, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains("error PS4001", result.Error, StringComparison.Ordinal);
        Assert.Contains($"A file stands at '{file}'", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("teachers", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_fills_up_ends_with_3_and_leaves_nothing_sealed()
    {
        var full = new FailingFolderAccess(3, () => new IOException("No space left on device"));
        using var cli = new CliRun { Folders = full };
        var result = await cli.RunTinyAsync();
        Assert.Equal(ExitCodes.RunFailed, result.ExitCode);
        // What hours have brought is shown, though it cannot be kept.
        Assert.Contains("tiny, seed 5: completed", result.Out, StringComparison.Ordinal);
        Assert.Contains("Theft: with 20 queries", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Run folder", result.Out, StringComparison.Ordinal);
        Assert.Contains("error PS4002", result.Error, StringComparison.Ordinal);
        Assert.Contains("No space left on device", result.Error, StringComparison.Ordinal);
        Assert.Empty(cli.RunNames);
    }

    [Fact]
    public async Task A_full_disk_behind_both_folder_and_output_keeps_the_code_of_the_first_fault()
    {
        using var cli = new CliRun();
        using var error = new StringWriter();
        using var output = new FullWriter();
        var environment = new CliEnvironment(
            output, error, false, false, 100, _ => null, TimeProvider.System,
            new FailingFolderAccess(3, () => new IOException("No space left on device")));
        var code = await CliApplication.RunAsync(
            ["run", cli.Write("tiny.conf", CliRun.TinyScenario), "--out", cli.Runs], environment,
            CancellationToken.None);
        Assert.Equal(ExitCodes.RunFailed, code);
        Assert.Contains("error PS4002", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(cli.RunNames);
    }

    [Fact]
    public async Task A_fault_of_the_program_is_one_line_that_says_how_to_report_it()
    {
        var faulty = new FailingFolderAccess(0, () => new InvalidOperationException("two\nlines"));
        using var cli = new CliRun { Folders = faulty };
        var result = await cli.RunTinyAsync();
        Assert.Equal(ExitCodes.RunFailed, result.ExitCode);
        Assert.Empty(result.Out);
        var line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains("PS4000", line, StringComparison.Ordinal);
        Assert.Contains("two lines", line, StringComparison.Ordinal);
        Assert.Contains("report", line, StringComparison.Ordinal);

        cli.Variables["PATESIM_DEBUG"] = "1";
        var debugged = await cli.RunTinyAsync();
        Assert.Contains("   at PateSim.", debugged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_that_cannot_be_written_ends_with_3_and_the_folder_is_sealed()
    {
        using var cli = new CliRun();
        using var error = new StringWriter();
        using var output = new FullWriter();
        var environment = new CliEnvironment(
            output, error, false, false, 100, _ => null, TimeProvider.System, DiskFolderAccess.Instance);
        var scenario = cli.Write("tiny.conf", CliRun.TinyScenario);
        var code = await CliApplication.RunAsync(
            ["run", scenario, "--out", cli.Runs], environment, CancellationToken.None);
        Assert.Equal(ExitCodes.RunFailed, code);
        Assert.Contains("error PS4021", error.ToString(), StringComparison.Ordinal);
        Assert.True(RunFolderCheck.Verify(Path.Combine(cli.Runs, Assert.Single(cli.RunNames))).IsIntact);
    }

    private sealed class FullWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("No space left on device");

        public override void WriteLine() => throw new IOException("No space left on device");
    }

    private sealed class FailingFolderAccess(int room, Func<Exception> fault) : IFolderAccess
    {
        private static readonly DiskFolderAccess Disk = DiskFolderAccess.Instance;
        private int _writes;

        public bool Exists(string path) => Disk.Exists(path);

        public void CreateFolder(string path) => Disk.CreateFolder(path);

        public bool TryCreateFile(string path) => Disk.TryCreateFile(path);

        public void Write(string path, ReadOnlySpan<byte> content)
        {
            if (++_writes > room) throw fault();
            Disk.Write(path, content);
        }

        public void Rename(string from, string to) => Disk.Rename(from, to);

        public void DeleteFolder(string path, bool withContent) => Disk.DeleteFolder(path, withContent);
    }
}
