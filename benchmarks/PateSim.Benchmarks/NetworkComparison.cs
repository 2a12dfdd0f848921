using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Learning.Networks;
using PateSim.Learning.Networks.Layers;
using PateSim.Learning.Numerics;
using PateSim.Learning.Optimisers;

namespace PateSim.Benchmarks;

/// <summary>The fits that <c>benchmarks/peers/networks_torch.py</c> makes with PyTorch; the two are run in turn. Of many short
/// runs the best counts, by the wall clock and by the processor time of the process: on a busy machine the second, with one
/// thread, is what can be compared.</summary>
internal static class NetworkComparison
{
    private const int EpochRows = 60_000, Rows = 256, Batch = 128, SmallFits = 250, SmallRows = 240;

    /// <param name="arguments">Threads, seconds for each job, names of jobs.</param>
    public static void Run(string[] arguments)
    {
        var threads = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2;
        var seconds = arguments.Length > 1 ? double.Parse(arguments[1], CultureInfo.InvariantCulture) : 10;
        var data = Images();
        var jobs = new Dictionary<string, Func<(double Wall, double Processor)>>
        {
            ["mlp-784-200-10"] = () => Epoch(Network.Dense(784, [200], 10, new BodyOptions()), data, threads, seconds),
            ["cnn-16-32-128"] = () => Epoch(
                Network.Convolutional(28, [16, 32], 5, Pooling.Max, [128], 10, new BodyOptions()), data, threads,
                seconds),
            ["peak"] = () => Best(seconds, 1e9 / FusedPeak.Operations, FusedPeak.Run),
            ["product-128x784x200"] = () => Product(128, 784, 25, seconds, transposed: false),
            ["product-784x128x200"] = () => Product(784, 128, 25, seconds, transposed: true),
            ["product-512x512x512"] = () => Product(512, 512, 64, seconds, transposed: false),
            ["250-fits-of-240"] = () => SmallFit(data, seconds),
        };
        foreach (var name in arguments.Length > 2 ? arguments[2..] : [.. jobs.Keys])
        {
            var (wall, processor) = jobs[name]();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"patesim {name} wall {wall:0.00000} processor {processor:0.00000}"));
        }
    }

    private static LabelledData Images()
    {
        var stream = RandomKey.FromSeed(1).Open();
        var values = new float[Rows * 784];
        for (var i = 0; i < values.Length; i++) values[i] = (float)stream.NextUnit();
        var labels = ImmutableArray.CreateBuilder<int>(Rows);
        for (var i = 0; i < Rows; i++) labels.Add(stream.NextInt(10));
        return new LabelledData(new FeatureMatrix(Rows, 784, values), labels.MoveToImmutable(), 10);
    }

    /// <summary>Time of a billion operations; the peak over it is the share of the peak.</summary>
    private static (double Wall, double Processor) Product(
        int rows, int depth, int panels, double seconds, bool transposed)
    {
        var a = Enumerable.Range(0, rows * depth).Select(i => (i % 13 - 6) / 7f).ToArray();
        var b = Enumerable.Range(0, panels * depth * 8).Select(i => (i % 11 - 5) / 9f).ToArray();
        var c = new float[rows * panels * 8];
        const int Repeats = 20;
        return Best(seconds, 1e9 / (2.0 * rows * depth * panels * 8 * Repeats), () =>
        {
            for (var i = 0; i < Repeats; i++)
            {
                MatrixProduct.Accumulate(
                    rows, depth, panels, a, transposed ? new Strides(1, rows) : new Strides(depth, 1), b,
                    transposed ? new Strides(panels * 8, 8) : new Strides(8, depth * 8), c, new Strides(panels * 8, 8));
            }
        });
    }

    /// <summary>Two steps are timed and stand for the 469 of an epoch.</summary>
    private static (double Wall, double Processor) Epoch(Network network, LabelledData data, int threads, double seconds)
    {
        using var team = new WorkTeam(threads);
        var trainer = new NetworkTrainer(
            network, data.Features, Targets.FromLabels(data.Labels, 10), [.. Enumerable.Range(0, Rows)], Batch,
            StepRule.Adam(0), 0, RandomKey.FromSeed(2), team);
        return Best(seconds, (double)EpochRows / Rows, () => trainer.Epoch(0.001));
    }

    private static (double Wall, double Processor) SmallFit(LabelledData data, double seconds)
    {
        var learner = MlpLearner.Component("teacher").With(
            ("hidden", ImmutableArray.Create(64L)), ("epochs", 10L), ("l2", 0.0), ("learning-rate", 0.001),
            ("schedule", "constant")).Instance;
        var records = data.Select(Enumerable.Range(0, SmallRows).ToArray());
        return Best(seconds, SmallFits, () => learner.Fit(records, new TrainingContext(RandomKey.FromSeed(1))));
    }

    private static (double Wall, double Processor) Best(double seconds, double factor, Action work)
    {
        var (wall, processor, end) = (double.PositiveInfinity, double.PositiveInfinity, Stopwatch.StartNew());
        while (end.Elapsed.TotalSeconds < seconds)
        {
            var (used, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            work();
            wall = Math.Min(wall, watch.Elapsed.TotalSeconds);
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
        }
        return (wall * factor, processor * factor);
    }
}
