using System.Globalization;
using PateSim.Data.Tables;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Datasets;

public sealed class BreastCancerWisconsinTests
{
    private const string Published = "breast-cancer-wisconsin/wdbc.data";

    private static RawTable Load() => DataCatalogs.Datasets["breast-cancer-wisconsin"].With().Instance
        .Load(TestData.AccessTo("breast-cancer-wisconsin/wdbc.csv"), default, default);

    [RequiresDataFact("breast-cancer-wisconsin/wdbc.csv")]
    public void It_is_shipped_with_its_published_counts()
    {
        var table = Load();
        Assert.Equal(["benign", "malignant"], table.ClassNames.ToArray());
        Assert.Equal([357, 212], table.ClassCounts().ToArray());
        Assert.Equal(30, table.Schema.Features.Length);
    }

    [RequiresDataFact("breast-cancer-wisconsin/wdbc.csv")]
    public void Values_lie_in_the_declared_ranges()
    {
        var table = Load();
        for (var f = 0; f < 30; f++)
        {
            var column = (NumericColumn)table.Schema.Features[f];
            foreach (var value in table.Numeric(f)) Assert.InRange(value, column.Minimum, column.Maximum);
        }
    }

    [RequiresDataFact(Published)]
    public void Every_value_equals_the_published_file()
    {
        var table = Load();
        var lines = File.ReadAllLines(Path.Combine(TestData.FolderWith(Published)!, Published))
            .Where(l => l.Length > 0).ToArray();
        Assert.Equal(569, lines.Length);
        for (var row = 0; row < lines.Length; row++)
        {
            var cells = lines[row].Split(',');
            Assert.Equal(cells[1] == "M" ? 1 : 0, table.Labels[row]);
            for (var f = 0; f < 30; f++)
                Assert.Equal(float.Parse(cells[f + 2], CultureInfo.InvariantCulture), table.Numeric(f)[row]);
        }
    }
}
