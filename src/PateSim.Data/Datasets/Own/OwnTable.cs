using System.Collections.Immutable;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.Datasets.Own;

/// <summary>From files of one's own to a table.</summary>
internal static class OwnTable
{
    /// <exception cref="Core.InvalidInputException">A file cannot be used.</exception>
    public static RawTable Load(
        OwnFormat format, OwnOptions options, DataAccess access, CancellationToken cancellation)
    {
        ImmutableArray<DataFile> files = [.. options.Files.Select(f => access.OpenOwn(f.Path))];
        var (schema, rows) = SchemaInference.Infer(files, format, options, cancellation);
        var table = new RawTableBuilder(schema, publishedParts: options.HasParts);
        if (rows is { } known) table.Reserve(known);
        var loader = new RecordLoader(table);
        for (var i = 0; i < files.Length; i++)
        {
            using var opened = format.Open(files[i]);
            var order = CsvHeader.Match(opened.Reader, opened.Names, [.. schema.Columns.Select(c => c.Name)]);
            loader.Append(
                opened.Reader, order, options.Files[i].Part, rows is null ? files[i].Length : null, cancellation);
        }
        loader.Finish(mustBeSeen: options.HasParts && options.Classes.IsEmpty);
        return table.Build();
    }

    /// <summary>What is known of such a dataset before its files are read.</summary>
    public static DatasetInfo Info(string kind, string file, string label, ImmutableArray<Level> classes) => new(
        kind,
        $"The file '{file}', of the scenario's author.",
        $"Predict '{label}'.",
        new TableSchema(
            new NumericColumn("other columns", "as the file says", "", 0, 1),
            new LabelColumn(
                label, "the column to predict",
                classes.Length < 2 ? Level.Named("first class", "second class") : classes)),
        "that of the file", "that of the file", "none: a local file", [],
        [
            "Nothing is known of this file but what it and the scenario say; no digest is checked.",
            "What is not declared (types, levels, ranges) is read from the records of all hospitals together.",
        ]);
}
