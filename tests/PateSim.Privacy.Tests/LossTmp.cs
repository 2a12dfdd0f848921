using System.Diagnostics;
using PateSim.Privacy.LossDistributions;
using PateSim.Privacy.Renyi;
using Xunit.Abstractions;
namespace PateSim.Privacy.Tests;
public sealed class LossTmp(ITestOutputHelper o)
{
    [Fact]
    public void Show()
    {
        foreach (var n in new long[] { 1, 2, 20, 200, 1000, 2000, 20000, 20000, 2000000 })
        {
            var w = Stopwatch.StartNew();
            var e = new LossComposition([(new ReleaseLoss.Laplace(0.05), n)]).Epsilon(1e-5);
            o.WriteLine($"laplace n={n} {e} in {w.ElapsedMilliseconds} ms");
        }
        foreach (var mu in new double[] { 0.01, 0.3535533905932738, 1, 5, 20 })
        foreach (var d in new[] { 0.1, 1e-5, 1e-12 })
        {
            var w = Stopwatch.StartNew();
            o.WriteLine($"gauss mu={mu} d={d} {new LossComposition([(new ReleaseLoss.Gaussian(mu), 1)]).Epsilon(d)} {GaussianDp.Epsilon(mu, d)} in {w.ElapsedMilliseconds}");
            o.WriteLine($"   100 parts {new LossComposition([(new ReleaseLoss.Gaussian(mu / 10), 100)]).Epsilon(d)} in {w.ElapsedMilliseconds}");
        }
        o.WriteLine($"mixed {new LossComposition([(new ReleaseLoss.Gaussian(0.5), 1), (new ReleaseLoss.Laplace(0.05), 200), (new ReleaseLoss.PureEpsilon(0.033), 77)]).Epsilon(1e-5)}");
        o.WriteLine($"rr 1 {new LossComposition([(new ReleaseLoss.PureEpsilon(1), 1)]).Epsilon(1e-5)} exact {Math.Log(Math.E-1e-5*(1+Math.E))}");
        o.WriteLine($"dg {new LossComposition([(new ReleaseLoss.DiscreteGaussian(40), 200)]).Epsilon(1e-5)} exact {GaussianDp.Epsilon(Math.Sqrt(200)/40, 1e-5)}");
    }
}
