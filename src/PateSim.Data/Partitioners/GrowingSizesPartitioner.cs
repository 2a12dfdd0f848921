using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Numerics;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Sizes that grow with the hospital's number: linearly, by the square, or exponentially.</summary>
public sealed class GrowingSizesPartitioner : SizePartitioner
{
    private readonly int _hospitals;
    private readonly long _minSize;
    private readonly Func<int, int, double> _weight;

    private GrowingSizesPartitioner(OptionValues options, Func<int, int, double> weight) =>
        (_hospitals, _minSize, _weight) = (options.Int32("hospitals"), options.Integer("min-size"), weight);

    public static Component<IPartitioner> Linear { get; } = Make("linear-sizes", "j", (j, _) => j);

    public static Component<IPartitioner> Square { get; } = Make("square-sizes", "j²", (j, _) => (double)j * j);

    // Divided by the largest, so that no weight overflows.
    public static Component<IPartitioner> Exponential { get; } =
        Make("exponential-sizes", "e^j", (j, n) => Math.Exp(j - n));

    internal override int[] Sizes(PatientUnits units, RandomKey key, CancellationToken cancellation)
    {
        Hospitals.RequireOneEach(_hospitals, units);
        var weights = new double[_hospitals];
        for (var j = 0; j < weights.Length; j++) weights[j] = _weight(j + 1, _hospitals);
        var sizes = Proportions.FloorAndRestToLast(weights, units.Count);
        Hospitals.RequireSize(sizes, _minSize, units);
        return sizes;
    }

    private static Component<IPartitioner> Make(string name, string formula, Func<int, int, double> weight) => new(
        new ComponentDescriptor(
            "partitioner", name,
            $"Quantity skew: the size of hospital j is proportional to {formula}, the records are a random sample.",
            [
                name == "exponential-sizes"
                    ? OptionSpec.Integer("hospitals", "Number of hospitals N, each with one teacher.", 10, 1, 1_000_000)
                    : Hospitals.CountOption,
                Hospitals.MinSizeOption,
            ],
            [
                $"s_j = ⌊n·w_j/(w_1 + … + w_N)⌋ with w_j = {formula} for j = 1, …, N; what is left goes to the last "
                + "hospital. A uniformly random order of the records is cut into parts of these sizes.",
                "Sizes do not depend on the key. Where the first hospitals would have fewer than min-size records that "
                + "is an error.",
                Hospitals.PatientsNote,
            ],
            "Flower Datasets, " + name[..1].ToUpperInvariant() + name[1..^6] + "Partitioner"),
        options => new GrowingSizesPartitioner(options, weight));
}
