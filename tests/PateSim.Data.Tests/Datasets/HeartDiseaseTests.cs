using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets;

public sealed class HeartDiseaseTests
{
    private const string File = "heart-disease/processed.cleveland.data";

    [RequiresDataFact(File)]
    public void Four_hospitals_have_their_published_records_and_diseased()
    {
        var table = Load("all");
        Assert.Equal(["Cleveland", "Budapest", "Switzerland", "Long Beach VA"], table.SiteNames.ToArray());
        Assert.Equal([303, 294, 123, 200], BySite(table, _ => true));
        Assert.Equal([139, 106, 115, 149], BySite(table, row => table.Labels[row] == 1));
        Assert.Equal(13, table.Schema.Features.Length);
        Assert.False(table.HasPublishedParts);
    }

    [RequiresDataFact(File)]
    public void Zero_cholesterol_and_pressure_are_missing()
    {
        var table = Load("all");
        Assert.Equal([0, 23, 123, 7 + 49], BySite(table, row => float.IsNaN(table.Numeric(4)[row])));
        Assert.Equal([0, 1, 2, 56 + 1], BySite(table, row => float.IsNaN(table.Numeric(3)[row])));
        Assert.Equal(0, table.Numeric(4).Count(0f));
        // A vessel count or an ST depression of 0 is a value.
        Assert.Equal([4, 291, 118, 198], BySite(table, row => float.IsNaN(table.Numeric(11)[row])));
        Assert.Equal([99, 189, 42, 40], BySite(table, row => table.Numeric(9)[row] == 0));
    }

    [RequiresDataFact(File)]
    public void The_three_ways_of_writing_numbers_give_one_code()
    {
        var table = Load("all");
        Assert.Equal([97, 81, 10, 6], BySite(table, row => table.Codes(1)[row] == 0));
        Assert.Equal(0, table.Codes(1).Count(RawTable.MissingCode));
    }

    [RequiresDataFact(File)]
    public void Common_features_give_the_records_of_FLamby()
    {
        var table = Load("common");
        Assert.Equal([303, 261, 46, 130], BySite(table, _ => true));
        Assert.Equal(10, table.Schema.Features.Length);
        Assert.DoesNotContain(Enumerable.Range(0, table.Rows), table.IsIncomplete);
        Assert.All(table.Schema.Features, f => Assert.False(f.MayBeMissing));
    }

    private static RawTable Load(string features) =>
        DataCatalogs.Datasets["heart-disease"].With(("features", features)).Instance
        .Load(TestData.AccessTo(File), default, default);

    private static IEnumerable<int> BySite(RawTable table, Func<int, bool> counts) =>
        Enumerable.Range(0, table.SiteNames.Length)
        .Select(site => Enumerable.Range(0, table.Rows).Count(row => table.Sites[row] == site && counts(row)));
}
