using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PateSim.Core;
using PateSim.Core.Randomness;
using PateSim.Privacy.Golden;

namespace PateSim.Privacy.Tests.GoldenVectors;

/// <summary>Whatever a file of the schema holds, it is evaluated, or each entry says why not; nothing runs for minutes.
/// </summary>
public sealed class GoldenFuzzTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "golden");
    private static readonly string Second = File.ReadAllText(Path.Combine(Folder, "second.json"));

    [Fact]
    public void Every_kind_passes_with_vectors_of_another_origin()
    {
        var result = GoldenVectorChecker.Check(Second, "second.json");
        Assert.True(result.Failed == 0, string.Join('\n', result.Failures));
        Assert.Equal(GoldenVectorChecker.Kinds, result.Kinds.Select(kind => kind.Kind).Order(StringComparer.Ordinal));
    }

    private static readonly string[] Odd =
    [
        "-1", "0", "1e300", "-1e300", "2147483648", "1e-320", "0.5", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "null",
        "true", "[]", "{}", "\"LONG\"", "\"text\"", "[[1]]", "[null]", "[1e300]", "1000000000", "[1000000000,0]", "3",
    ];

    /// <summary>One entry of each kind, with every input in turn replaced by odd values.</summary>
    [Fact]
    public void Odd_inputs_fail_their_entry_and_nothing_else()
    {
        var root = JsonNode.Parse(Second)!;
        var ones = root["entries"]!.AsArray().GroupBy(e => (string)e!["kind"]!).Select(kind => kind.First()!.ToJsonString());
        var entries = new List<string>();
        foreach (var one in ones)
        {
            foreach (var name in JsonNode.Parse(one)!["inputs"]!.AsObject().Select(input => input.Key).ToList())
            {
                foreach (var odd in Odd)
                {
                    var entry = JsonNode.Parse(one)!;
                    entry["inputs"]![name] = JsonNode.Parse(odd);
                    entry["id"] = $"{name}={odd}";
                    entries.Add(entry.ToJsonString());
                }
                var without = JsonNode.Parse(one)!;
                without["inputs"]!.AsObject().Remove(name);
                entries.Add(without.ToJsonString());
            }
        }
        var slowest = TimeSpan.Zero;
        var slow = "";
        foreach (var entry in entries)
        {
            var clock = Stopwatch.StartNew();
            var result = GoldenVectorChecker.Check(
                "{\"schema_version\":1,\"order_lists\":{\"LONG\":[2,3]},\"entries\":[" + entry + "]}", "fuzz");
            if (clock.Elapsed > slowest) (slowest, slow) = (clock.Elapsed, entry[..Math.Min(200, entry.Length)]);
            Assert.Equal(1, result.Passed + result.Failed);
        }
        Assert.True(slowest < TimeSpan.FromSeconds(30), $"{slowest}: {slow}");
    }

    [Fact]
    public void Cut_or_garbled_files_are_refused_or_fail_and_never_throw_anything_else()
    {
        var stream = RandomKey.FromSeed(9).Derive("garble").Open();
        for (var i = 0; i < 150; i++)
        {
            var text = i % 2 == 0
                ? Second[..stream.NextInt(Second.Length)]
                : Second.Remove(stream.NextInt(Second.Length - 10), 1 + stream.NextInt(8));
            // Garbled entries are evaluated one by one; whole files would only repeat the good ones.
            if (i % 2 == 1) text = Shorten(text);
            try
            {
                Assert.True(GoldenVectorChecker.Check(text, "garbled").Kinds.Length > 0);
            }
            catch (InvalidInputException error)
            {
                Assert.Equal("PS3911", error.Problems[0].Code);
            }
        }
    }

    private static string Shorten(string text)
    {
        try
        {
            var root = JsonNode.Parse(text)!;
            var entries = root["entries"]!.AsArray();
            while (entries.Count > 3) entries.RemoveAt(0);
            return root.ToJsonString();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException)
        {
            return text;
        }
    }

    [Theory]
    [InlineData("\"counts\":[100000000,0,0]", "too large to evaluate: the votes is 1E+08, and the bound is 100000")]
    [InlineData("\"counts\":[1.5,0]", "Class 0 has 1.5 votes; a count is a whole number")]
    [InlineData("\"counts\":[-1,3]", "Class 0 has -1 votes")]
    [InlineData("\"counts\":[7]", "at least 2 are needed")]
    [InlineData("\"count\":[7,3]", "the input 'counts' is not present")]
    public void What_is_too_large_or_means_nothing_is_named(string input, string reason) => Assert.Contains(
        reason,
        Assert.Single(GoldenVectorChecker.Check(One(
            "smooth_sensitivity_gnmax", input + ",\"num_teachers\":9,\"sigma\":4,\"order\":3,\"betas\":[0.1]",
            "\"smooth_sensitivity\":[1]"), "x").Failures),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"renyi\":\"Infinity\"}", 1)]
    [InlineData("{\"renyi\":\"NaN\"}", 1)]
    [InlineData("{\"renyi\":true}", 1)]
    [InlineData("{}", 1)]
    [InlineData("{\"renyi\":0.99}", 0)]
    [InlineData("{\"renyi\":null}", 0)]
    public void A_tolerance_reaches_numbers_only(string outputs, int failed)
    {
        // 0.98 is due; the tolerance is one half.
        var text = One(
            "gaussian_pair_renyi", "\"mu0\":0,\"s0\":1,\"mu1\":0.99,\"s1\":1,\"order\":2", outputs.Trim('{', '}'), "0.5");
        Assert.Equal(failed, GoldenVectorChecker.Check(text, "x").Failed);
    }

    [Fact]
    public void A_check_can_be_stopped() => Assert.Throws<OperationCanceledException>(
        () => GoldenVectorChecker.Check(Second, "second.json", new CancellationToken(true)));

    private static string One(string kind, string inputs, string outputs, string rtol = "0") => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"schema_version":1,"entries":[{"id":"x","kind":"{{{kind}}}","inputs":{{{{inputs}}}},"outputs":{{{{outputs}}}},"rtol":{{{rtol}}},"atol":0}]}""");
}
