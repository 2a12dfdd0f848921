using System.Collections.Immutable;
using System.Text;
using PateSim.Core;
using PateSim.Core.Randomness;
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

    /// <summary>Random records: age may be missing, classes of unequal frequency, patients and sites where asked;
    /// each patient is at one site.</summary>
    /// <param name="perPatient">Mean number of records of a patient; 0 for a dataset that does not say.</param>
    /// <param name="sites">Number of sites; 0 for none.</param>
    public static RawTable Random(int rows, int classes, long seed, int perPatient = 0, int sites = 0)
    {
        var schema = new TableSchema(
            new NumericColumn("age", "age", "years", 0, 100) { MissingMarks = ["?"] },
            new LabelColumn(
                "diagnosis", "diagnosis", [.. Enumerable.Range(0, classes).Select(k => new Level($"class-{k}"))]));
        var names = sites == 0 ? default(ImmutableArray<string>?)
            : [.. Enumerable.Range(0, sites).Select(s => $"site {s}")];
        var table = new RawTableBuilder(schema, rows, names, patients: perPatient > 0);
        table.AddRows(rows);
        var stream = RandomKey.FromSeed(seed).Derive("table").Open();
        for (var row = 0; row < rows; row++)
        {
            var patient = perPatient > 0 ? stream.NextInt(1 + rows / perPatient) : row;
            table.SetNumeric(0, row, stream.NextInt(10) == 0 ? float.NaN : stream.NextInt(100));
            // Of two draws the smaller: the first classes are the frequent ones.
            table.SetLabel(row, row < classes ? row : Math.Min(stream.NextInt(classes), stream.NextInt(classes)));
            if (perPatient > 0) table.SetPatient(row, patient);
            if (sites > 0) table.SetSite(row, patient % sites);
        }
        return table.Build();
    }

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
