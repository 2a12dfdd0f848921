using PateSim.Data.Datasets;
using PateSim.Data.Fetching;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Fetching;

public sealed class DatasetFetcherTests
{
    private static readonly byte[] Content = FetchRig.Content;

    [Fact]
    public async Task A_file_that_is_published_stands_under_its_name_and_nothing_beside_it()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", Content);
        var report = await rig.FetchAsync("/a.csv");
        var file = Assert.Single(report.Files);
        Assert.Equal((FetchState.Fetched, rig.At("/a.csv")), (file.State, file.Address));
        Assert.Empty(report.Problems);
        Assert.Equal(["a.csv"], rig.Names);
        Assert.Equal(Content, await File.ReadAllBytesAsync(file.Place));
        Assert.Contains(rig.Progress, p => (p.Bytes, p.Total) == (Content.Length, Content.Length));
        // Once it is there nobody is asked again.
        Assert.Equal(FetchState.AtHand, (await rig.FetchAsync("/a.csv")).Files[0].State);
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task A_transfer_that_breaks_off_goes_on_where_it_was()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", Content, new Fault(BreakAfter: 70_000), new Fault(BreakAfter: 50_000));
        var report = await rig.FetchAsync("/a.csv");
        Assert.True(report.IsComplete, string.Join('\n', report.Problems));
        Assert.Equal(Content, await File.ReadAllBytesAsync(report.Files[0].Place));
        Assert.Equal(3, rig.Server.Requests.Count);
        // What a broken transfer brought is not asked for again.
        Assert.Equal(["/a.csv bytes=70000-", "/a.csv bytes=120000-"], rig.Server.Requests.Skip(1));
        Assert.Equal(["a.csv"], rig.Names);
    }

    [Fact]
    public async Task A_transfer_that_breaks_off_every_time_is_given_up_and_the_next_fetch_goes_on()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", Content, [.. Enumerable.Repeat(new Fault(BreakAfter: 0), 3)]);
        rig.Write("a.csv.part", Content[..1000]);
        rig.Write("a.csv.part.from", System.Text.Encoding.UTF8.GetBytes($"{rig.At("/a.csv")}\n\n"));
        var report = await rig.FetchAsync("/a.csv");
        Assert.False(report.IsComplete);
        var problem = Assert.Single(report.Problems);
        Assert.Equal((FetchProblems.GaveUp, rig.At("/a.csv")), (problem.Code, problem.Place));
        Assert.Contains("3 attempts", problem.Message, StringComparison.Ordinal);
        Assert.Contains("a.csv.part", rig.Names);
        Assert.DoesNotContain("a.csv", rig.Names);
        Assert.True((await rig.FetchAsync("/a.csv")).IsComplete);
        Assert.Equal("/a.csv bytes=1000-", rig.Server.Requests[^1]);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_the_whole_again()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", Content, new Fault(BreakAfter: 70_000, Ranges: false), new Fault(Ranges: false));
        var report = await rig.FetchAsync("/a.csv");
        Assert.True(report.IsComplete, string.Join('\n', report.Problems));
        Assert.Equal(Content, await File.ReadAllBytesAsync(report.Files[0].Place));
    }

    [Fact]
    public async Task A_file_that_changed_in_between_comes_from_its_beginning()
    {
        await using var rig = await FetchRig.StartAsync();
        var old = Enumerable.Repeat((byte)'x', Content.Length).ToArray();
        rig.Server.Serve("/a.csv", Content, new Fault(BreakAfter: 70_000, Content: old));
        Assert.True((await rig.FetchAsync("/a.csv")).IsComplete);
        Assert.Equal(["/a.csv", "/a.csv bytes=70000-"], rig.Server.Requests);
    }

    [Fact]
    public async Task Without_validators_halves_of_two_files_are_found_by_the_digest_and_fetched_anew()
    {
        await using var rig = await FetchRig.StartAsync();
        var old = Enumerable.Repeat((byte)'x', Content.Length).ToArray();
        rig.Server.Serve(
            "/a.csv", Content, new Fault(BreakAfter: 70_000, Content: old, Validators: false),
            new Fault(Validators: false));
        Assert.True((await rig.FetchAsync("/a.csv")).IsComplete);
        Assert.Equal(["/a.csv", "/a.csv bytes=70000-", "/a.csv"], rig.Server.Requests);
        Assert.Equal(["a.csv"], rig.Names);
    }

    [Fact]
    public async Task Another_range_than_asked_for_is_not_used()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", Content, new Fault(BreakAfter: 70_000), new Fault(RangeShift: 1));
        Assert.True((await rig.FetchAsync("/a.csv")).IsComplete);
        Assert.Equal(["/a.csv", "/a.csv bytes=70000-", "/a.csv"], rig.Server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_part_that_is_as_long_as_the_file_is_checked_and_a_longer_one_begun_anew(bool right)
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", Content);
        rig.Write("a.csv.part", right ? Content : new byte[Content.Length + 9]);
        rig.Write("a.csv.part.from", System.Text.Encoding.UTF8.GetBytes($"{rig.At("/a.csv")}\n\n"));
        Assert.True((await rig.FetchAsync("/a.csv")).IsComplete);
        Assert.Equal(right ? 1 : 2, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task A_wrong_digest_is_refused_and_the_file_kept_aside()
    {
        await using var rig = await FetchRig.StartAsync();
        var wrong = (byte[])Content.Clone();
        wrong[^2] ^= 1;
        rig.Server.Serve("/a.csv", wrong);
        var report = await rig.FetchAsync("/a.csv");
        var problem = Assert.Single(report.Problems);
        Assert.Equal(FetchProblems.WrongDigest, problem.Code);
        Assert.Contains(report.Files[0].File.Sha256, problem.Message, StringComparison.Ordinal);
        Assert.Equal(["a.csv.refused"], rig.Names);
        Assert.Equal(wrong, await File.ReadAllBytesAsync(Path.Combine(rig.Set, "a.csv.refused")));
    }

    [Fact]
    public async Task A_log_in_page_in_place_of_the_file_is_called_one()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", "\n<!DOCTYPE html><html>Please log in</html>"u8.ToArray());
        Assert.Contains(
            "looks like a web page", (await rig.FetchAsync("/a.csv")).Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_mirror_is_taken_where_one_has_not_the_file_or_a_wrong_one()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/wrong", "1,2\n"u8.ToArray());
        rig.Server.Serve("/right", Content);
        var report = await rig.FetchAsync("/none", "/wrong", "/right");
        Assert.True(report.IsComplete);
        Assert.Equal(rig.At("/right"), report.Files[0].Address);
        Assert.Equal(["/none", "/wrong", "/right"], rig.Server.Requests);
    }

    [Theory]
    [InlineData(404, "404 Not Found")]
    [InlineData(403, "403 Forbidden")]
    [InlineData(410, "410 Gone")]
    public async Task A_file_that_is_not_there_is_not_asked_for_twice(int status, string said)
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", Content, [.. Enumerable.Repeat(new Fault(Status: status), 5)]);
        var problem = Assert.Single((await rig.FetchAsync("/a.csv")).Problems);
        Assert.Equal(FetchProblems.NotHere, problem.Code);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.Single(rig.Server.Requests);
        Assert.Empty(rig.Names);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        await using var rig = await FetchRig.StartAsync();
        // An hour is more than the longest pause, which is kept to.
        rig.Server.Serve("/a.csv", Content, new Fault(Status: status), new Fault(Status: status, RetryAfterSeconds: 3600));
        Assert.True((await rig.FetchAsync("/a.csv")).IsComplete);
        Assert.Equal(3, rig.Server.Requests.Count);
        Assert.Contains(rig.Progress, p => p.Event?.Contains($"{status}", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Redirections_are_followed_but_not_for_ever()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/old", [], new Fault(Status: 302, Location: "/new"));
        rig.Server.Serve("/new", Content);
        Assert.True((await rig.FetchAsync("/old")).IsComplete);

        await using var round = await FetchRig.StartAsync();
        round.Server.Serve("/a", [], [.. Enumerable.Repeat(new Fault(Status: 301, Location: "/a"), 20)]);
        var problem = Assert.Single((await round.FetchAsync("/a")).Problems);
        Assert.Equal(FetchProblems.Redirect, problem.Code);
        Assert.Contains("/a", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_content_of_unknown_length_is_taken_to_its_end()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", Content, new Fault(BreakAfter: 70_000, Length: false), new Fault(Length: false));
        Assert.True((await rig.FetchAsync("/a.csv")).IsComplete);
    }

    [Fact]
    public async Task A_file_without_end_is_given_up()
    {
        await using var rig = await FetchRig.StartAsync();
        rig.Server.Serve("/a.csv", new byte[2 << 20]);
        var problem = Assert.Single((await rig.FetchAsync("/a.csv")).Problems);
        Assert.Equal(FetchProblems.TooLarge, problem.Code);
        Assert.Empty(rig.Names);
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_tried_for_one_file_and_no_other()
    {
        await using var rig = await FetchRig.StartAsync();
        var (one, two) = (FetchRig.File("a.csv", Content), FetchRig.File("b.csv", [1]));
        // Port 9 of this machine: nobody listens.
        var report = await rig.FetchAsync(rig.Info(
            new PublishedFile("a.csv", ["http://127.0.0.1:9/a.csv"], [one]),
            new PublishedFile("b.csv", ["http://127.0.0.1:9/b.csv"], [two])));
        Assert.Equal(2, report.Files.Count(f => f.State == FetchState.Missing));
        Assert.Equal(FetchProblems.GaveUp, Assert.Single(report.Problems).Code);
        Assert.Equal(2, rig.Progress.Count(p => p.Event is not null));
    }
}
