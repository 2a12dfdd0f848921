using System.Globalization;
using PateSim.Core.Components;
using PateSim.Data.Datasets;

namespace PateSim.Cli.Rendering.Sheets;

/// <summary>All that the catalog knows of a dataset.</summary>
internal static class DatasetSheet
{
    public static Sheet Of(DatasetInfo info, ComponentDescriptor component)
    {
        var blocks = new List<Block>
        {
            new Block.Paragraph(info.Description),
            new Block.Paragraph($"Task: {info.Task}"),
        };
        Add("Targets", new Block.Bullets([.. info.Targets.Select(Target)]));
        Add("Records", new Block.Table(
            ["part", "records", "classes"], [.. info.Counts.Select(count => Count(info, count))]));
        Add("Hospitals", new Block.Paragraph(info.Hospitals == 0
            ? "None of its own: a partitioner makes them."
            : $"{Number(info.Hospitals)} of its own: the partitioner 'natural' makes each a hospital."));
        Add("Columns", new Block.Table(
            ["column", "kind", "unit", "missing", "meaning"], [.. DatasetColumns.Rows(info.Schema)]));
        Add("Known pitfalls", new Block.Bullets(info.Notes));
        if (!component.Options.IsEmpty)
        {
            Add("Options", new Block.Bullets(
                [.. component.Options.Select(option => $"{option.Name}: {option.Summary}")]));
        }
        if (!info.Accuracies.IsEmpty) blocks.Add(new Block.Heading("What others reach"));
        foreach (var group in info.Accuracies.GroupBy(row => (row.Protocol, row.Source)))
        {
            blocks.Add(new Block.Paragraph($"{group.Key.Protocol} ({group.Key.Source}):"));
            blocks.Add(new Block.Table(["model", "accuracy", "balanced", "AUC"], [.. group.Select(Accuracy)]));
        }
        Add("Licence", new Block.Paragraph(info.Licence));
        Add("Citation", new Block.Paragraph(info.Citation));
        Add("Page", new Block.Paragraph(info.Address));
        if (info.Files.IsEmpty) return new Sheet(info.Name, blocks);
        Add("Files (sha256 of the unpacked content, as checked)", new Block.Table(
            ["file", "records", "sha256"],
            [.. info.Files.Select(file => new[] { file.Name, Number(file.Rows), file.Sha256 })]));
        Add("Published as", new Block.Table(
            ["saved as", "address"],
            [.. info.Published.SelectMany(form => form.Addresses.Select(address => new[] { form.Name, address }))]));
        if (info.Published.Any(form => form.ByHand is not null))
            blocks.Add(new Block.Bullets([.. info.Published.Select(form => form.ByHand).OfType<string>()]));
        return new Sheet(info.Name, blocks);

        void Add(string heading, Block block)
        {
            blocks.Add(new Block.Heading(heading));
            blocks.Add(block);
        }
    }

    private static string Target(DatasetTarget target) =>
        $"{target.Name}: {target.Definition}{(target.Setting.Length > 0 ? $" ({target.Setting})" : "")}.";

    private static string[] Count(DatasetInfo info, PartCount count) =>
    [
        count.Part, Number(count.Rows),
        count.ClassCounts.IsEmpty
            ? "vary with the seed"
            : string.Join(", ", count.ClassCounts.Select((n, k) => $"{info.ClassNames[k]}: {Number(n)}")),
    ];

    private static string[] Accuracy(ReferenceAccuracy row) =>
        [row.Model, Share(row.Accuracy), Share(row.BalancedAccuracy), Share(row.Auc)];

    private static string Share(double? value) => value is { } known
        ? known.ToString(".000", CultureInfo.InvariantCulture)
        : "-";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
