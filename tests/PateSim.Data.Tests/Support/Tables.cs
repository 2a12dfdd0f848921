using System.Collections.Immutable;
using System.Text;
using PateSim.Core;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Tests.Support;

/// <summary>Small tables and schemas for tests.</summary>
internal static class Tables
{
    /// <summary>age (may be missing), sex (may be missing), diagnosis.</summary>
    public static TableSchema Schema { get; } = new(
        new NumericColumn("age", "age", "years", 0, 100) { MissingMarks = ["?"] },
        new CategoricalColumn("sex", "sex", Level.Named("female", "male")) { MissingMarks = ["?"] },
        new LabelColumn("diagnosis", "diagnosis", [new Level("well", "0"), new Level("ill", "1", "2")]));

    public static RawTable Read(string text, TableSchema? schema = null, CsvFormat? format = null) =>
        CsvTableReader.Read(File(text), format ?? new CsvFormat(), schema ?? Schema);

    public static SourceFile File(string text) => SourceFile.FromBytes("patients.csv", Encoding.UTF8.GetBytes(text));

    public static IReadOnlyList<Problem> Problems(string text, TableSchema? schema = null, CsvFormat? format = null) =>
        Assert.Throws<InvalidInputException>(() => Read(text, schema, format)).Problems;

    /// <summary>Row i has age i and class i mod 2; with sites or parts where asked.</summary>
    public static RawTable Numbered(int rows, ImmutableArray<int>? sites = null, Func<int, PublishedPart>? part = null)
    {
        var names = sites is null ? default(ImmutableArray<string>?)
            : [.. Enumerable.Range(0, sites.Value.Max() + 1).Select(s => $"site {s}")];
        var table = new RawTableBuilder(Schema, rows, names, part is not null);
        table.AddRows(rows);
        for (var row = 0; row < rows; row++)
        {
            table.SetNumeric(0, row, row);
            table.SetCode(1, row, (short)(row % 2));
            table.SetLabel(row, row % 2);
            if (sites is { } s) table.SetSite(row, s[row]);
            if (part is not null) table.SetPart(row, part(row));
        }
        return table.Build();
    }
}
