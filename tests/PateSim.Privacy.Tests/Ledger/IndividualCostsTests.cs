using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Tests.Ledger;

public sealed class IndividualCostsTests
{
    private static readonly double[] Orders = [2, 8, 32];

    [Fact]
    public void A_voter_who_cannot_move_the_largest_count_pays_nothing_for_the_check()
    {
        // 60 against 30 against 10: whoever voted for the last can only raise the first by one, and lower nothing.
        var check = new NoisyThresholdEvent(NoiseLaw.Gaussian, 20, 50, 100);
        var costs = IndividualCosts.OfCheck(check, [60, 30, 10], default, Orders);
        for (var a = 0; a < Orders.Length; a++)
        {
            var (down, reverseDown) = ThresholdRenyi.Exact(50, 20, Orders[a], 60, 59, 60);
            var (up, reverseUp) = ThresholdRenyi.Exact(50, 20, Orders[a], 60, 60, 61);
            Assert.Equal(Math.Max(down, reverseDown), costs[a], 15);
            Assert.Equal(Math.Max(up, reverseUp), costs[3 + a], 15);
            Assert.Equal(costs[3 + a], costs[6 + a]);
        }
        // With one class in consensus nobody else voted, and with nobody to raise it further a voter can only lower it.
        Assert.All(IndividualCosts.OfCheck(check, [100, 0, 0], default, Orders).Skip(3), cost => Assert.Equal(0, cost));
    }

    [Fact]
    public void A_check_against_the_student_costs_what_a_vote_can_move_the_score()
    {
        var check = new NoisyThresholdEvent(NoiseLaw.Gaussian, 20, 30, 10);
        // All but one vote as the student is sure: the score is 1, and the lone dissenter can make it 0, never 2.
        var costs = IndividualCosts.OfCheck(check, [1, 9, 0], [0, 1, 0], Orders);
        for (var a = 0; a < Orders.Length; a++)
        {
            var (forward, reverse) = ThresholdRenyi.Exact(30, 20, Orders[a], 1, 0, 1);
            Assert.Equal(Math.Max(forward, reverse), costs[a], 15);
        }
    }

    [Theory]
    [InlineData(NoiseLaw.Laplace)]
    [InlineData(NoiseLaw.Gaussian)]
    [InlineData(NoiseLaw.DiscreteLaplace)]
    [InlineData(NoiseLaw.DiscreteGaussian)]
    public void No_hospital_pays_more_than_the_worst_case_of_any_votes(NoiseLaw law)
    {
        int[][] histograms = [[100, 0, 0], [60, 30, 10], [34, 33, 33]];
        foreach (var counts in histograms)
        {
            var costs = IndividualCosts.OfAnswer(law, 15, counts, Orders);
            for (var j = 0; j < counts.Length; j++)
            {
                for (var a = 0; a < Orders.Length; a++)
                {
                    var worst = law is NoiseLaw.Gaussian or NoiseLaw.DiscreteGaussian
                        ? GaussianRenyi.DataIndependent(15, Orders[a]) : 2.0 / 15;
                    Assert.InRange(costs[3 * j + a], 0, worst * (1 + 1e-9));
                    if (counts[j] == 0) Assert.Equal(0, costs[3 * j + a]);
                }
            }
        }
        Assert.All(IndividualCosts.OfAnswer(law, 0, [60, 40], Orders), cost =>
            Assert.Equal(double.PositiveInfinity, cost));
    }

    [Fact]
    public void Hospitals_that_did_not_vote_pay_nothing_and_the_smallest_order_of_several_speaks()
    {
        int[] ballots = [0, 0, 1, -1];
        var costs = IndividualCosts.OfAnswer(NoiseLaw.Gaussian, 3, [2, 1, 0], Orders);
        var ledger = new IndividualLedger(4, Orders).Charge(ballots, costs).Charge(ballots, costs);
        Assert.Equal(2 * costs[0], ledger.Spent[0], 12);
        Assert.Equal(0, ledger.Spent[^1]);
        var epsilons = ledger.Epsilons(1e-5);
        Assert.Equal(0, epsilons[3]);
        foreach (var order in Orders)
        {
            var alone = new IndividualLedger(4, order);
            var one = IndividualCosts.OfAnswer(NoiseLaw.Gaussian, 3, [2, 1, 0], [order]);
            alone = alone.Charge(ballots, one).Charge(ballots, one);
            Assert.True(epsilons[0] <= alone.Epsilons(1e-5)[0]);
        }
    }
}
