using PateSim.Cli.Tests.Support;

namespace PateSim.Cli.Tests.Commands.Accounting;

/// <summary>Clear errors and no number for what the <c>privacy</c> commands cannot use.</summary>
public sealed class PrivacyBadInputTests : IDisposable
{
    private const string Votes = "10,5,5\n12,4,4\n";
    private readonly CliRun _cli = new();

    public void Dispose() => _cli.Dispose();

    private async Task RefusedAsync(int code, string hint, params string[] args)
    {
        var result = await _cli.RunAsync(["privacy", .. args]);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PS4000", result.Error, StringComparison.Ordinal);
        Assert.Equal((code, ""), (result.ExitCode, result.Out));
    }

    [Theory]
    [InlineData("Required command")]
    [InlineData("Did you mean 'audit'?", "audti")]
    [InlineData("--mechanism is missing", "calibrate --epsilon 1 --answers 10")]
    [InlineData("Did you mean 'gnmax'?", "calibrate --mechanism gnmx --epsilon 1 --answers 10")]
    [InlineData("--epsilon is missing", "calibrate --mechanism lnmax --answers 10")]
    [InlineData("--answers is missing", "calibrate --mechanism lnmax --epsilon 1")]
    [InlineData("--epsilon 0: it is a finite number above 0", "calibrate --mechanism lnmax --epsilon 0 --answers 10")]
    [InlineData("--epsilon NaN: it is a finite number above 0", "calibrate --mechanism lnmax --epsilon NaN --answers 10")]
    [InlineData("--epsilon Infinity: it is", "calibrate --mechanism lnmax --epsilon Infinity --answers 10")]
    [InlineData("--answers 0: it is a whole number from 1", "calibrate --mechanism lnmax --epsilon 1 --answers 0")]
    [InlineData("--answers 1.5: it is a whole number", "calibrate --mechanism lnmax --epsilon 1 --answers 1.5")]
    [InlineData("--delta 1: it is a number between 0 and 1", "calibrate --mechanism lnmax --epsilon 1 --answers 9 --delta 1")]
    [InlineData("--delta 0: it is", "calibrate --mechanism lnmax --epsilon 1 --answers 9 --delta 0")]
    [InlineData("--delta NaN: it is", "calibrate --mechanism lnmax --epsilon 1 --answers 9 --delta NaN")]
    [InlineData("--adjacency patient is unknown. Known: hospital-added", "calibrate --mechanism lnmax --epsilon 1 --answers 9 --adjacency patient")]
    [InlineData("--checks does not belong to gnmax", "calibrate --mechanism gnmax --epsilon 1 --answers 9 --checks 10")]
    [InlineData("--checks 5 is below --answers 9",
        "calibrate --mechanism confident-gnmax --epsilon 1 --answers 9 --checks 5 --threshold-sigma 50")]
    [InlineData("--threshold-sigma is missing", "calibrate --mechanism confident-gnmax --epsilon 1 --answers 9")]
    [InlineData("--threshold-sigma does not belong to lnmax",
        "calibrate --mechanism lnmax --epsilon 1 --answers 9 --threshold-sigma 4")]
    [InlineData("threshold checks with sigma 1 cost",
        "calibrate --mechanism confident-gnmax --epsilon 1 --answers 9 --checks 100 --threshold-sigma 1")]
    [InlineData("--sampling discrete: the loss",
        "calibrate --mechanism gnmax --epsilon 1 --answers 9 --sampling discrete --hospitals-per-patient 2")]
    [InlineData("Did you mean 'discrete'?", "calibrate --mechanism gnmax --epsilon 1 --answers 9 --sampling discreet")]
    [InlineData("--scale is missing", "plan --mechanism lnmax --epsilon 1")]
    [InlineData("--scale 0: it is a finite number above 0", "plan --mechanism lnmax --epsilon 1 --scale 0")]
    [InlineData("--scale -20: it is a finite number above 0", "plan --mechanism lnmax --epsilon 1 --scale -20")]
    [InlineData("--sigma 0: it is a finite number above 0", "plan --mechanism gnmax --epsilon 1 --sigma 0")]
    [InlineData("--sigma NaN: it is a finite number above 0", "plan --mechanism gnmax --epsilon 1 --sigma NaN")]
    [InlineData("--sigma does not belong to lnmax", "plan --mechanism lnmax --epsilon 1 --scale 9 --sigma 9")]
    [InlineData("--checks-per-answer does not belong to gnmax",
        "plan --mechanism gnmax --epsilon 1 --sigma 9 --checks-per-answer 2")]
    [InlineData("--orders: '1' is not a finite number above 1", "account v.csv --orders 2,1")]
    [InlineData("--orders: 'NaN' is not", "account v.csv --orders NaN")]
    [InlineData("--accountants: 'rpd' is unknown", "account v.csv --accountants rpd")]
    [InlineData("--trials 99: it is a whole number from 100", "audit s.conf --trials 99")]
    [InlineData("--confidence 1: it is a number between 0 and 1", "audit s.conf --confidence 1")]
    [InlineData("Required argument missing", "check")]
    public async Task A_command_line_that_means_nothing_ends_with_1(string hint, string line = "") =>
        await RefusedAsync(ExitCodes.Usage, hint, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("votes.csv(2): error PS3922: class 1 has '-4' votes", "10,5,5\n12,-4,12\n")]
    [InlineData("votes.csv(1): error PS3922: class 0 has '10.5' votes", "10.5,5,5\n")]
    [InlineData("votes.csv(2): error PS3922: class 2 has 'NaN' votes", "10,5,5\n10,5,NaN\n")]
    [InlineData("votes.csv(2): error PS3922: class 1 has '' votes", "10,5,5\n10,,5\n")]
    [InlineData("votes.csv(2): error PS3922: class 0 has '99999999999' votes", "10,5,5\n99999999999,5,5\n")]
    [InlineData("votes.csv(2): error PS3923: the votes sum to 21, but 20 teachers vote", "10,5,5\n11,5,5\n")]
    [InlineData("votes.csv(1): error PS3923: the votes sum to 0; from 1", "0,0,0\n")]
    [InlineData("votes.csv(1): error PS3921: there is 1 class", "10\n11\n")]
    [InlineData("votes.csv(1): error PS3921: there is 1 class", "")]
    [InlineData("votes.csv(1): error PS3921: the file has no histogram", "a,b,c\n")]
    [InlineData("votes.csv(3): error PS3921: the line has 2 cells instead of 3", "10,5,5\n10,5,5\n10,10\n")]
    [InlineData("votes.csv(2): error PS3921: 'maybe' is neither true nor false", "a,b,answered\n1,2,maybe\n")]
    public async Task A_votes_file_that_is_none_ends_with_2_and_its_line(string hint, string text)
    {
        var path = _cli.Write("votes.csv", text);
        await RefusedAsync(ExitCodes.InvalidInput, hint, "account", path, "--mechanism", "gnmax", "--sigma", "40");
    }

    [Fact]
    public async Task Votes_need_their_teachers_and_their_mechanism()
    {
        var path = _cli.Write("votes.csv", Votes);
        await RefusedAsync(ExitCodes.InvalidInput, "(1): error PS3923: the votes sum to 20, but 21 teachers vote",
            "account", path, "--mechanism", "gnmax", "--sigma", "40", "--teachers", "21");
        await RefusedAsync(ExitCodes.Usage, "--mechanism is missing", "account", path);
        await RefusedAsync(ExitCodes.Usage, "--threshold is missing: confident-gnmax needs it",
            "account", path, "--mechanism", "confident-gnmax", "--sigma", "40", "--threshold-sigma", "100");
        var partly = _cli.Write("partly.csv", "a,b,answered\n1,2,false\n");
        await RefusedAsync(ExitCodes.Usage, "which always answers",
            "account", partly, "--mechanism", "gnmax", "--sigma", "40");
        await RefusedAsync(ExitCodes.InvalidInput, "error PS3920", "account", Path.Combine(_cli.Folder, "none.csv"));
        var binary = Path.Combine(_cli.Folder, "binary.csv");
        await File.WriteAllBytesAsync(binary, [0xff, 0xfe, 0x80]);
        await RefusedAsync(ExitCodes.InvalidInput, "it is not UTF-8 text", "account", binary);
    }

    [Fact]
    public async Task A_ledger_that_was_cut_off_edited_or_is_already_spent_gives_no_number()
    {
        await _cli.RunTinyAsync();
        var path = Path.Combine(_cli.Runs, Assert.Single(_cli.RunNames), "ledger.csv");
        var text = await File.ReadAllTextAsync(path);
        var lines = text.TrimEnd('\n').Split('\n');

        await LedgerRefusedAsync("PS3902", text[..(text.Length / 2)]);
        await LedgerRefusedAsync("PS3902", string.Join('\n', lines[..^1]) + "\n");
        await LedgerRefusedAsync("PS3903", text.Replace(",0.1,", ",0.01,", StringComparison.Ordinal));
        await LedgerRefusedAsync("PS3903", string.Join('\n', lines.Where((_, i) => i != 3)) + "\n");
        await LedgerRefusedAsync("PS3903", text + lines[^1] + "\n");
        await LedgerRefusedAsync("PS3901", "sequence,query,label\n1,a,2\n");
        await RefusedAsync(ExitCodes.InvalidInput, "PS3903", "account", path, "--last-hash", new string('0', 64));
        await RefusedAsync(ExitCodes.Usage, "--mechanism belongs to votes files", "account", path, "--mechanism", "lnmax");
        await RefusedAsync(
            ExitCodes.Usage, "--threshold-sigma belongs to votes files: a ledger says itself what was charged", "account",
            path, "--threshold-sigma", "12");
        await RefusedAsync(ExitCodes.InvalidInput, "error PS3924: the budget of epsilon 0.5 at delta 1e-5",
            "plan", "--mechanism", "lnmax", "--scale", "20", "--epsilon", "0.5", "--spent", path);
    }

    private async Task LedgerRefusedAsync(string code, string text) => await RefusedAsync(
        ExitCodes.InvalidInput, $"error {code}", "account", _cli.Write("broken-ledger.csv", text));

    [Theory]
    [InlineData("(2,12): error PS3911: this is no JSON", "{\n\"entries\": }")]
    [InlineData("error PS3911: this is no JSON", "")]
    [InlineData("error PS3911: the file is one JSON object", "[]")]
    [InlineData("error PS3911 schema_version: it must be the number 1", """{"entries":[]}""")]
    [InlineData("error PS3911 schema_version: it must be", """{"schema_version":2,"entries":[]}""")]
    [InlineData("error PS3911 entries: there are no entries", """{"schema_version":1,"entries":[]}""")]
    [InlineData("error PS3911 entries: it must be a list", """{"schema_version":1}""")]
    [InlineData("error PS3911 order_lists.X", """{"schema_version":1,"order_lists":{"X":["two"]},"entries":[]}""")]
    [InlineData("error PS3911 entries[0]: an entry is an object", """{"schema_version":1,"entries":[3]}""")]
    [InlineData("error PS3911 entries[0].rtol: a number", """
        {"schema_version":1,"entries":[{"id":"a","kind":"gnmax_query","inputs":{},"outputs":{},"rtol":"x","atol":0}]}
        """)]
    [InlineData("error PS3911 entries[0].outputs.rdp: a number", """
        {"schema_version":1,"entries":[{"id":"a","kind":"g","inputs":{},"outputs":{"rdp":"big"},"rtol":0,"atol":0}]}
        """)]
    public async Task A_file_that_has_no_golden_vectors_ends_with_2_and_its_place(string hint, string text) =>
        await RefusedAsync(ExitCodes.InvalidInput, hint, "check", _cli.Write("golden.json", text));

    [Fact]
    public async Task A_scenario_that_cannot_be_audited_ends_with_2() =>
        await RefusedAsync(ExitCodes.InvalidInput, "PS1001", "audit", Path.Combine(_cli.Folder, "none.conf"));
}
