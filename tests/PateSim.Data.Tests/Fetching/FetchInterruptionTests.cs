using PateSim.Data.Fetching;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Fetching;

public sealed class FetchInterruptionTests
{
    private static readonly byte[] Content = FetchRig.Content;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Cancelled_it_keeps_what_came_and_goes_on_from_there()
    {
        await using var rig = await FetchRig.StartAsync();
        var hold = new TaskCompletionSource();
        rig.Server.Serve("/a.csv", Content, new Fault(BreakAfter: 70_000, Hold: hold.Task));
        using var source = new CancellationTokenSource();
        var fetch = rig.FetchAsync(rig.Info("/a.csv"), source.Token);
        var part = Path.Combine(rig.Set, "a.csv.part");
        await Until(() => File.Exists(part) && new FileInfo(part).Length == 70_000);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        hold.SetResult();
        Assert.Equal(["a.csv.part", "a.csv.part.from"], rig.Names);
        Assert.True((await rig.FetchAsync("/a.csv")).IsComplete);
        Assert.Equal("/a.csv bytes=70000-", rig.Server.Requests[^1]);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_tried_again()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Settings = rig.Settings with { Silence = TimeSpan.FromSeconds(1), Attempts = 20 };
        var hold = new TaskCompletionSource();
        rig.Server.Serve("/a.csv", Content, new Fault(BreakAfter: 70_000, Hold: hold.Task));
        var report = await rig.FetchAsync("/a.csv");
        hold.SetResult();
        Assert.True(report.IsComplete, string.Join('\n', report.Problems));
        Assert.Contains(rig.Progress, p => p.Event?.Contains("sent nothing for 1 s", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Two_fetches_of_one_file_follow_each_other_and_the_second_finds_it()
    {
        await using var rig = await FetchRig.StartAsync();
        var hold = new TaskCompletionSource();
        rig.Server.Serve("/a.csv", Content, new Fault(Hold: hold.Task, Length: false));
        var one = rig.FetchAsync("/a.csv");
        await Until(() => rig.Server.Requests.Count == 1);
        var two = rig.FetchAsync("/a.csv");
        await Until(() => Events(rig).Any(e => e.Contains("Another fetch", StringComparison.Ordinal)));
        hold.SetResult();
        Assert.Equal(FetchState.Fetched, (await one).Files[0].State);
        Assert.Equal(FetchState.AtHand, (await two).Files[0].State);
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task A_full_disk_is_called_one_and_stops_the_fetch()
    {
        // The device on which every write fails for lack of room; Linux alone has it.
        if (!File.Exists("/dev/full")) return;
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", Content);
        rig.Server.Serve("/mirror", Content);
        Directory.CreateDirectory(rig.Set);
        File.CreateSymbolicLink(Path.Combine(rig.Set, "a.csv.part"), "/dev/full");
        var report = await rig.FetchAsync("/a.csv", "/mirror");
        var problem = Assert.Single(report.Problems);
        Assert.Equal(FetchProblems.DiskFull, problem.Code);
        Assert.Contains("make room", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a.csv", rig.Names);
        // A mirror would meet the same disk.
        Assert.Equal(["/a.csv"], rig.Server.Requests);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_problem_not_a_crash()
    {
        await using var rig = await FetchRig.StartAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(rig.Root)!);
        await File.WriteAllTextAsync(rig.Root, "a file where the folder should be");
        var report = await rig.FetchAsync("/a.csv");
        Assert.Equal(FetchProblems.CannotWrite, Assert.Single(report.Problems).Code);
        Assert.False(report.IsComplete);
        Assert.Empty(rig.Server.Requests);
    }

    private static string[] Events(FetchRig rig)
    {
        lock (rig.Progress) return [.. rig.Progress.Select(p => p.Event).OfType<string>()];
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds()) await Task.Delay(5, patience.Token);
    }
}
