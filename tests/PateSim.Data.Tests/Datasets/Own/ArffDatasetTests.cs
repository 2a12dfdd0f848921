using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets.Own;

public sealed class ArffDatasetTests
{
    private const string Small = """
        % made for this test
        @relation 'own file'
        @attribute age real
        @attribute 'smoking habit' {never,'used to', "can't stop"}
        @attribute clinic string
        @attribute admitted date "yyyy-MM-dd"
        @attribute outcome {well, ill}
        @data
        61,'used to',north,2020-01-01,ill
        ?,never,'so\'uth',2020-01-02,well
        % a comment
        40.5,"can't stop",north,?,well

        """;

    private static readonly (string, object)[] Options =
        [("file", "own.arff"), ("label", "outcome"), ("hospital", "clinic"), ("ignore", "admitted")];

    [Fact]
    public void Names_types_and_levels_are_those_of_the_header()
    {
        using var files = new OwnFiles();
        var table = files.With("own.arff", Small).Load("arff", Options);
        Assert.Equal([61, float.NaN, 40.5f], table.Numeric(0).ToArray());
        Assert.Equal([1, 0, 2], table.Codes(1).ToArray());
        Assert.Equal(["never", "used to", "can't stop"], ((CategoricalColumn)table.Schema.Features[1]).Levels.Select(l => l.Name));
        Assert.Equal(["north", "so'uth"], table.SiteNames.ToArray());
        Assert.Equal(["well", "ill"], table.ClassNames.ToArray());
    }

    [Theory]
    [InlineData("61,", "x,", "(9)", "PS3009")]
    [InlineData("61,'used to'", "61,often", "(9)", "PS3011")]
    [InlineData("2020-01-01,ill", "2020-01-01,dead", "(9)", "PS3012")]
    [InlineData("61,'used to',north,2020-01-01,ill", "{0 61, 4 ill}", "(9)", "PS3007")]
    [InlineData("{well, ill}", "{well, well}", "(7)", "PS3020")]
    [InlineData("{well, ill}", "{well, ?}", "(7)", "PS3020")]
    [InlineData("{well, ill}", "{well}", "", "PS3021")]
    [InlineData("age real", "age relational", "(3)", "PS3020")]
    [InlineData("age real", "clinic real", "", "PS3014")]
    [InlineData("@data", "@dta", "(8)", "PS3020")]
    [InlineData("age real", "age date", "", "PS3021")]
    public void What_does_not_fit_is_refused_at_its_place(string from, string to, string place, string code)
    {
        using var files = new OwnFiles();
        var problem = files.With("own.arff", Small.Replace(from, to, StringComparison.Ordinal)).Refusal("arff", Options);
        Assert.Equal(code, problem.Code);
        Assert.EndsWith("own.arff" + place, problem.Place, StringComparison.Ordinal);
    }
}
