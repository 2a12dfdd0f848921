using PateSim.Cli.Tests.Support;
using PateSim.Data.Datasets;
using PateSim.Data.Tests.Support;

namespace PateSim.Cli.Tests.Commands.Datasets;

public sealed class DataFetchCommandTests : IDisposable
{
    private const string Cleveland = "heart-disease/processed.cleveland.data";

    private static readonly DatasetInfo Heart = KnownDatasets.Find("heart-disease")!.Info;

    private readonly CliRun _cli = new();

    private string Data => Path.Combine(_cli.Folder, "data");

    public void Dispose() => _cli.Dispose();

    [RequiresDataFact(Cleveland)]
    public async Task What_was_fetched_into_the_cache_is_checked_listed_and_run()
    {
        using var server = new MirrorServer();
        foreach (var file in Heart.Files) server.Serve($"/m/heart-disease/{file.Name}", Published(file));
        _cli.Variables["XDG_CACHE_HOME"] = _cli.Folder;
        var cache = Path.Combine(_cli.Folder, "patesim", "data");
        string[] fetch = ["data", "fetch", "heart-disease", "--from", $"{server.Address}m"];

        var first = await _cli.RunAsync(fetch);
        Assert.Equal(ExitCodes.Ok, first.ExitCode);
        Assert.Contains($"fetched    {Path.Combine(cache, Cleveland)}", first.Out, StringComparison.Ordinal);
        Assert.Contains("heart-disease: complete; every file has its known sha256.", first.Out, StringComparison.Ordinal);
        Assert.Contains("processed.va.data 7 kB of 7 kB, 100 %", first.Error, StringComparison.Ordinal);

        var second = await _cli.RunAsync(fetch);
        Assert.Contains($"at hand    {Path.Combine(cache, Cleveland)}", second.Out, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);

        var check = await _cli.RunAsync("data", "check", cache);
        Assert.Equal(ExitCodes.Ok, check.ExitCode);
        Assert.Contains("\nheart-disease            passed  4 of 4 files, sha256 match", check.Out, StringComparison.Ordinal);
        Assert.EndsWith("1 passed, 0 failed, 6 not there\n", check.Out, StringComparison.Ordinal);

        var list = await _cli.RunAsync("data", "list");
        Assert.Matches("heart-disease .* cache\n", list.Out);
        // No folder is named: the scenario's data come from the cache.
        var scenario = _cli.Write("heart.conf", """
            name = heart
            data { dataset.kind = heart-disease, partitioner.kind = natural }
            aggregation.queries = 30
            theft.attacks.natural-pool.budgets = [10]
            """);
        var run = await _cli.RunAsync("validate", scenario);
        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
    }

    [RequiresDataFact(Cleveland)]
    public async Task A_changed_file_fails_the_check_and_a_fetch_replaces_it()
    {
        using var server = new MirrorServer();
        foreach (var file in Heart.Files)
        {
            server.Serve($"/heart-disease/{file.Name}", Published(file));
            _cli.Write($"data/heart-disease/{file.Name}", System.Text.Encoding.ASCII.GetString(Published(file)));
        }
        var path = Path.Combine(Data, Cleveland);
        await File.WriteAllTextAsync(
            path, (await File.ReadAllTextAsync(path)).Replace("63.0,", "64.0,", StringComparison.Ordinal));
        var check = await _cli.RunAsync("data", "check", Data);
        Assert.Equal(ExitCodes.VerificationFailed, check.ExitCode);
        Assert.Contains($"heart-disease            FAILED  {path}: error PS3016", check.Out, StringComparison.Ordinal);
        Assert.EndsWith("0 passed, 1 failed, 6 not there\n", check.Out, StringComparison.Ordinal);

        var fetch = await _cli.RunAsync(
            "data", "fetch", "heart-disease", "--data", Data, "--from", server.Address);
        Assert.Equal(ExitCodes.Ok, fetch.ExitCode);
        Assert.Contains("is not the published file", fetch.Error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal(ExitCodes.Ok, (await _cli.RunAsync("data", "check", Data)).ExitCode);
    }

    [Fact]
    public async Task Where_nothing_can_be_fetched_it_is_said_what_to_do_by_hand()
    {
        using var server = new MirrorServer();
        var result = await _cli.RunAsync(
            "data", "fetch", "heart-disease", "--data", Data, "--from", server.Address, "--attempts", "1");
        Assert.Equal(ExitCodes.RunFailed, result.ExitCode);
        Assert.Contains("error PS3100: The server answered 404", result.Error, StringComparison.Ordinal);
        Assert.Contains("4 of 4 files are missing. By hand:", result.Out, StringComparison.Ordinal);
        foreach (var file in Heart.Files)
        {
            Assert.Contains($"fetch   {file.Address}\n", result.Out, StringComparison.Ordinal);
            Assert.Contains(
                $"save as {Path.Combine(Data, "heart-disease", file.Name)}\n", result.Out, StringComparison.Ordinal);
            Assert.Contains($"sha256  {file.Sha256} of {file.Name}", result.Out, StringComparison.Ordinal);
        }
        Assert.Contains($"patesim data check {Data}\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_address_gives_ready_to_read_is_told_with_the_way_to_it()
    {
        var result = await _cli.RunAsync("data", "fetch", "chronic-kidney-disease", "--data", Data);
        Assert.Equal(ExitCodes.RunFailed, result.ExitCode);
        Assert.Contains("error PS3107", result.Error, StringComparison.Ordinal);
        Assert.Contains("RAR archive", result.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"save as {Path.Combine(Data, "chronic-kidney-disease", "chronic_kidney_disease.arff")}\n", result.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_file_ends_with_4()
    {
        using var server = new MirrorServer();
        server.Serve("/adult/adult.data", "39, State-gov\n"u8.ToArray());
        var result = await _cli.RunAsync(
            "data", "fetch", "adult", "--data", Data, "--from", server.Address, "--attempts", "1");
        Assert.Equal(ExitCodes.VerificationFailed, result.ExitCode);
        Assert.Contains("error PS3103", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Data, "adult", "adult.data.refused")));
    }

    [Fact]
    public async Task Cancelled_it_says_what_is_kept_and_ends_with_130()
    {
        using var server = new MirrorServer();
        server.Serve("/adult/adult.data", new byte[100_000], stall: 50_000);
        using var source = new CancellationTokenSource();
        var fetch = _cli.RunAsync(
            source.Token, "data", "fetch", "adult", "--data", Data, "--from", server.Address);
        var part = Path.Combine(Data, "adult", "adult.data.part");
        while (!(File.Exists(part) && new FileInfo(part).Length == 50_000)) await Task.Delay(5);
        await source.CancelAsync();
        var result = await fetch;
        Assert.Equal(ExitCodes.Cancelled, result.ExitCode);
        Assert.Contains("the same command goes on from there", result.Error, StringComparison.Ordinal);
        Assert.Equal(50_000, new FileInfo(part).Length);
    }

    [Fact]
    public async Task Without_a_home_a_folder_must_be_named()
    {
        var result = await _cli.RunAsync("data", "fetch", "adult");
        Assert.Equal(ExitCodes.InvalidInput, result.ExitCode);
        Assert.Contains("error PS3108", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_and_shipped_data_need_no_fetch_and_an_empty_folder_is_no_success()
    {
        _cli.Variables["HOME"] = _cli.Folder;
        var result = await _cli.RunAsync("data", "fetch", "synthetic-clinics", "breast-cancer-wisconsin");
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Contains("synthetic-clinics: generated", result.Out, StringComparison.Ordinal);
        Assert.Contains("at hand    ", result.Out, StringComparison.Ordinal);
        var check = await _cli.RunAsync("data", "check", _cli.Folder);
        Assert.Equal(ExitCodes.VerificationFailed, check.ExitCode);
        Assert.Contains("Nothing was checked", check.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.InvalidInput, (await _cli.RunAsync("data", "check", "no/such/folder")).ExitCode);
    }

    private static byte[] Published(DatasetFile file) =>
        TestData.AccessTo(Cleveland).Open("heart-disease", file).Content.ToArray();
}
