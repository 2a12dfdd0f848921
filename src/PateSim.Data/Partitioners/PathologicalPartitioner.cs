using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Core.Randomness;
using PateSim.Data.Tables;

namespace PateSim.Data.Partitioners;

/// <summary>Label skew at its extreme: each hospital sees k classes only.</summary>
public sealed class PathologicalPartitioner : IPartitioner
{
    public static Component<IPartitioner> Component { get; } = new(
        new ComponentDescriptor(
            "partitioner", "pathological-k", "Label skew at its extreme: each hospital has records of k classes only.",
            [
                Hospitals.CountOption,
                OptionSpec.Integer("classes", "Number of classes k that each hospital holds.", 2, 1, 1_000_000),
                OptionSpec.Choice(
                    "mode",
                    "random: any k classes; deterministic: classes j, j + 1, …, j + k − 1 modulo K; "
                    + "first-deterministic: class j modulo K and k − 1 others at random.",
                    "random", "random", "deterministic", "first-deterministic"),
                Hospitals.MinSizeOption,
                Hospitals.AttemptsOption,
            ],
            [
                "Hospital j chooses its k classes by the mode; each class's records, in random order, are cut into "
                + "parts whose sizes differ by at most one, one for each hospital that holds it. K counts the classes "
                + "that have private records.",
                "No record is left out: choices at random are drawn anew until every class has a holder and every "
                + "hospital min-size records. Where N·k < K, or deterministic choices leave a class without a "
                + "holder, that is an error.",
                Hospitals.PatientsNote,
            ],
            "Li, Diao, Chen and He 2022, #C = k (first-deterministic); the modes as in Flower Datasets"),
        options => new PathologicalPartitioner(options));

    private readonly int _hospitals, _classes, _attempts;
    private readonly long _minSize;
    private readonly string _mode;

    private PathologicalPartitioner(OptionValues options)
    {
        (_hospitals, _classes, _attempts) =
            (options.Int32("hospitals"), options.Int32("classes"), options.Int32("attempts"));
        (_minSize, _mode) = (options.Integer("min-size"), options.Text("mode"));
    }

    public ImmutableArray<HospitalRows> Partition(
        RawTable table, ImmutableArray<int> privateRows, RandomKey key, CancellationToken cancellation)
    {
        var units = PatientUnits.Of(table, privateRows);
        Hospitals.RequireOneEach(_hospitals, units);
        int[][] byClass = [.. units.ShuffledByClass(key.Derive("order")).Where(c => c.Length > 0)];
        if (_classes > byClass.Length)
            throw new OptionException(
                "classes", $"Each hospital is to hold {_classes} classes; the private records have {byClass.Length}.");
        if ((long)_hospitals * _classes < byClass.Length)
            throw new OptionException(
                "classes", $"{_hospitals} hospitals with {_classes} classes each cannot hold all {byClass.Length} "
                + "classes; raise classes or the number of hospitals.");
        var best = 0;
        var attempts = _mode == "deterministic" ? 1 : _attempts;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            var holders = Choose(byClass.Length, key.Derive("choice").Derive(attempt).Open());
            if (holders.Any(h => h.Count == 0)) continue;
            var held = Share(byClass, holders);
            var smallest = held.Min(h => h.Count);
            if (smallest >= _minSize) return Hospitals.From(units, held, cancellation);
            best = Math.Max(best, smallest);
        }
        throw Hospitals.GiveUp(
            _minSize, attempts, best, units,
            $"Every class needs a holder too. Raise classes, or {Hospitals.Lower(_minSize)}.");
    }

    // The hospitals that hold each class, [k].
    private List<int>[] Choose(int classes, RandomStream stream)
    {
        var holders = new List<int>[classes];
        for (var k = 0; k < classes; k++) holders[k] = [];
        for (var j = 0; j < _hospitals; j++)
        {
            var order = stream.Permutation(classes);
            if (_mode == "first-deterministic")
            {
                var first = Array.IndexOf(order, j % classes);
                (order[0], order[first]) = (order[first], order[0]);
            }
            for (var i = 0; i < _classes; i++)
                holders[_mode == "deterministic" ? (j + i) % classes : order[i]].Add(j);
        }
        return holders;
    }

    private List<int>[] Share(int[][] byClass, List<int>[] holders)
    {
        var held = new List<int>[_hospitals];
        for (var j = 0; j < held.Length; j++) held[j] = [];
        for (var k = 0; k < byClass.Length; k++)
        {
            var sizes = Hospitals.EvenSizes(byClass[k].Length, holders[k].Count);
            var start = 0;
            for (var h = 0; h < sizes.Length; h++)
            {
                held[holders[k][h]].AddRange(byClass[k].AsSpan(start, sizes[h]));
                start += sizes[h];
            }
        }
        return held;
    }
}
