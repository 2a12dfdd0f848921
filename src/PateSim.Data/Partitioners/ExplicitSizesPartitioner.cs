using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Sizes as written.</summary>
public sealed class ExplicitSizesPartitioner : SizePartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "explicit-sizes", "Quantity skew: hospital sizes as written, the records a random sample.",
            [
                OptionSpec.IntegerList(
                    "sizes", "Number of records (patients, where they are known) of each hospital; their sum is the "
                    + "number of private ones.", [], 1, int.MaxValue),
            ],
            [
                "A uniformly random order of the n private records is cut into parts of the sizes s_1, …, s_N. Their "
                + "sum must be n: no record is left out and none is held twice.",
                Hospitals.PatientsNote,
            ],
            "Flower Datasets, SizePartitioner"),
        options => new ExplicitSizesPartitioner(options.IntegerList("sizes")));

    private readonly ImmutableArray<long> _sizes;

    private ExplicitSizesPartitioner(ImmutableArray<long> sizes)
    {
        if (sizes.IsEmpty)
            throw new OptionException("sizes", "No size is written; write one for each hospital, such as [120, 80].");
        _sizes = sizes;
    }

    internal override int[] Sizes(PatientUnits units, RandomKey key, CancellationToken cancellation) =>
        _sizes.Sum() == units.Count
            ? [.. _sizes.Select(s => (int)s)]
            : throw new OptionException(
                "sizes", $"The sizes sum to {_sizes.Sum()}; there are {units.Count} {units.Noun}.");
}
