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

/// <summary>The fits that <c>benchmarks/peers/networks_torch.py</c> makes with PyTorch; the two are run in turn. Short runs
/// are timed, the best counts: on a busy machine only those that were not interrupted.</summary>
internal static class NetworkComparison
{
    private const int EpochRows = 60_000, Rows = 256, Batch = 128, SmallFits = 250, SmallRows = 240;

    /// <param name="arguments">Threads, seconds for each job, names of jobs.</param>
    public static void Run(string[] arguments)
    {
        var threads = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2;
        var seconds = arguments.Length > 1 ? double.Parse(arguments[1], CultureInfo.InvariantCulture) : 10;
        var data = Images();
        var jobs = new Dictionary<string, Func<double>>
        {
            ["mlp-784-200-10"] = () => Epoch(Network.Dense(784, [200], 10, new BodyOptions()), data, threads, seconds),
            ["cnn-16-32-128"] = () => Epoch(
                Network.Convolutional(28, [16, 32], 5, Pooling.Max, [128], 10, new BodyOptions()), data, threads,
                seconds),
            ["250-fits-of-240"] = () => SmallFits * SmallFit(data, seconds),
        };
        foreach (var name in arguments.Length > 2 ? arguments[2..] : [.. jobs.Keys])
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"patesim {name} {jobs[name]():0.0000}"));
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

    /// <summary>Two steps are timed and stand for the 469 of an epoch.</summary>
    private static double Epoch(Network network, LabelledData data, int threads, double seconds)
    {
        using var team = new WorkTeam(threads);
        var trainer = new NetworkTrainer(
            network, data.Features, Targets.FromLabels(data.Labels, 10), [.. Enumerable.Range(0, Rows)], Batch,
            StepRule.Adam(0), 0, RandomKey.FromSeed(2), team);
        return Best(seconds, () => trainer.Epoch(0.001)) / Rows * EpochRows;
    }

    private static double SmallFit(LabelledData data, double seconds)
    {
        var learner = MlpLearner.Component("teacher").With(
            ("hidden", ImmutableArray.Create(64L)), ("epochs", 10L), ("l2", 0.0), ("learning-rate", 0.001),
            ("schedule", "constant")).Instance;
        var records = data.Select(Enumerable.Range(0, SmallRows).ToArray());
        return Best(seconds, () => learner.Fit(records, new TrainingContext(RandomKey.FromSeed(1))));
    }

    private static double Best(double seconds, Action work)
    {
        var (best, end) = (double.PositiveInfinity, Stopwatch.StartNew());
        while (end.Elapsed.TotalSeconds < seconds)
        {
            var watch = Stopwatch.StartNew();
            work();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        return best;
    }
}
