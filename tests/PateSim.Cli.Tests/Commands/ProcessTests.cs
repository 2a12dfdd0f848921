using System.Diagnostics;
using PateSim.Cli.Tests.Support;
using PateSim.Reporting.Folders;

namespace PateSim.Cli.Tests.Commands;

/// <summary>The program itself, as a process: what cannot be seen from inside.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_signal_stops_a_run_that_would_last_and_keeps_what_is_finished()
    {
        // Signals of this kind exist on Unix only.
        if (OperatingSystem.IsWindows()) return;
        using var process = Start(
            "run", _cli.Write("long.conf", CliRun.TinyScenario), "--out", _cli.Runs,
            "--set", "theft.clone.mlp.hidden=[512, 512]", "--set", "theft.clone.mlp.epochs=10000");
        using var patience = new CancellationTokenSource(Patience);
        var lines = new List<string>();
        var isTold = false;
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            lines.Add(line);
            if (isTold || !line.StartsWith("theft", StringComparison.Ordinal)) continue;
            isTold = true;
            // Termination stands in for Ctrl-C, which a test host in the background may have switched off.
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync(patience.Token);
        }
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);

        Assert.Equal(ExitCodes.Cancelled, process.ExitCode);
        Assert.Contains(lines, line => line.StartsWith("Stopping", StringComparison.Ordinal));
        Assert.Contains("CANCELLED, incomplete", output, StringComparison.Ordinal);
        Assert.Contains("student ", output, StringComparison.Ordinal);
        var folder = Path.Combine(_cli.Runs, Assert.Single(_cli.RunNames));
        Assert.Empty(RunFolderCheck.Verify(folder).Problems);
    }

    [Fact]
    public async Task Redirected_output_is_plain_and_apart_from_messages()
    {
        using var process = Start("run", _cli.Write("tiny.conf", CliRun.TinyScenario), "--out", _cli.Runs, "--json");
        using var patience = new CancellationTokenSource(Patience);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(ExitCodes.Ok, process.ExitCode);
        Assert.StartsWith("{\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output + await error);
    }

    private static Process Start(params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "patesim.exe" : "patesim");
        return Process.Start(new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
