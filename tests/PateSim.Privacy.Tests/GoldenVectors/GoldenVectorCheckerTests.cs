using System.Text.Json.Nodes;
using PateSim.Core;
using PateSim.Privacy.Golden;

namespace PateSim.Privacy.Tests.GoldenVectors;

public sealed class GoldenVectorCheckerTests
{
    private static readonly string Text =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "golden", "privacy.json"));

    public static TheoryData<string> Kinds => new(GoldenVectorChecker.Kinds);

    // Each kind by itself, so that a test of one kind runs the code of that kind alone.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_entry_of_the_kind_passes(string kind)
    {
        var file = JsonNode.Parse(Text)!;
        var entries = file["entries"]!.AsArray();
        var all = entries.Count;
        entries.RemoveAll(entry => (string?)entry!["kind"] != kind);
        Assert.InRange(entries.Count, 1, all - 1);
        var result = GoldenVectorChecker.Check(file.ToJsonString(), "privacy.json");
        Assert.True(result.Failed == 0, string.Join('\n', result.Failures.Take(20)));
        Assert.Equal(entries.Count, result.Passed);
    }

    [Fact]
    public void The_whole_file_has_33_kinds_and_its_last_line_counts()
    {
        var result = GoldenVectorChecker.Check(Text, "privacy.json");
        Assert.Equal(33, result.Kinds.Length);
        Assert.Equal("274 passed, 0 failed", result.Lines().Last());
    }

    private const string Small = """
        {"schema_version": 1, "entries": [{"id": "x-1", "kind": "gaussian_pair_renyi",
         "inputs": {"mu0": 0, "s0": 1, "mu1": 1, "s1": 1, "order": 2}, "outputs": {"renyi": 1.0},
         "rtol": 1e-9, "atol": 0}]}
        """;

    [Fact]
    public void Another_file_of_the_schema_is_evaluated() =>
        Assert.Equal(["gaussian_pair_renyi: 1 passed, 0 failed", "1 passed, 0 failed"],
            GoldenVectorChecker.Check(Small, "x").Lines());

    [Theory]
    [InlineData("\"renyi\": 1.0", "\"renyi\": 1.1", "renyi[0] is 1, but 1.1 is due")]
    [InlineData("\"renyi\": 1.0", "\"renyy\": 1.0", "'renyy' is unknown")]
    [InlineData("\"renyi\": 1.0", "\"renyi\": [1.0, 2.0]", "has 1 values, but 2 are due")]
    [InlineData("gaussian_pair_renyi", "gaussian_pair_reny", "Did you mean 'gaussian_pair_renyi'?")]
    [InlineData("\"order\": 2", "\"order\": 1", "above 1")]
    [InlineData("\"order\": 2", "\"orden\": 2", "not present")]
    public void A_wrong_entry_fails_with_its_reason(string from, string to, string reason)
    {
        var result = GoldenVectorChecker.Check(Small.Replace(from, to, StringComparison.Ordinal), "x");
        Assert.Equal(1, result.Failed);
        Assert.Contains(reason, Assert.Single(result.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"schema_version\": 2, \"entries\": []}")]
    [InlineData("{\"schema_version\": 1, \"entries\": []}")]
    [InlineData("{\"schema_version\": 1, \"entries\": [{}]}")]
    public void What_is_no_golden_file_is_refused(string text) =>
        Assert.Equal("PS3911", Assert.Throws<InvalidInputException>(
            () => GoldenVectorChecker.Check(text, "x")).Problems[0].Code);
}
