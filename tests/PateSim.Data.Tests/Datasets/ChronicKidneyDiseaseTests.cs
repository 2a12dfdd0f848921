using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets;

public sealed class ChronicKidneyDiseaseTests
{
    private const string File = "chronic-kidney-disease/chronic_kidney_disease.arff";

    [RequiresDataFact(File)]
    public void It_has_its_published_counts_and_missing_cells()
    {
        var table = DataCatalogs.Datasets["chronic-kidney-disease"].With().Instance
            .Load(TestData.AccessTo(File), default, default);
        Assert.Equal([150, 250], table.ClassCounts().ToArray());
        Assert.Equal(24, table.Schema.Features.Length);
        var missing = 0;
        for (var f = 0; f < 24; f++)
        {
            if (table.Schema.Features[f] is NumericColumn)
            {
                foreach (var value in table.Numeric(f)) missing += float.IsNaN(value) ? 1 : 0;
            }
            else missing += table.Codes(f).Count(RawTable.MissingCode);
        }
        Assert.Equal(1012, missing);
    }
}
