using System.Text;
using PateSim.Data.Inspection;
using PateSim.Data.Tests.Support;

namespace PateSim.Data.Tests.Inspection;

public sealed class FileInspectorTests : IDisposable
{
    private readonly OwnFiles _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Types_counts_and_roles_are_those_of_the_cells()
    {
        var text = new StringBuilder("pressure,ward,visit,finding\n");
        for (var i = 0; i < 60; i++)
        {
            var pressure = i == 7 ? "NA" : i % 2 == 0 ? "91.1" : "182.5";
            text.Append($"{pressure},ward {i % 5},2026-01-{1 + i % 28:00},{(i % 3 == 0 ? "ill" : "well")}\n");
        }
        _folder.With("own", Encoding.UTF8.GetBytes(text.ToString()));

        var report = FileInspector.Inspect("own", _folder.Access, new InspectionHints(), default);

        Assert.Equal(60, report.Records);
        Assert.Equal(["NA"], report.MissingMarks.AsEnumerable());
        var pressures = report.Columns[0];
        Assert.Equal((CellKind.Number, 59L, 1L, false), (pressures.Kind, pressures.Values, pressures.Missing, pressures.IsWhole));
        // The decimals of the file, not those of the nearest single.
        Assert.Equal((91.1, 182.5), (pressures.Minimum, pressures.Maximum));
        Assert.Equal(CellKind.Date, report.Columns[2].Kind);
        Assert.Equal([("ill", 20L), ("well", 40L)], report.Columns[3].Levels.AsEnumerable());
        Assert.Equal("finding", report.Labels[0]);
        Assert.Equal("ward", report.Hospitals[0]);
    }
}
