using System.Globalization;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Datasets;
using PateSim.Data.Federation;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.PublicSets;

/// <summary>Another dataset with the columns of the hospitals': of the same task, or out of its domain.</summary>
public sealed class OtherDatasetSource : IPublicSource
{
    private const string Records = "records";

    private readonly IDatasetSource _dataset;
    private readonly int? _records;

    private OtherDatasetSource(IDatasetSource dataset, int? records) => (_dataset, _records) = (dataset, records);

    /// <summary>A dataset as a public set: its own options, and how many records are taken.</summary>
    public static Component<IPublicSource> Of(Component<IDatasetSource> dataset) => new(
        dataset.Descriptor with
        {
            Kind = "public-set",
            Options =
            [
                .. dataset.Descriptor.Options,
                OptionSpec.Integer(
                    Records, "How many of its records are taken, drawn at random; all when it is not written.", null, 1,
                    int.MaxValue),
            ],
            Details =
            [
                "The dataset as the public set of another one's hospitals. It must have every feature column of theirs, "
                + "of the same name and type, with no other levels; columns beyond those are not used. Where all its "
                + "classes are classes of theirs, the votes are measured on its recorded diagnoses; otherwise it is out "
                + "of the domain and they are not.",
                "All its records, published parts together, are put in random order.",
                .. dataset.Descriptor.Details,
            ],
        },
        options => new OtherDatasetSource(
            dataset.Create(options), options.Has(Records) ? options.Int32(Records) : null));

    public PublicPool? Load(
        RawTable hospitals, DatasetInfo info, DataAccess access, RandomKey key, CancellationToken cancellation)
    {
        var (mine, theirs) = (_dataset.Info, info);
        // Generated patients are others at another address; files are the same wherever they are read.
        if (mine.Name == theirs.Name && mine.Description == theirs.Description && _dataset is not SyntheticClinics)
            throw new FederationException(
                "data.public.source.kind", FederationException.OwnRecords,
                $"The public set would be '{mine.Name}', the dataset of the hospitals: their private records would be "
                + "public. Write kind = split for a share of it, or name another dataset.");
        var other = _dataset.Load(access, key.Derive("dataset"), cancellation);
        var (table, labelsKnown) = TableAlignment.To(hospitals, other, mine.Name);
        var count = _records ?? table.Rows;
        if (count > table.Rows)
            throw new FederationException(
                $"data.public.source.{mine.Name}.{Records}", FederationException.TooFewPublic,
                string.Create(
                    CultureInfo.InvariantCulture, $"{count} records are asked for; '{mine.Name}' has {table.Rows}."));
        var order = key.Derive("order").Open().Permutation(table.Rows);
        return new PublicPool(
            table, [.. order.AsSpan(0, count)], labelsKnown,
            $"Records of another dataset, '{mine.Name}'"
            + (labelsKnown ? ", of the same classes." : ", out of the domain: its classes are others.")
            + " Whether a patient of the hospitals is in it, too, cannot be seen from the data.");
    }
}
