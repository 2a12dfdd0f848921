using System.Collections.Immutable;

namespace PateSim.Privacy.Renyi;

/// <summary>Lists of Rényi orders a &gt; 1.</summary>
public static class RenyiOrders
{
    /// <summary>The orders searched unless others are wanted: 1.1 to 10.9 in steps of 0.1, 11 to 100 in steps of 0.5,
    /// and 100 log-spaced ones from 100 to 10,000. Finer than the lists of the literature, and with orders below 2.
    /// </summary>
    public static ImmutableArray<double> Default { get; } =
    [
        .. Enumerable.Range(11, 99).Select(i => i / 10.0),
        .. Enumerable.Range(22, 178).Select(i => i / 2.0),
        .. Enumerable.Range(0, 100).Select(i => 100 * Math.Pow(100, i / 99.0)),
    ];

    /// <exception cref="ArgumentException">No orders, or one that is not a finite number above 1.</exception>
    public static void Check(ReadOnlySpan<double> orders)
    {
        if (orders.IsEmpty) throw new ArgumentException("There are no Rényi orders.", nameof(orders));
        foreach (var order in orders) Check(order);
    }

    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 1.</exception>
    public static void Check(double order)
    {
        if (!(order > 1) || double.IsInfinity(order))
            throw new ArgumentOutOfRangeException(nameof(order), order, "A Rényi order is a finite number above 1.");
    }
}
