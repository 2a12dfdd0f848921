using System.Text;
using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Reading;

public sealed class ArffTableReaderTests
{
    private const string Header = """
        % a comment
        @RELATION patients

        @attribute 'age' numeric
        @ATTRIBUTE sex {female,male}
        @attribute "diagnosis" {0,1,2}
        @data

        """;

    private static RawTable Read(string text)
    {
        var table = new RawTableBuilder(Support.Tables.Schema);
        ArffTableReader.Append(SourceFile.FromBytes("x.arff", Encoding.UTF8.GetBytes(text)), table);
        return table.Build();
    }

    [Fact]
    public void Records_are_read_behind_the_header()
    {
        var table = Read(Header + "% none yet\n61, 'female' ,0\n\t?,?,2\n");
        Assert.Equal(2, table.Rows);
        Assert.Equal([0, -1], table.Codes(1).ToArray());
        Assert.Equal([61, float.NaN], table.Numeric(0).ToArray());
        Assert.Equal([0, 1], table.Labels.ToArray());
    }

    [Theory]
    [InlineData("61,female\n", "x.arff(8)", "PS3007")]
    [InlineData("61,female,0\n61,'femal\\'e',0\n", "x.arff(9)", "PS3011")]
    [InlineData("{0 61, 2 1}\n", "x.arff(8)", "PS3007")]
    public void A_bad_record_is_located_by_the_line_of_the_file(string records, string place, string code)
    {
        var problem = Refusal(Header + records);
        Assert.Equal((place, code), (problem.Place, problem.Code));
    }

    [Theory]
    [InlineData("@attribute age numeric\n@data\n", "x.arff(2)", "1 attributes stand before @data; 3 columns")]
    [InlineData("@attribute sex {a}\n@data\n", "x.arff(1)", "'sex' stands where 'age' is declared")]
    [InlineData("age,sex\n", "x.arff(1)", "'age,sex' stands where @attribute or @data is due")]
    [InlineData("@relation x\n", "x.arff", "has no line @data")]
    [InlineData("@attribute 'age\n", "x.arff(1)", "name of the attribute ''age' is not closed")]
    [InlineData("@attribute\n", "x.arff(1)", "The attribute '' is of the type ''")]
    [InlineData("@attribute sex {a,b\n", "x.arff(1)", "levels of 'sex' are not written as {level, level}")]
    [InlineData("@attribute sex {a,b} c\n", "x.arff(1)", "'c' stands behind the levels")]
    public void A_bad_header_is_located(string text, string place, string message)
    {
        var problem = Refusal(text);
        Assert.Equal((place, "PS3020"), (problem.Place, problem.Code));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    private static Problem Refusal(string text) => Assert.Throws<InvalidInputException>(() => Read(text)).Problems[0];
}
