using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Renyi;
using PateSim.Privacy.Smooth;

namespace PateSim.Privacy.Tests.Renyi;

/// <summary>Nothing gives a number for input that means nothing.</summary>
public sealed class BadInputTests
{
    public static TheoryData<double> NoScale => [0.0, -1.0, double.NaN, double.PositiveInfinity];

    public static TheoryData<double> NoOrder => [1.0, 0.5, -3.0, double.NaN, double.PositiveInfinity];

    [Theory]
    [MemberData(nameof(NoScale))]
    public void Scales(double scale)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.LogQ([3, 2], scale));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.DataIndependent(scale, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.DataDependent(-5, scale, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => OutcomeProbabilities.Log(NoiseLaw.Laplace, scale, [3, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GnmaxSmoothSensitivity(scale, 4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothReleaseCost.WorstCase(0.01, Math.Min(scale, 0), 4));
    }

    [Theory]
    [MemberData(nameof(NoOrder))]
    public void Orders(double order)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.DataDependent(-5, 40, order));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.DataIndependent(40, order));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThresholdRenyi.Exact(10, 40, order, 5, 0, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => OutcomeRenyi.Gaussians(0, 1, 0, 1, order));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiConversion.Classic([2, order], [1, 1], 1e-5));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothReleaseCost.WorstCase(0.01, 5, order));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RenyiAccountant([2, order]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(double.NaN)]
    public void Deltas(double delta)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiConversion.Classic([2], [1], delta));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiConversion.Improved([2], [1], delta));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianDp.Epsilon(1, delta));
    }

    [Fact]
    public void Curves()
    {
        Assert.Throws<ArgumentException>(() => RenyiConversion.Classic([], [], 1e-5));
        Assert.Throws<ArgumentException>(() => RenyiConversion.Classic([2, 3], [1], 1e-5));
        Assert.Throws<ArgumentException>(() => RenyiConversion.Improved([2], [-1], 1e-5));
        Assert.Throws<ArgumentException>(() => RenyiConversion.Improved([2], [double.NaN], 1e-5));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiConversion.ImprovedDelta([2], [1], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.DataDependent(0.1, 40, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianRenyi.DataDependent(double.NaN, 40, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianDp.Epsilon(double.NaN, 1e-5));
    }

    [Fact]
    public void Votes()
    {
        Assert.Throws<ArgumentException>(() => OutcomeProbabilities.Log(NoiseLaw.Gaussian, 1, [3]));
        Assert.Throws<ArgumentException>(() => OutcomeProbabilities.Log(NoiseLaw.Gaussian, 1, [3, -1]));
        Assert.Throws<ArgumentException>(
            () => new NoisyArgmaxEvent(NoiseLaw.Laplace, 1, 3, 5, PrivateVotes.From([3, 2])));
        Assert.Throws<ArgumentException>(
            () => new NoisyArgmaxEvent(NoiseLaw.Laplace, 1, 2, 6, PrivateVotes.From([3, 2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyArgmaxEvent(NoiseLaw.Laplace, -1, 2, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyArgmaxEvent(NoiseLaw.Laplace, 1, 1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyArgmaxEvent(NoiseLaw.Laplace, 1, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyThresholdEvent(NoiseLaw.Gaussian, 1, double.NaN, 5));
        Assert.Throws<ArgumentException>(() => new NeighbourRenyi(
            NoiseLaw.Laplace, 1, [3, 2], new Adjacency(AdjacencyKind.PatientReplaced, 2)));
    }

    [Fact]
    public void Consensus_beyond_all_floating_point_costs_nothing_by_the_data()
    {
        Assert.Equal(0, GaussianRenyi.DataDependent(double.NegativeInfinity, 40, 8));
        Assert.Equal(0, LaplaceMoments.DataDependent(double.NegativeInfinity, 0.1, 8));
        Assert.InRange(GaussianRenyi.LogQ([1_000_000, 0], 1), -2.6e11, -2.4e11);
        Assert.InRange(GaussianRenyi.DataDependent(GaussianRenyi.LogQ([1_000_000, 0], 1), 1, 8), 0, 1e-300);
    }
}
