using System.Collections.Immutable;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Ledger;

/// <summary>
/// What each hospital really lost, by individual Rényi accounting: the exact divergence if that hospital alone had
/// voted otherwise (Feldman and Zrnic 2021). Hospitals whose vote could hardly have changed the answer pay little.
/// </summary>
/// <remarks>Private: each hospital may see its own figure, nobody may publish them. The orders are fixed beforehand; a
/// filter holds at one of them, the smallest ε over several is the reading of an odometer.</remarks>
public sealed record IndividualLedger
{
    /// <param name="hospitalCount">n ≥ 1, one teacher each.</param>
    /// <param name="orders">a &gt; 1, at least one, shape [r].</param>
    public IndividualLedger(int hospitalCount, params ReadOnlySpan<double> orders)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hospitalCount, 1);
        RenyiOrders.Check(orders);
        (HospitalCount, Orders) = (hospitalCount, [.. orders]);
        Spent = [.. new double[hospitalCount * orders.Length]];
    }

    public int HospitalCount { get; }

    public ImmutableArray<double> Orders { get; }

    /// <summary>Rényi divergence spent by each hospital, shape [n, r] row-major, in nats.</summary>
    public ImmutableArray<double> Spent { get; private init; }

    /// <summary>The ledger after one noisy argmax of all hospitals' votes.</summary>
    /// <param name="ballots">The class each hospital voted for, shape [n]. Private.</param>
    public IndividualLedger Charge(ReadOnlySpan<int> ballots, int classCount, NoiseLaw law, double noiseScale)
    {
        var counts = new int[classCount];
        foreach (var ballot in ballots) counts[ballot]++;
        return Charge(ballots, IndividualCosts.OfAnswer(law, noiseScale, counts, Orders.AsSpan()));
    }

    /// <summary>The ledger after a release with these costs.</summary>
    /// <param name="ballots">The class each hospital voted for, or −1 where it cast no vote and pays nothing, shape [n].
    /// Private.</param>
    /// <param name="costs">Of a voter for each class, shape [m, r] row-major, in nats.</param>
    public IndividualLedger Charge(ReadOnlySpan<int> ballots, ImmutableArray<double> costs)
    {
        if (ballots.Length != HospitalCount)
            throw new ArgumentException($"{ballots.Length} ballots of {HospitalCount} hospitals.", nameof(ballots));
        var spent = Spent.ToBuilder();
        for (var h = 0; h < ballots.Length; h++)
        {
            for (var a = 0; ballots[h] >= 0 && a < Orders.Length; a++)
                spent[h * Orders.Length + a] += costs[ballots[h] * Orders.Length + a];
        }
        return this with { Spent = spent.MoveToImmutable() };
    }

    /// <summary>ε of each hospital at δ, improved conversion, the smallest over the orders.</summary>
    public ImmutableArray<double> Epsilons(double delta) =>
    [
        .. Enumerable.Range(0, HospitalCount).Select(h => RenyiConversion.Improved(
            Orders.AsSpan(), Spent.AsSpan(h * Orders.Length, Orders.Length), delta).Epsilon),
    ];
}
