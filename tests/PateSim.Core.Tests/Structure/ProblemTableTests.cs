using System.Text.RegularExpressions;

namespace PateSim.Core.Tests.Structure;

/// <summary>docs/problems.md explains every code that the sources can raise, and no other.</summary>
public sealed partial class ProblemTableTests
{
    private const string Table = "docs/problems.md";

    [Fact]
    public void Every_code_of_the_sources_stands_in_the_table()
    {
        var explained = Rows().Select(row => row.Code).ToHashSet();
        Assert.DoesNotContain(Sources(), code => !explained.Contains(code.Key));
    }

    [Fact]
    public void Every_code_of_the_table_stands_in_the_sources()
    {
        var raised = Sources();
        Assert.DoesNotContain(Rows(), row => !raised.ContainsKey(row.Code));
    }

    [Fact]
    public void The_table_explains_each_code_once_in_order()
    {
        var codes = Rows().Select(row => row.Code).ToList();
        Assert.NotEmpty(codes);
        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);
    }

    [Fact]
    public void Each_row_says_what_it_means_and_what_to_do() =>
        Assert.Empty(Rows().Where(row => row.Meaning.Length < 10 || row.Remedy.Length < 10).Select(row => row.Code));

    [Fact]
    public void Every_line_that_begins_with_a_code_is_a_whole_row() =>
        Assert.Equal(RowStart().Count(Repository.Text(Table)), Rows().Count);

    private static List<(string Code, string Meaning, string Remedy)> Rows() =>
    [
        .. Row().Matches(Repository.Text(Table))
            .Select(row => (row.Groups["code"].Value, row.Groups["meaning"].Value, row.Groups["remedy"].Value)),
    ];

    // Each code with the first file that names it.
    private static SortedDictionary<string, string> Sources()
    {
        var codes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Repository.Files("src", ".cs"))
        {
            foreach (Match code in Code().Matches(Repository.Text(path))) codes.TryAdd(code.Value, path);
        }
        return codes;
    }

    [GeneratedRegex(@"\bPS[0-9]{4}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\s*\|\s*PS[0-9]{4}\b", RegexOptions.Multiline)]
    private static partial Regex RowStart();

    [GeneratedRegex(
        @"^\| (?<code>PS[0-9]{4}) \| (?<meaning>[^|]+) \| (?<remedy>[^|]+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
