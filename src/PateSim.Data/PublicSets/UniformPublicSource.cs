using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.PublicSets;

/// <summary>Records about nobody: uniform draws from the declared ranges and levels.</summary>
public sealed class UniformPublicSource : IPublicSource
{
    public static Component<IPublicSource> Component { get; } = new(
        new ComponentDescriptor(
            "public-set", "uniform",
            "An out-of-domain pool about nobody: each value drawn uniformly from its column's declared range or levels.",
            [OptionSpec.Integer("records", "How many records are drawn.", 2000, 1, 10_000_000)],
            [
                "Record i is drawn at its own address, column by column: numeric values uniform between minimum and "
                + "maximum of the declared range, categories uniform over their levels; no value is missing. There is "
                + "no recorded diagnosis, so that the votes are not measured on it.",
                "Such records need no de-identification. They lie where patients seldom do: teachers agree less, and a "
                + "student learns less from them than from records of patients.",
            ],
            "Truong, Maini, Walls and Papernot 2021 (queries without data of the domain)"),
        options => new UniformPublicSource(options.Int32("records")));

    private readonly int _records;

    private UniformPublicSource(int records) => _records = records;

    public PublicPool? Load(
        RawTable hospitals, DatasetInfo info, DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var schema = hospitals.Schema;
        var table = new RawTableBuilder(schema.WithoutIdentifiers(), _records);
        table.AddRows(_records);
        for (var row = 0; row < _records; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stream = key.Derive(row).Open();
            for (var f = 0; f < schema.Features.Length; f++)
            {
                if (schema.Features[f] is NumericColumn numeric)
                {
                    var value = numeric.Minimum + stream.NextUnit() * (numeric.Maximum - numeric.Minimum);
                    table.SetNumeric(f, row, (float)value);
                }
                else
                {
                    var levels = ((CategoricalColumn)schema.Features[f]).Levels.Length;
                    table.SetCode(f, row, (short)stream.NextInt(levels));
                }
            }
        }
        return new PublicPool(
            table.Build(), [.. Enumerable.Range(0, _records)], false,
            "Records about nobody, drawn uniformly from the declared ranges and levels of the columns.");
    }
}
