using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Numerics;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Label skew: the records of each class are shared out in Dirichlet proportions.</summary>
public sealed class DirichletLabelPartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "dirichlet-label",
            "Label skew: each class is shared out over the hospitals in proportions drawn from a Dirichlet "
            + "distribution.",
            [
                Hospitals.CountOption,
                OptionSpec.Real(
                    "alpha", "Concentration α of the Dirichlet distribution; small makes hospitals unlike.", .5, 1e-6,
                    1e9),
                OptionSpec.Flag(
                    "balancing", "Whether a hospital that has its even share gets no record of further classes.",
                    false),
                Hospitals.MinSizeOption,
                Hospitals.AttemptsOption,
            ],
            [
                "For each class k in turn, p_k ~ Dir_N(α, …, α); the n_k records of the class, in random order, are "
                + "cut at ⌊n_k·(p_k1 + … + p_kj)⌋ and hospital j gets the j-th part.",
                "With balancing, p_kj is set to 0 where hospital j already has n/N records or more, and the others are "
                + "rescaled; where none of them has a positive share they share alike.",
                "The whole is drawn anew until every hospital has min-size records, and refused after the given number "
                + "of attempts. Drawing anew makes hospitals a little more alike than α alone says.",
                Hospitals.PatientsNote,
            ],
            "Yurochkin, Agarwal, Ghosh, Greenewald, Hoang and Khazaeni 2019; Li, Diao, Chen and He 2022 (with "
            + "balancing)"),
        options => new DirichletLabelPartitioner(options));

    private readonly int _hospitals, _attempts;
    private readonly long _minSize;
    private readonly double _alpha;
    private readonly bool _balancing;

    private DirichletLabelPartitioner(OptionValues options)
    {
        (_hospitals, _attempts) = (options.Int32("hospitals"), options.Int32("attempts"));
        (_minSize, _alpha) = (options.Integer("min-size"), options.Real("alpha"));
        _balancing = options.Flag("balancing");
    }

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        var units = PatientUnits.Of(table, privateRows);
        Hospitals.RequireOneEach(_hospitals, units);
        var byClass = units.ShuffledByClass(key.Derive("order"));
        var best = 0;
        for (var attempt = 0; attempt < _attempts; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            var counts = Draw(byClass, units.Count, key.Derive("shares").Derive(attempt).Open());
            var smallest = Enumerable.Range(0, _hospitals).Min(j => counts.Sum(c => c[j]));
            if (smallest >= _minSize) return Hospitals.From(units, Share(byClass, counts), cancellation);
            best = Math.Max(best, smallest);
        }
        throw Hospitals.GiveUp(
            _minSize, _attempts, best, units, $"Raise alpha or attempts, or {Hospitals.Lower(_minSize)}.");
    }

    // How many records of class k hospital j gets, [k][j].
    private int[][] Draw(int[][] byClass, int total, RandomStream stream)
    {
        var sizes = new long[_hospitals];
        var counts = new int[byClass.Length][];
        var parameters = new double[_hospitals];
        Array.Fill(parameters, _alpha);
        for (var k = 0; k < byClass.Length; k++)
        {
            var shares = Dirichlet.Draw(parameters, stream);
            if (_balancing) Balance(shares, sizes, total);
            counts[k] = Proportions.Cut(shares, byClass[k].Length);
            for (var j = 0; j < _hospitals; j++) sizes[j] += counts[k][j];
        }
        return counts;
    }

    private void Balance(double[] shares, long[] sizes, int total)
    {
        bool IsFull(int j) => sizes[j] * _hospitals >= total;
        for (var j = 0; j < shares.Length; j++)
        {
            if (IsFull(j)) shares[j] = 0;
        }
        if (shares.Any(s => s > 0)) return;
        for (var j = 0; j < shares.Length; j++) shares[j] = IsFull(j) ? 0 : 1;
        // All full at once: every record is placed, and the classes left over are empty.
        if (shares.All(s => s == 0)) Array.Fill(shares, 1);
    }

    private List<int>[] Share(int[][] byClass, int[][] counts)
    {
        var held = new List<int>[_hospitals];
        for (var j = 0; j < held.Length; j++) held[j] = [];
        for (var k = 0; k < byClass.Length; k++)
        {
            var start = 0;
            for (var j = 0; j < held.Length; j++)
            {
                held[j].AddRange(byClass[k].AsSpan(start, counts[k][j]));
                start += counts[k][j];
            }
        }
        return held;
    }
}
