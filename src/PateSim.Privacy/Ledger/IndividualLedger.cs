using System.Collections.Immutable;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Ledger;

/// <summary>
/// What each hospital really lost, by individual Rényi accounting: the exact divergence if that hospital alone had
/// voted otherwise (Feldman and Zrnic 2021). Hospitals whose vote could hardly have changed the answer pay little.
/// </summary>
/// <remarks>Private: each hospital may see its own figure, nobody may publish them. One order, fixed
/// beforehand.</remarks>
public sealed record IndividualLedger
{
    /// <param name="hospitalCount">n ≥ 1, one teacher each.</param>
    /// <param name="order">a &gt; 1.</param>
    public IndividualLedger(int hospitalCount, double order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hospitalCount, 1);
        RenyiOrders.Check(order);
        (Order, Spent) = (order, [.. new double[hospitalCount]]);
    }

    public double Order { get; }

    /// <summary>Rényi divergence spent by each hospital, shape [n], in nats.</summary>
    public ImmutableArray<double> Spent { get; private init; }

    /// <summary>The ledger after one noisy argmax.</summary>
    /// <param name="ballots">The class each hospital voted for, shape [n]. Private.</param>
    public IndividualLedger Charge(ReadOnlySpan<int> ballots, int classCount, NoiseLaw law, double noiseScale)
    {
        if (ballots.Length != Spent.Length)
            throw new ArgumentException($"{ballots.Length} ballots of {Spent.Length} hospitals.", nameof(ballots));
        var counts = new int[classCount];
        foreach (var ballot in ballots) counts[ballot]++;
        var neighbours = new NeighbourRenyi(law, noiseScale, counts, Adjacency.HospitalReplaced);
        var costs = new double[classCount];
        for (var j = 0; j < classCount; j++) costs[j] = counts[j] > 0 ? neighbours.CostOfVoter(j, Order) : 0;
        var spent = Spent.ToBuilder();
        for (var h = 0; h < ballots.Length; h++) spent[h] += costs[ballots[h]];
        return this with { Spent = spent.ToImmutable() };
    }

    /// <summary>ε of each hospital at δ, improved conversion at the fixed order.</summary>
    public ImmutableArray<double> Epsilons(double delta) =>
        [.. Spent.Select(rdp => RenyiConversion.Improved([Order], [rdp], delta).Epsilon)];
}
