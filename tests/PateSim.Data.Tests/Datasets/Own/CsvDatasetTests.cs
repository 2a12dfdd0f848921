using System.Text;
using PateSim.Core;
using PateSim.Core.Components;
using PateSim.Data.Reading;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets.Own;

public sealed class CsvDatasetTests
{
    private const string Small = """
        age,sex,clinic,id,outcome
        61,male,north,p1,ill
        ,female,south,p2,well
        ?,"fe""male",north,p1,ill
        40.5,NA,north,p3,well

        """;

    private static RawTable Load(byte[] content, params (string, object)[] options)
    {
        using var folder = new TemporaryFolder();
        folder.Write("own.csv", content);
        return DataCatalogs.Datasets["csv"].With(
            [
                ("file", "own.csv"), .. options,
                .. options.Any(o => o.Item1 == "label") ? [] : new (string, object)[] { ("label", "outcome") },
            ]).Instance
            .Load(DataAccess.From(folder.Path, null, null), default, default);
    }

    private static RawTable Load(string text, params (string, object)[] options) =>
        Load(Encoding.UTF8.GetBytes(text), options);

    private static Problem Refusal(string text, params (string, object)[] options) =>
        Assert.Throws<InvalidInputException>(() => Load(text, options)).Problems[0];

    [Fact]
    public void Columns_are_what_they_look_like()
    {
        var table = Load(Small, ("hospital", "clinic"), ("patient", "id"));
        Assert.Equal(["age", "sex"], table.Schema.Features.Select(c => c.Name));
        Assert.Equal([61, float.NaN, float.NaN, 40.5f], table.Numeric(0).ToArray());
        var age = (NumericColumn)table.Schema.Features[0];
        Assert.Equal((40.5, 61), (age.Minimum, age.Maximum));
        var sex = (CategoricalColumn)table.Schema.Features[1];
        Assert.Equal(["fe\"male", "female", "male"], sex.Levels.Select(l => l.Name));
        Assert.Equal([2, 1, 0, -1], table.Codes(1).ToArray());
        Assert.Equal(["ill", "well"], table.ClassNames.ToArray());
        Assert.Equal(["north", "south"], table.SiteNames.ToArray());
        Assert.Equal([0, 1, 0, 2], table.Patients.ToArray());
        Assert.True(table.Schema.FromRecords);
    }

    [Fact]
    public void Delimiter_header_classes_and_kinds_are_as_declared()
    {
        var table = Load(
            "1;0;7\n2;2;8\n3;1;7\n", ("label", "column-2"), ("delimiter", "semicolon"), ("header", false),
            ("classes", "well=0, ill=1|2"), ("categorical", "column-3"));
        Assert.Equal(["well", "ill"], table.ClassNames.ToArray());
        Assert.Equal([0, 1, 1], table.Labels.ToArray());
        Assert.Equal([0, 1, 0], table.Codes(1).ToArray());
        Assert.Single(Load(Small, ("ignore", "sex,clinic,id")).Schema.Features);
    }

    [Theory]
    [InlineData("a,outcome\n1,x\n2\n", "(3)", "PS3007", "1 cells where the header or first line has 2")]
    [InlineData("a,a,outcome\n1,1,x\n", "(1)", "PS3014", "names it twice")]
    [InlineData("a,,outcome\n1,1,x\n", "(1)", "PS3014", "gives it no name")]
    [InlineData("a,outcom\n1,x\n", "(1)", "PS3014", "Did you mean 'outcom'?")]
    [InlineData("a,outcome\n1,x\n=\"007\",y\n", "(3)", "PS3008", "quote")]
    [InlineData("a,outcome\n1,x\n2,\0\n", "(3)", "PS3006", "NUL")]
    [InlineData("a,outcome\n1,x\ntwo,y\n", "(3)", "PS3021", "'two' is no number where 1 other cells are")]
    [InlineData("a,outcome\n\"1,5\",x\n\"2,5\",y\n", "(2)", "PS3021", "decimal comma")]
    [InlineData("a,outcome\n1,x\n2,x\n", "", "PS3021", "1 different values; a label has two or more")]
    [InlineData("a,b,outcome\n1,,x\n2,,y\n", "", "PS3021", "no record has a value")]
    [InlineData("a,outcome\n1,x\n2,\n3,y\n", "(3)", "PS3012", "label '' is unknown")]
    [InlineData("outcome\nx\ny\n", "", "PS3021", "No column is left")]
    [InlineData("a,outcome\n", "", "PS3005", "a header and no records")]
    [InlineData("", "", "PS3005", "no records")]
    public void A_file_that_cannot_be_used_is_refused_at_its_place(
        string text, string place, string code, string message)
    {
        var problem = Refusal(text);
        Assert.EndsWith("own.csv" + place, problem.Place, StringComparison.Ordinal);
        Assert.Equal(code, problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_outside_of_the_declared_classes_is_refused_at_its_line()
    {
        var problem = Refusal("a,outcome\n1,0\n2,3\n", ("classes", "well=0, ill=1|2"));
        Assert.Equal("PS3012", problem.Code);
        Assert.EndsWith("own.csv(3)", problem.Place, StringComparison.Ordinal);
        Assert.Contains("the label '3' is unknown. Known: 0, 1, 2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_refused_in_a_short_message()
    {
        var cell = new string('x', 10_000_000);
        var level = Refusal($"a,outcome\n{cell},x\ny,y\n");
        Assert.Equal("PS3021", level.Code);
        Assert.EndsWith("own.csv(2)", level.Place, StringComparison.Ordinal);
        var header = Refusal($"{cell},outcome\n1,x\n");
        Assert.Equal("PS3014", header.Code);
        Assert.All(new[] { level, header }, p => Assert.InRange(p.ToString().Length, 1, 600));
    }

    [Fact]
    public void Text_in_another_encoding_is_refused_at_its_line()
    {
        byte[] latin = [.. "a,outcome\n1,x\n2,"u8, 0xE9, .. "\n"u8];
        var problem = Assert.Throws<InvalidInputException>(() => Load(latin)).Problems[0];
        Assert.Equal("PS3006", problem.Code);
        Assert.EndsWith("own.csv(3)", problem.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Free_text_is_no_category()
    {
        var rows = string.Concat(Enumerable.Range(0, 150).Select(i => $"{i},note {i},{i % 2}\n"));
        var problem = Refusal("a,note,outcome\n" + rows);
        Assert.EndsWith("own.csv(102)", problem.Place, StringComparison.Ordinal);
        Assert.Contains("more than 100 different values", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_fit_are_refused()
    {
        string Option(params (string, object)[] options) =>
            Assert.Throws<OptionException>(() => DataCatalogs.Datasets["csv"].With(options)).Option;
        Assert.Equal("file", Option());
        Assert.Equal("label", Option(("file", "x.csv")));
        Assert.Equal("ignore", Option(("file", "x"), ("label", "y"), ("ignore", "a, y")));
        Assert.Equal("classes", Option(("file", "x"), ("label", "y"), ("classes", "only")));
        Assert.Equal("classes", Option(("file", "x"), ("label", "y"), ("classes", "a=1|2, b=2")));
        var absent = Assert.Throws<InvalidInputException>(
            () => DataCatalogs.Datasets["csv"].With(("file", "no/such.csv"), ("label", "y")).Instance
                .Load(DataAccess.None, default, default)).Problems[0];
        Assert.Equal(("PS3002", "no/such.csv"), (absent.Code, absent.Place));
    }
}
