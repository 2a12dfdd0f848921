using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Datasets;
using PateSim.Data.Reading;
using PateSim.Data.Tables;

namespace PateSim.Data.PublicSets;

/// <summary>The public part of the split.</summary>
public sealed class SplitPublicSource : IPublicSource
{
    public static Component<IPublicSource> Component { get; } = new(
        new ComponentDescriptor(
            "public-set", "split", "The public part of the hospitals' own dataset, as data.split makes it.", [],
            [
                "Records of the same distribution as the hospitals' and of other patients: the setting of the papers. "
                + "Their diagnoses are known to the simulation, which measures the votes with them.",
            ],
            "Papernot, Abadi, Erlingsson, Goodfellow and Talwar 2017, section 4"),
        _ => new SplitPublicSource());

    private SplitPublicSource()
    {
    }

    public PublicPool? Load(
        RawTable hospitals, DatasetInfo info, DataAccess access, RandomKey key, CancellationToken cancellation) => null;
}
