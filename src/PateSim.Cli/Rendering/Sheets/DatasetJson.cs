using System.Text.Json;
using PateSim.Data.Datasets;
using PateSim.Data.Tables;
using PateSim.Reporting.Files;

namespace PateSim.Cli.Rendering.Sheets;

/// <summary>All that the catalog knows of a dataset, for machines.</summary>
internal static class DatasetJson
{
    public static void Write(Utf8JsonWriter json, DatasetInfo info)
    {
        json.WriteString("name", info.Name);
        json.WriteString("description", info.Description);
        json.WriteString("task", info.Task);
        json.Objects("targets", info.Targets, (item, target) =>
        {
            item.WriteString("name", target.Name);
            item.WriteString("definition", target.Definition);
            item.WriteString("setting", target.Setting);
        });
        json.Texts("classes", info.ClassNames);
        json.Objects("parts", info.Counts, (item, count) =>
        {
            item.WriteString("part", count.Part);
            item.WriteNumber("records", count.Rows);
            Numbers(item, "classCounts", count.ClassCounts);
        });
        json.WriteNumber("hospitals", info.Hospitals);
        json.Objects("columns", info.Schema.Columns, Column);
        json.Texts("pitfalls", info.Notes);
        json.Objects("accuracies", info.Accuracies, (item, row) =>
        {
            item.WriteString("protocol", row.Protocol);
            item.WriteString("model", row.Model);
            Optional(item, "accuracy", row.Accuracy);
            Optional(item, "balancedAccuracy", row.BalancedAccuracy);
            Optional(item, "auc", row.Auc);
            item.WriteString("source", row.Source);
        });
        json.WriteString("licence", info.Licence);
        json.WriteString("citation", info.Citation);
        json.WriteString("page", info.Address);
        json.Objects("files", info.Files, (item, file) =>
        {
            item.WriteString("name", file.Name);
            item.WriteNumber("records", file.Rows);
            item.WriteString("sha256OfUnpackedContent", file.Sha256);
        });
        json.Objects("published", info.Published, (item, form) =>
        {
            item.WriteString("savedAs", form.Name);
            item.Texts("addresses", form.Addresses);
            item.Texts("holds", form.Holds.Select(file => file.Name));
            if (form.ByHand is { } way) item.WriteString("byHand", way);
        });
    }

    private static void Column(Utf8JsonWriter json, Column column)
    {
        json.WriteString("name", column.Name);
        json.WriteString("kind", DatasetColumns.Kind(column));
        json.WriteString("meaning", column.Meaning);
        if (column is NumericColumn number)
        {
            json.WriteString("unit", number.Unit);
            json.WriteNumber("minimum", number.Minimum);
            json.WriteNumber("maximum", number.Maximum);
        }
        else if (DatasetColumns.Levels(column).ToList() is { Count: > 0 } levels) json.Texts("levels", levels);
        json.Texts("missingMarks", column.MissingMarks);
    }

    private static void Optional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
