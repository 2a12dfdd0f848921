using BenchmarkDotNet.Attributes;
using PateSim.Core.Randomness;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Renyi;

namespace PateSim.Benchmarks;

/// <summary>
/// Privacy accounting of large runs, one thread. <c>benchmarks/peers/gnmax_numpy.py</c> does the first one query by query
/// in Python, on votes drawn by the same rule.
/// </summary>
[MemoryDiagnoser]
[MinColumn]
public class PrivacyBenchmarks
{
    /// <summary>The 298 orders of the PATE-2018 tables: 2, 2.5, …, 100.5, then 100 log-spaced ones from 100 to 500.</summary>
    private static readonly double[] Orders =
    [
        .. Enumerable.Range(4, 198).Select(i => i / 2.0),
        .. Enumerable.Range(0, 100).Select(i => 100 * Math.Pow(5, i / 99.0)),
    ];

    private const int Classes = 10;
    private const int Teachers = 250;
    private const double Threshold = 200;
    private const double ThresholdSigma = 150;
    private const double Sigma = 40;

    private static readonly AccountingTarget Target = new(1e-5, Adjacency.PatientReplaced);

    private int[][] _votes = [];

    [Params(1_000, 10_000, 100_000)]
    public int Histograms { get; set; }

    /// <summary>The first class has from none to all votes, the others what is left, each vote by itself.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var stream = RandomKey.FromSeed(1).Open();
        _votes = new int[Histograms][];
        for (var i = 0; i < Histograms; i++)
        {
            var votes = _votes[i] = new int[Classes];
            votes[0] = stream.NextInt(Teachers + 1);
            for (var t = votes[0]; t < Teachers; t++) votes[1 + stream.NextInt(Classes - 1)]++;
        }
    }

    /// <summary>Data-dependent GNMax and threshold by Theorem 6 at all orders, then ε.</summary>
    [Benchmark]
    public double DataDependentGnmaxAndThreshold()
    {
        var rdp = new double[Orders.Length];
        foreach (var votes in _votes)
        {
            GaussianRenyi.AddDataDependent(GaussianRenyi.LogQ(votes, Sigma), Sigma, Orders, rdp);
            var check = ThresholdRenyi.LogQ(Threshold, ThresholdSigma, votes.Max());
            GaussianRenyi.AddDataDependent(check, Math.Sqrt(2) * ThresholdSigma, Orders, rdp);
        }
        return RenyiConversion.Classic(Orders, rdp, 1e-5).Epsilon;
    }

    /// <summary>Exact privacy loss distribution of that many LNMax answers at scale 200.</summary>
    [Benchmark]
    public double ExactLossDistributionOfLnmax() => new LossDistributionAccountant()
        .Account(Enumerable.Repeat(new NoisyArgmaxEvent(NoiseLaw.Laplace, 200, Classes, Teachers), Histograms), Target)[0]
        .Epsilon;
}
