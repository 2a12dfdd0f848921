using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Numerics;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Each class shared out in the proportions of a row of a matrix, written or drawn.</summary>
public sealed class DistributionMatrixPartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "distribution-matrix",
            "Label and quantity skew by a matrix of classes and hospitals: how much of each class each hospital gets.",
            [
                OptionSpec.Integer("hospitals", "Number of hospitals N, each with one teacher.", 10, 1, 1_000_000),
                OptionSpec.RealList(
                    "weights", "The matrix [K, N], class after class: K·N weights, in any unit. Empty for weights drawn "
                    + "at random.", [], 0, 1e12),
                OptionSpec.Integer(
                    "classes-per-hospital", "Of drawn weights: how many classes each hospital holds; unset for all.",
                    null, 1, 1_000_000),
                OptionSpec.Real(
                    "sigma", "Of drawn weights: standard deviation σ of their logarithm; 2 gives a power law.", 2, 0,
                    10),
                Hospitals.MinSizeOption,
                Hospitals.AttemptsOption,
            ],
            [
                "Class k, of n_k records in random order, is cut at ⌊n_k·(w_k1 + … + w_kj)/(w_k1 + … + w_kN)⌋ and "
                + "hospital j gets the j-th part: the weights of a class are proportions among the hospitals, so that "
                + "every record is placed. A class that has records needs a positive weight.",
                "Drawn weights are w_kj = exp(σ·z_kj), z_kj ~ N(0, 1), for the classes k = (j + i) mod K, "
                + "i = 0, …, classes-per-hospital − 1, and 0 for others: the deterministic assignment with log-normal "
                + "amounts of Flower's DistributionPartitioner, of which two classes and σ = 2 are the published "
                + "example. They are drawn anew until every hospital has min-size records, and refused after the given "
                + "attempts; written weights are refused at once.",
                "Departure: Flower first gives each hospital a fixed number of records of each of its classes; here "
                + "min-size is checked instead.",
                Hospitals.PatientsNote,
            ],
            "Flower Datasets, DistributionPartitioner; Li, Sahu, Zaheer, Sanjabi, Talwalkar and Smith 2020 (the power "
            + "law)"),
        options => new DistributionMatrixPartitioner(options));

    private readonly int _hospitals, _attempts;
    private readonly int? _classesEach;
    private readonly long _minSize;
    private readonly double _sigma;
    private readonly ImmutableArray<double> _weights;

    private DistributionMatrixPartitioner(OptionValues options)
    {
        (_hospitals, _attempts) = (options.Int32("hospitals"), options.Int32("attempts"));
        (_minSize, _sigma, _weights) = (options.Integer("min-size"), options.Real("sigma"), options.RealList("weights"));
        _classesEach = options.Has("classes-per-hospital") ? options.Int32("classes-per-hospital") : null;
        if (_weights.IsEmpty) return;
        if (_classesEach is not null)
            throw new OptionException(
                "classes-per-hospital", "It belongs to drawn weights, and weights are written; write 0 where a hospital "
                + "is to hold no record of a class.");
        if (_weights.Length % _hospitals != 0)
            throw new OptionException(
                "weights", $"{_weights.Length} weights are written; for {_hospitals} hospitals it is {_hospitals} for "
                + "each class.");
    }

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        var units = PatientUnits.Of(table, privateRows);
        Hospitals.RequireOneEach(_hospitals, units);
        CheckShape(table);
        var byClass = units.ShuffledByClass(key.Derive("order"));
        var best = 0;
        var attempts = _weights.IsEmpty ? _attempts : 1;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            var weights = _weights.IsEmpty
                ? Draw(byClass.Length, key.Derive("weights").Derive(attempt).Open())
                : Written(byClass.Length);
            var held = Share(byClass, weights, table.ClassNames);
            if (!_weights.IsEmpty) Hospitals.RequireSize([.. held.Select(h => h.Count)], _minSize, units);
            var smallest = held.Min(h => h.Count);
            if (smallest >= _minSize) return Hospitals.From(units, held, cancellation);
            best = Math.Max(best, smallest);
        }
        throw Hospitals.GiveUp(
            _minSize, attempts, best, units,
            "Lower sigma or min-size, raise classes-per-hospital or attempts, or take fewer hospitals.");
    }

    private void CheckShape(RawTable table)
    {
        var classes = table.ClassNames.Length;
        if (!_weights.IsEmpty && _weights.Length != classes * _hospitals)
            throw new OptionException(
                "weights", $"{_weights.Length} weights are written; {classes} classes and {_hospitals} hospitals need "
                + $"{(long)classes * _hospitals}.");
        if (_classesEach > classes)
            throw new OptionException(
                "classes-per-hospital", $"Each hospital is to hold {_classesEach} classes; the dataset has {classes}.");
        if (_weights.IsEmpty && (long)_hospitals * (_classesEach ?? classes) < classes)
            throw new OptionException(
                "classes-per-hospital", $"{_hospitals} hospitals with {_classesEach} classes each cannot hold all "
                + $"{classes} classes; raise classes-per-hospital or the number of hospitals.");
    }

    private double[][] Written(int classes) =>
        [.. Enumerable.Range(0, classes).Select(k => _weights.AsSpan(k * _hospitals, _hospitals).ToArray())];

    private double[][] Draw(int classes, RandomStream stream)
    {
        var weights = new double[classes][];
        for (var k = 0; k < classes; k++) weights[k] = new double[_hospitals];
        for (var j = 0; j < _hospitals; j++)
        {
            for (var i = 0; i < (_classesEach ?? classes); i++)
                weights[(j + i) % classes][j] = Math.Exp(_sigma * stream.NextGaussian());
        }
        return weights;
    }

    private List<int>[] Share(int[][] byClass, double[][] weights, ImmutableArray<string> names)
    {
        var held = new List<int>[_hospitals];
        for (var j = 0; j < held.Length; j++) held[j] = [];
        for (var k = 0; k < byClass.Length; k++)
        {
            if (byClass[k].Length == 0) continue;
            if (weights[k].All(w => w == 0))
                throw new OptionException(
                    "weights", $"The class '{names[k]}' has {byClass[k].Length} private records and no positive weight: "
                    + "its records would be nowhere.");
            var counts = Proportions.Cut(weights[k], byClass[k].Length);
            var start = 0;
            for (var j = 0; j < held.Length; j++)
            {
                held[j].AddRange(byClass[k].AsSpan(start, counts[j]));
                start += counts[j];
            }
        }
        return held;
    }
}
