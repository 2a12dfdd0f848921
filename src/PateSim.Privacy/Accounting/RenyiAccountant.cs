using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Privacy.Events;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Accounting;

/// <summary>Data-independent Rényi accounting, with the classic and the improved conversion.</summary>
public sealed class RenyiAccountant : IPrivacyAccountant
{
    private const string Reason = "no Rényi cost is known for it.";
    private readonly ImmutableArray<double> _orders;

    /// <param name="orders">a &gt; 1; <see cref="RenyiOrders.Default"/> when left out.</param>
    public RenyiAccountant(ImmutableArray<double>? orders = null)
    {
        _orders = orders ?? RenyiOrders.Default;
        RenyiOrders.Check(_orders.AsSpan());
    }

    public string Name => "rdp";

    public bool Supports(PrivacyEvent privacyEvent) => EventTally.Supports(privacyEvent, RenyiCost.Knows);

    public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target)
    {
        var tally = EventTally.Of(Name, events, RenyiCost.Knows, Reason);
        var rdp = new double[_orders.Length];
        foreach (var (kind, count) in tally)
        {
            for (var a = 0; a < rdp.Length; a++)
                rdp[a] += count * RenyiCost.DataIndependent(kind, target.Adjacency, _orders[a]);
        }
        return RenyiEntries.Both(Name, _orders, rdp, target, tally.Count == 0, false, "");
    }

    internal static Component<IPrivacyAccountant> Component { get; } = new(
        new ComponentDescriptor(
            AccountantCatalog.Kind,
            "rdp",
            "Data-independent Rényi accounting of Laplace and Gaussian mechanisms, classic and improved conversion.",
            [RenyiEntries.OrdersOption],
            [
                "Rényi costs add up per order: a Δ₂²/(2σ²) for Gaussian noise (a/σ² for an answer, a/(2σ₁²) for a "
                + "threshold check), the exact divergence of two Laplace releases for an LNMax answer.",
                "Conversion: classic ε = min_a rdp + ln(1/δ)/(a−1); improved ε = min_a rdp + ln((a−1)/a) − "
                + "(ln δ + ln a)/(a−1). Releasable. " + AccountingNotes.FixedNumber,
            ],
            "Mironov: Rényi Differential Privacy, CSF 2017; Canonne, Kamath, Steinke: The Discrete Gaussian for "
            + "Differential Privacy, 2020, Proposition 12; Balle et al.: Hypothesis Testing Interpretations and Rényi "
            + "Differential Privacy, AISTATS 2020, Theorem 21."),
        options => new RenyiAccountant(RenyiEntries.Orders(options)));
}

/// <summary>Entries from a composed Rényi curve.</summary>
internal static class RenyiEntries
{
    public static OptionSpec OrdersOption { get; } = OptionSpec.RealList(
        "orders", "Rényi orders searched; empty for the built-in list of 377 orders from 1.1 to 10,000.", [], 1, null,
        true);

    public static ImmutableArray<double>? Orders(OptionValues options)
    {
        var orders = options.RealList("orders");
        return orders.IsEmpty ? null : [.. orders.Order()];
    }

    /// <summary>One entry for each conversion.</summary>
    public static ImmutableArray<EpsilonEntry> Both(
        string method, ImmutableArray<double> orders, double[] rdp, AccountingTarget target, bool nothing,
        bool dataDependent, string note) =>
    [
        Entry($"{method}-classic", orders, rdp, target, nothing, dataDependent, note, false),
        Entry($"{method}-improved", orders, rdp, target, nothing, dataDependent, note, true),
    ];

    public static EpsilonEntry Entry(
        string method, ImmutableArray<double> orders, double[] rdp, AccountingTarget target, bool nothing,
        bool dataDependent, string note, bool improved)
    {
        if (nothing)
            return new EpsilonEntry(
                method, 0, target.Delta, target.Adjacency, dataDependent, true, AccountingNotes.Nothing);
        var best = improved
            ? RenyiConversion.Improved(orders.AsSpan(), rdp, target.Delta)
            : RenyiConversion.Classic(orders.AsSpan(), rdp, target.Delta);
        var end = double.IsPositiveInfinity(best.Epsilon)
            ? AccountingNotes.NoNoise
            : AccountingNotes.OrderEnds(best.Order, orders.AsSpan());
        return new EpsilonEntry(
            method, best.Epsilon, target.Delta, target.Adjacency, dataDependent, !dataDependent,
            AccountingNotes.Join(note, end),
            string.Create(
                CultureInfo.InvariantCulture,
                $"order={best.Order:R}, conversion={(improved ? "improved" : "classic")}"));
    }
}
