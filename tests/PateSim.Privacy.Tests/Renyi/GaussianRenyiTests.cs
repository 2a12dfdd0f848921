using CsCheck;
using PateSim.Privacy.Numerics;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Renyi;

public sealed class GaussianRenyiTests
{
    private static readonly Gen<double[]> Orders = Gen.Double[1.01, 600].Array[1, 40];

    // From nearly certain to a coin's toss.
    private static readonly Gen<double> LogQ = Gen.Select(Gen.Double[-9, 10], exponent => -Math.Exp(exponent));

    /// <summary>Theorem 6 with Proposition 10, term by term and for one order.</summary>
    private static double Theorem6(double logQ, double sigma, double order)
    {
        var independent = order / (sigma * sigma);
        var mu2 = sigma * Math.Sqrt(-logQ);
        var mu1 = mu2 + 1;
        if (!(order < mu1) || !(mu2 > 1)) return independent;
        var (epsilon1, epsilon2) = (mu1 / (sigma * sigma), mu2 / (sigma * sigma));
        if (!(-logQ > epsilon2)
            || !(logQ <= (mu2 - 1) * epsilon2 - mu2 * Math.Log(mu1 / (mu1 - 1) * (mu2 / (mu2 - 1)))))
            return independent;
        var log1Q = LogSpace.Log1MExp(logQ);
        var logA = log1Q - LogSpace.Log1MExp((logQ + epsilon2) * (mu2 - 1) / mu2);
        var logB = epsilon1 - logQ / (mu1 - 1);
        var sum = LogSpace.AddNearOne(log1Q + (order - 1) * logA, logQ + (order - 1) * logB);
        return Math.Min(independent, Math.Max(0, sum / (order - 1)));
    }

    [Fact]
    public void One_order_at_a_time_is_the_theorem() =>
        Gen.Select(LogQ, Gen.Double[0.5, 300], Gen.Double[1.01, 600]).Sample((logQ, sigma, order) =>
        {
            var due = Theorem6(logQ, sigma, order);
            Assert.Equal(due, GaussianRenyi.DataDependent(logQ, sigma, order), due * 1e-11);
        }, iter: 3000);

    [Fact]
    public void Eight_orders_at_a_time_agree_with_one_to_twelve_digits() =>
        Gen.Select(LogQ, Gen.Double[0.5, 300], Orders).Sample((logQ, sigma, orders) =>
        {
            var totals = new double[orders.Length];
            GaussianRenyi.AddDataDependent(logQ, sigma, orders, totals);
            for (var i = 0; i < orders.Length; i++)
            {
                var due = GaussianRenyi.DataDependent(logQ, sigma, orders[i]);
                Assert.InRange(totals[i], 0, orders[i] / (sigma * sigma) * (1 + 1e-15));
                Assert.Equal(due, totals[i], due * 1e-12 + 1e-300);
            }
        }, iter: 2000);

    [Fact]
    public void An_orders_cost_depends_neither_on_its_place_nor_on_its_neighbours() =>
        Gen.Select(LogQ, Gen.Double[0.5, 300], Orders).Sample((logQ, sigma, orders) =>
        {
            var totals = new double[orders.Length];
            GaussianRenyi.AddDataDependent(logQ, sigma, orders, totals);
            double[] turned = [.. orders.Reverse()], other = new double[orders.Length], alone = [0];
            GaussianRenyi.AddDataDependent(logQ, sigma, turned, other);
            Assert.Equal(totals, other.Reverse());
            GaussianRenyi.AddDataDependent(logQ, sigma, orders.AsSpan(^1), alone);
            Assert.Equal(totals[^1], alone[0]);
        });

    [Fact]
    public void It_adds_to_what_is_there()
    {
        double[] orders = [.. Enumerable.Range(2, 11).Select(i => (double)i)];
        double[] once = new double[11], twice = [.. Enumerable.Repeat(5.0, 11)];
        GaussianRenyi.AddDataDependent(-12, 40, orders, once);
        GaussianRenyi.AddDataDependent(-12, 40, orders, twice);
        GaussianRenyi.AddDataDependent(-12, 40, orders, twice);
        for (var i = 0; i < 11; i++) Assert.Equal(5 + 2 * once[i], twice[i], 1e-14);
        Assert.All(once, value => Assert.True(value > 0));
    }

    [Theory]
    [InlineData(double.NegativeInfinity, 40)]
    [InlineData(-1e300, 40)]
    [InlineData(-1e6, 1e-3)]
    [InlineData(-1e-300, 40)]
    [InlineData(0, 40)]
    [InlineData(-720, 1e4)]
    [InlineData(-5, 1e-150)]
    [InlineData(-5, 1e150)]
    public void From_consensus_to_a_tie_there_is_no_overflow(double logQ, double sigma)
    {
        var totals = new double[RenyiOrders.Default.Length];
        GaussianRenyi.AddDataDependent(logQ, sigma, RenyiOrders.Default.AsSpan(), totals);
        for (var i = 0; i < totals.Length; i++)
            Assert.InRange(totals[i], 0, RenyiOrders.Default[i] / (sigma * sigma) * (1 + 1e-15));
        if (double.IsNegativeInfinity(logQ)) Assert.All(totals, value => Assert.Equal(0, value));
        if (logQ == 0) Assert.Equal(RenyiOrders.Default[^1] / (sigma * sigma), totals[^1], 1e-12);
    }

    [Fact]
    public void What_means_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => GaussianRenyi.AddDataDependent(-1, 40, [2, 3], new double[1]));
        Assert.Throws<ArgumentException>(() => GaussianRenyi.AddDataDependent(-1, 40, [2], new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.AddDataDependent(0.1, 40, [2], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.DataDependent(double.NaN, 40, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.AddDataDependent(-1, 0, [2], new double[1]));
    }

    [Fact]
    public void The_bound_on_q_sums_the_classes_whether_they_underflow_or_not() =>
        Gen.Select(Gen.Int[0, 4000].Array[2, 8], Gen.Double[1, 60]).Sample((votes, sigma) =>
        {
            var winner = Array.IndexOf(votes, votes.Max());
            var sum = double.NegativeInfinity;
            for (var j = 0; j < votes.Length; j++)
            {
                if (j != winner)
                    sum = LogSpace.Add(sum, Normal.LogErfc((votes[winner] - votes[j]) / (2 * sigma)) - Math.Log(2));
            }
            var due = Math.Min(sum, Math.Log(1 - 1.0 / votes.Length));
            Assert.Equal(due, GaussianRenyi.LogQ(votes, sigma), Math.Abs(due) * 1e-13);
        }, iter: 500);

    [Fact]
    public void A_unanimous_vote_of_many_classes_is_the_sum_of_equal_tails()
    {
        // erfc(D/2σ)/2 for each of the nine: D/2σ = 3.125 (plain), and 31.25 (beyond where erfc underflows).
        Assert.Equal(
            Math.Log(9) + Normal.LogErfc(3.125) - Math.Log(2), GaussianRenyi.LogQ([250, 0, 0, 0, 0, 0, 0, 0, 0, 0], 40),
            1e-12);
        Assert.Equal(
            Math.Log(9) + Normal.LogErfc(31.25) - Math.Log(2), GaussianRenyi.LogQ([250, 0, 0, 0, 0, 0, 0, 0, 0, 0], 4),
            1e-9);
    }

    [Theory]
    [InlineData(200, 150, 250)]
    [InlineData(200, 150, 150)]
    [InlineData(200, 5, 250)]
    [InlineData(200, 5, 0)]
    [InlineData(200, 150, 200)]
    public void The_thresholds_smaller_tail_is_taken(double threshold, double sigma, double largest) =>
        Assert.Equal(
            Math.Min(
                Normal.LogCdf((threshold - largest) / sigma), Normal.LogSurvival((threshold - largest) / sigma)),
            ThresholdRenyi.LogQ(threshold, sigma, largest));
}
