using System.Diagnostics;
using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands.Datasets;

/// <summary>Fetches by the program itself: proxies, signals and limits of the system.</summary>
public sealed class DataFetchProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_proxy_of_the_environment_is_asked()
    {
        using var server = new MirrorServer();
        server.Serve("/m/adult/adult.data", "wrong"u8.ToArray());
        var (code, _, error) = await RunAsync(
            "--from", "http://mirror.invalid/m", environment: ("http_proxy", server.Address));
        // A host that is nowhere answers through the proxy.
        Assert.Equal(ExitCodes.VerificationFailed, code);
        Assert.Contains("http://mirror.invalid/m/adult/adult.data", server.Requests);
        Assert.Contains("http://mirror.invalid/m/adult/adult.data: error PS3103", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_on_the_size_of_files_is_told_as_lack_of_room_and_the_part_is_kept()
    {
        if (OperatingSystem.IsWindows()) return;
        using var server = new MirrorServer();
        server.Serve("/adult/adult.data", new byte[3_000_000]);
        var (code, output, error) = await RunAsync("--from", server.Address, limitKilobytes: 1000);
        Assert.Equal(ExitCodes.RunFailed, code);
        Assert.Contains("error PS3105: There is no room for the file", error, StringComparison.Ordinal);
        Assert.Contains("By hand:", output, StringComparison.Ordinal);
        Assert.Equal(1_024_000, new FileInfo(Path.Combine(_cli.Folder, "adult", "adult.data.part")).Length);
    }

    [Fact]
    public async Task A_signal_keeps_the_part_for_the_next_fetch()
    {
        if (OperatingSystem.IsWindows()) return;
        using var server = new MirrorServer();
        server.Serve("/adult/adult.data", new byte[100_000], stall: 40_000);
        using var process = Start(["--from", server.Address], null, default);
        using var patience = new CancellationTokenSource(Patience);
        var part = Path.Combine(_cli.Folder, "adult", "adult.data.part");
        while (!(File.Exists(part) && new FileInfo(part).Length == 40_000)) await Task.Delay(10, patience.Token);
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        var error = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(ExitCodes.Cancelled, process.ExitCode);
        Assert.Contains("the same command goes on from there", error, StringComparison.Ordinal);
        Assert.Equal(40_000, new FileInfo(part).Length);
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(
        string option, string value, (string Name, string Value) environment = default, int? limitKilobytes = null)
    {
        using var process = Start([option, value], limitKilobytes, environment);
        using var patience = new CancellationTokenSource(Patience);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, output, await error);
    }

    private Process Start(string[] more, int? limitKilobytes, (string Name, string Value) environment)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "patesim.exe" : "patesim");
        string[] args = ["data", "fetch", "adult", "--data", _cli.Folder, "--attempts", "1", .. more];
        // The shell's limit counts 1,024 bytes; its signal would end the process before it could say why.
        var start = limitKilobytes is { } limit
            ? new ProcessStartInfo(
                "bash", ["-c", $"trap '' XFSZ; ulimit -f {limit}; exec \"$@\"", "bash", program, .. args])
            : new ProcessStartInfo(program, args);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        // The runtime's doubly mapped code pages are a file, too, and larger than the limit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        if (environment.Name is not null) start.Environment[environment.Name] = environment.Value;
        return Process.Start(start)!;
    }
}
