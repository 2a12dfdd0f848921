using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Numerics;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Label skew by hospital: each hospital has its own class proportions, and a size given beforehand.</summary>
public sealed class InnerDirichletPartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "inner-dirichlet",
            "Label skew by hospital: each hospital draws its own class proportions; sizes are set beforehand.",
            [
                Hospitals.CountOption,
                OptionSpec.Real(
                    "alpha", "Concentration α of the Dirichlet distribution; small makes hospitals unlike.", .5, 1e-6,
                    1e9),
                OptionSpec.Real(
                    "size-spread", "Standard deviation of the logarithm of the sizes; 0 makes them equal.", 0, 0, 10),
                Hospitals.MinSizeOption,
            ],
            [
                "Sizes s_j are equal to within one or, with size-spread σ > 0, in the proportions of exp(σ·z_j), "
                + "z_j ~ N(0, 1), rounded by largest remainders. Class proportions are q_j ~ Dir_K(α, …, α).",
                "Until all records are placed: a hospital that is not full is drawn uniformly, then a class in the "
                + "proportions q_j, and the next record of that class in random order is its own. A class that has run "
                + "out gets proportion 0 in every hospital and the others are rescaled.",
                "Departure: where a hospital's remaining proportions are all 0, it draws in the proportions of the "
                + "records that are left, so that no division by zero occurs.",
                Hospitals.PatientsNote,
            ],
            "Acar, Zhao, Navarro, Mattina, Whatmough and Saligrama 2021; the placing as in Flower Datasets"),
        options => new InnerDirichletPartitioner(options));

    private readonly int _hospitals;
    private readonly long _minSize;
    private readonly double _alpha, _spread;

    private InnerDirichletPartitioner(OptionValues options)
    {
        (_hospitals, _minSize) = (options.Int32("hospitals"), options.Integer("min-size"));
        (_alpha, _spread) = (options.Real("alpha"), options.Real("size-spread"));
    }

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        var units = PatientUnits.Of(table, privateRows);
        Hospitals.RequireOneEach(_hospitals, units);
        var sizes = Sizes(units.Count, key.Derive("sizes").Open());
        Hospitals.RequireSize(sizes, _minSize, units);
        var byClass = units.ShuffledByClass(key.Derive("order"));
        var proportions = new double[_hospitals][];
        for (var j = 0; j < _hospitals; j++)
        {
            var alphas = new double[units.Classes];
            Array.Fill(alphas, _alpha);
            proportions[j] = Dirichlet.Draw(alphas, key.Derive("proportions").Derive(j).Open());
        }
        return Hospitals.From(units, Place(byClass, proportions, sizes, key.Derive("place").Open(), cancellation),
            cancellation);
    }

    private int[] Sizes(int count, RandomStream stream)
    {
        if (_spread == 0) return Hospitals.EvenSizes(count, _hospitals);
        var weights = new double[_hospitals];
        for (var j = 0; j < weights.Length; j++) weights[j] = Math.Exp(_spread * stream.NextGaussian());
        return Proportions.LargestRemainder(weights, count);
    }

    private List<int>[] Place(
        int[][] byClass, double[][] proportions, int[] sizes, RandomStream stream, CancellationToken cancellation)
    {
        var held = new List<int>[_hospitals];
        for (var j = 0; j < held.Length; j++) held[j] = new List<int>(sizes[j]);
        List<int> open = [.. Enumerable.Range(0, _hospitals).Where(j => sizes[j] > 0)];
        var left = Array.ConvertAll(byClass, c => c.Length);
        var weights = new double[byClass.Length];
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var at = stream.NextInt(open.Count);
            var j = open[at];
            double sum = 0;
            for (var k = 0; k < weights.Length; k++) sum += weights[k] = left[k] == 0 ? 0 : proportions[j][k];
            if (sum == 0)
            {
                for (var k = 0; k < weights.Length; k++) weights[k] = left[k];
            }
            var drawn = stream.NextIndex(weights);
            held[j].Add(byClass[drawn][--left[drawn]]);
            if (held[j].Count < sizes[j]) continue;
            open[at] = open[^1];
            open.RemoveAt(open.Count - 1);
        }
        return held;
    }
}
