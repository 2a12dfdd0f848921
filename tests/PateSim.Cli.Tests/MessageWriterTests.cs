using PateSim.Cli.Progress;
using PateSim.Cli.Tests.Support;
using PateSim.Reporting.Folders;
using PateSim.Simulation.Runtime;

namespace PateSim.Cli.Tests;

/// <summary>Standard error that cannot be written to.</summary>
public sealed class MessageWriterTests : IDisposable
{
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("actors", false)]
    [InlineData("sequential", false)]
    [InlineData("actors", true)]
    public async Task A_run_ends_as_it_would_have(string runtime, bool isTerminal)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new BrokenWriter();
        var scenario = _cli.Write("tiny.conf", CliRun.TinyScenario);
        var code = await CliApplication.RunAsync(
            ["run", scenario, "--out", _cli.Runs, "--runtime", runtime],
            Environment(output, error, isTerminal), CancellationToken.None);
        Assert.Equal(ExitCodes.Ok, code);
        Assert.True(error.Attempts > 0);
        Assert.Contains("tiny, seed 5: completed", output.ToString(), StringComparison.Ordinal);
        Assert.True(RunFolderCheck.Verify(Path.Combine(_cli.Runs, Assert.Single(_cli.RunNames))).IsIntact);
    }

    [Fact]
    public async Task Faults_keep_their_exit_codes()
    {
        using var error = new BrokenWriter();
        var environment = Environment(TextWriter.Null, error, false);
        Assert.Equal(ExitCodes.Usage, await Code("nonsense"));
        Assert.Equal(ExitCodes.InvalidInput, await Code("validate", Path.Combine(_cli.Folder, "nowhere.conf")));
        Assert.Equal(ExitCodes.VerificationFailed, await Code("verify", _cli.Folder));

        Task<int> Code(params string[] args) => CliApplication.RunAsync(args, environment, CancellationToken.None);
    }

    [Fact]
    public async Task A_report_of_progress_never_throws()
    {
        using var error = new BrokenWriter();
        var environment = Environment(TextWriter.Null, error, false);
        await using var display = ProgressDisplay.Start(environment, new PhaseClock(TimeProvider.System));
        display.Report(new RunProgress("teachers", 0, 1, 0));
        Assert.Equal(1, error.Attempts);
    }

    [Fact]
    public void What_can_be_written_is_written()
    {
        using var inner = new StringWriter { NewLine = "\n" };
        using var writer = new MessageWriter(inner);
        writer.Write('a');
        writer.Write("b");
        writer.Write(['c', 'd'], 1, 1);
        writer.Write("e".AsSpan());
        writer.WriteLine();
        writer.WriteLine("f");
        writer.WriteLine(7);
        Assert.Equal("abde\nf\n7" + System.Environment.NewLine, inner.ToString());
    }

    private static CliEnvironment Environment(TextWriter output, TextWriter error, bool errorIsTerminal) => new(
        output, error, false, errorIsTerminal, 100, _ => null, TimeProvider.System, DiskFolderAccess.Instance);

    private sealed class BrokenWriter : StringWriter
    {
        private int _attempts;

        public int Attempts => _attempts;

        public override void Write(char value) => throw Fault();

        public override void Write(char[] buffer, int index, int count) => throw Fault();

        public override void Write(ReadOnlySpan<char> buffer) => throw Fault();

        public override void Write(string? value) => throw Fault();

        public override void WriteLine() => throw Fault();

        public override void WriteLine(string? value) => throw Fault();

        public override void Flush() => throw Fault();

        private IOException Fault()
        {
            Interlocked.Increment(ref _attempts);
            return new IOException("No space left on device");
        }
    }
}
