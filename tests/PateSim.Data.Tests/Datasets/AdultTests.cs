using PateSim.Core;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets;

public sealed class AdultTests
{
    private const string Line =
        "39, State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Not-in-family, White, Male, 2174, 0, 40, "
        + "United-States, <=50K\n";

    [RequiresDataFact("adult/adult.data")]
    public void The_published_parts_classes_and_missing_cells_are_there()
    {
        var table = Load(DataCatalogs.Datasets["adult"].With().Instance, TestData.AccessTo("adult/adult.data"));
        Assert.Equal(48_842, table.Rows);
        Assert.Equal(32_561, table.Parts.Count(PublishedPart.Training));
        Assert.Equal(16_281, table.Parts.Count(PublishedPart.HeldOut));
        Assert.Equal([37_155, 11_687], table.ClassCounts().ToArray());
        Assert.Equal(["<=50K", ">50K"], table.ClassNames.ToArray());
        Assert.False(table.HasSites);
        Assert.Equal(12, table.Schema.Features.Length);
        // Counts of '?' in the two files together, and nowhere else.
        Assert.Equal(
            [2799, 2809, 857], new[] { "workclass", "occupation", "native-country" }.Select(c => Missing(table, c)));
        Assert.Equal(3620, Enumerable.Range(0, table.Rows).Count(table.IsIncomplete));
        Assert.Equal(39, table.Numeric(0)[0]);
        Assert.Equal(25, table.Numeric(0)[32_561]);
    }

    [RequiresDataFact("adult/adult.data")]
    public void Left_out_columns_can_be_asked_for()
    {
        var dataset = DataCatalogs.Datasets["adult"].With(("survey-weight", true), ("education-name", true)).Instance;
        var table = Load(dataset, TestData.AccessTo("adult/adult.data"));
        Assert.Equal(14, table.Schema.Features.Length);
        Assert.Equal(77516, table.Numeric(2)[0]);
    }

    [Fact]
    public void A_bad_cell_of_a_gzipped_file_is_located()
    {
        using var folder = new TemporaryFolder();
        var text = Line + Line.Replace("39", "x", StringComparison.Ordinal);
        var path = folder.Write("adult/adult.data.gz", TemporaryFolder.Gzip(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Equal(
            $"{path}(2): error PS3009 column 'age': 'x' is not a number.", Refusal(folder).ToString());
    }

    [Fact]
    public void A_file_with_other_counts_or_content_is_not_the_published_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("adult/adult.data", Line);
        var counts = Refusal(folder);
        Assert.Equal("PS3015", counts.Code);
        Assert.Contains("1 records (<=50K 1, >50K 0); published are 32561 (<=50K 24720, >50K 7841)", counts.Message,
            StringComparison.Ordinal);
        var rich = Line.Replace("<=50K", ">50K", StringComparison.Ordinal);
        folder.Write(
            "adult/adult.data", string.Concat(Enumerable.Repeat(Line, 24720))
                + string.Concat(Enumerable.Repeat(rich, 7841)));
        var digest = Refusal(folder);
        Assert.Equal("PS3016", digest.Code);
        Assert.Contains("5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d", digest.Message,
            StringComparison.Ordinal);
    }

    private static int Missing(RawTable table, string column)
    {
        var feature = table.Schema.Features.Select((f, i) => (f, i)).Single(p => p.f.Name == column).i;
        return table.Codes(feature).Count(RawTable.MissingCode);
    }

    private static RawTable Load(IDatasetSource dataset, DataAccess access) => dataset.Load(access, default, default);

    private static Problem Refusal(TemporaryFolder folder) => Assert.Throws<InvalidInputException>(
        () => Load(DataCatalogs.Datasets["adult"].With().Instance, DataAccess.From(folder.Path, null, null)))
            .Problems[0];
}
