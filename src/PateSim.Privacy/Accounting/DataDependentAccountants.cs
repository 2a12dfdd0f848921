using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Privacy.Events;
using PateSim.Privacy.Exact;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Accounting;

/// <summary>Data-dependent Rényi accounting: Theorem 3 of the 2017 paper for LNMax, Theorem 6 of the 2018 paper for
/// GNMax, and the exact Bernoulli cost, or Theorem 6, for thresholds.</summary>
public sealed class DataDependentRenyiAccountant : IPrivacyAccountant
{
    private const string Reason =
        "data-dependent costs are known for argmax and for thresholds under Gaussian noise, each with its votes.";

    private readonly ImmutableArray<double> _orders;
    private readonly bool _exactThreshold;

    public DataDependentRenyiAccountant(bool exactThreshold = true, ImmutableArray<double>? orders = null)
    {
        _orders = orders ?? RenyiOrders.Default;
        RenyiOrders.Check(_orders.AsSpan());
        _exactThreshold = exactThreshold;
    }

    public string Name => "rdp-data-dependent";

    public bool Supports(PrivacyEvent privacyEvent) => privacyEvent switch
    {
        NoisyArgmaxEvent { Votes: not null } argmax => TableFits(argmax.Law, argmax.NoiseScale),
        NoisyThresholdEvent { Law: NoiseLaw.Gaussian or NoiseLaw.DiscreteGaussian, LargestScore: not null } check =>
            TableFits(check.Law, check.NoiseScale),
        ComposedEvent composed => composed.Events.All(Supports),
        _ => false,
    };

    // Exact tails of discrete Gaussian noise are a table.
    internal static bool TableFits(NoiseLaw law, double scale) =>
        law != NoiseLaw.DiscreteGaussian || scale <= DiscreteGaussianTails.LargestSigma;

    public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target)
    {
        var rdp = new double[_orders.Length];
        var tails = new DiscreteTailCache();
        var nothing = true;
        foreach (var privacyEvent in events.Flatten())
        {
            if (!Supports(privacyEvent)) throw new UnsupportedPrivacyEventException(Name, privacyEvent, Reason);
            nothing = false;
            Add(privacyEvent, target.Adjacency, tails, rdp);
        }
        return RenyiEntries.Both(
            Name, _orders, rdp, target, nothing, true,
            AccountingNotes.Join(AccountingNotes.Private, AccountingNotes.OneSided));
    }

    private void Add(PrivacyEvent privacyEvent, Adjacency adjacency, DiscreteTailCache tails, double[] rdp)
    {
        var orders = _orders.AsSpan();
        switch (privacyEvent)
        {
            case NoisyArgmaxEvent { NoiseScale: 0 } or NoisyThresholdEvent { NoiseScale: 0 }:
                Array.Fill(rdp, double.PositiveInfinity);
                break;
            case NoisyArgmaxEvent { Law: NoiseLaw.Gaussian or NoiseLaw.DiscreteGaussian } argmax:
                var sigma = argmax.NoiseScale;
                var counts = argmax.Votes!.Counts.AsSpan();
                GaussianRenyi.AddDataDependent(
                    argmax.Law == NoiseLaw.Gaussian ? GaussianRenyi.LogQ(counts, sigma) : tails.LogQ(sigma, counts),
                    Effective(sigma, adjacency.L2), orders, rdp);
                break;
            case NoisyArgmaxEvent argmax:
                var logQ = argmax.Law == NoiseLaw.Laplace
                    ? LaplaceMoments.LogQ(argmax.Votes!.Counts.AsSpan(), 1 / argmax.NoiseScale)
                    : DiscreteRenyi.LogQLaplace(argmax.Votes!.Counts.AsSpan(), argmax.NoiseScale);
                var epsilon = adjacency.L1 / argmax.NoiseScale;
                for (var a = 0; a < rdp.Length; a++) rdp[a] += LaplaceMoments.Rdp(logQ, epsilon, orders[a]);
                break;
            case NoisyThresholdEvent threshold:
                AddThreshold(threshold, adjacency, tails, rdp);
                break;
        }
    }

    private void AddThreshold(
        NoisyThresholdEvent threshold, Adjacency adjacency, DiscreteTailCache tails, double[] rdp)
    {
        var largest = threshold.LargestScore!.Value.Value;
        var change = adjacency.LargestCountChange;
        if (_exactThreshold && change == 1)
        {
            for (var a = 0; a < rdp.Length; a++)
            {
                var (forward, reverse) = tails.Threshold(threshold, _orders[a]);
                rdp[a] += Math.Max(forward, reverse);
            }
            return;
        }
        GaussianRenyi.AddDataDependent(
            threshold.Law == NoiseLaw.Gaussian
                ? ThresholdRenyi.LogQ(threshold.Threshold, threshold.NoiseScale, largest)
                : DiscreteRenyi.Threshold(tails.Of(threshold.NoiseScale), threshold.Threshold, largest).Min(),
            Effective(threshold.NoiseScale, change), _orders.AsSpan(), rdp);
    }

    // Theorem 6 is written for Δ₂ = √2: other sensitivities rescale the noise.
    private static double Effective(double sigma, double sensitivity) => sigma * Math.Sqrt(2) / sensitivity;

    internal static Component<IPrivacyAccountant> Component { get; } = new(
        new ComponentDescriptor(
            AccountantCatalog.Kind,
            "rdp-data-dependent",
            "Rényi accounting that uses the votes: cheaper where teachers agree, and private itself.",
            [
                OptionSpec.Choice(
                    "threshold-cost", "exact: the larger Bernoulli divergence to the neighbours one vote away; bound: "
                    + "Theorem 6, as published.", "exact", "exact", "bound"),
                RenyiEntries.OrdersOption,
            ],
            [
                "GNMax: with q = min(1−1/m, Σ erfc(D_j/(2σ))/2), μ₂ = σ√ln(1/q), μ₁ = μ₂+1, ε_i = μ_i/σ² the cost is "
                + "min{a/σ², ln[(1−q)A^{a−1} + qB^{a−1}]/(a−1)} where all conditions of Theorem 6 hold. LNMax: the "
                + "moments of the 2017 paper at any order, with the corrected condition on q.",
                "Departure: a threshold's outcome is one bit, so its cost is known exactly, between 1.3 and 4 times "
                + "below the published bound.",
                "Not releasable. One-sided: it bounds D(M(D)‖M(D′)) for the ensemble D at hand; the other direction is "
                + "covered by the cost of D′.",
                "Discrete noise: the same theorems, which need only the pure or Rényi cost that the integer law has too, "
                + "with q summed for the integer law, ties counted as overturned. Discrete Gaussian noise up to "
                + "σ = 200,000.",
            ],
            "Papernot et al.: Scalable Private Learning with PATE, ICLR 2018, arXiv 1802.08908, Theorem 6, "
            + "Propositions 7, 8 and 10."),
        options => new DataDependentRenyiAccountant(
            options.Text("threshold-cost") == "exact", RenyiEntries.Orders(options)));
}

/// <summary>The exact cost to every ensemble one teacher away, in both directions, by quadrature.</summary>
public sealed class NeighbourExactAccountant : IPrivacyAccountant
{
    // A third of the default list: the cost of each order is that of all neighbours.
    private static readonly ImmutableArray<double> Orders =
        [.. RenyiOrders.Default.Where((_, index) => index % 3 == 0)];

    public string Name => "neighbour-exact";

    public bool IsCostly => true;

    public bool Supports(PrivacyEvent privacyEvent) => privacyEvent switch
    {
        NoisyArgmaxEvent { Votes: not null } argmax =>
            DataDependentRenyiAccountant.TableFits(argmax.Law, argmax.NoiseScale),
        NoisyThresholdEvent { Law: NoiseLaw.Gaussian or NoiseLaw.DiscreteGaussian, LargestScore: not null } check =>
            DataDependentRenyiAccountant.TableFits(check.Law, check.NoiseScale),
        ComposedEvent composed => composed.Events.All(Supports),
        _ => false,
    };

    public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target)
    {
        var (forward, reverse) = (new double[Orders.Length], new double[Orders.Length]);
        var known = new Dictionary<PrivacyEvent, (double[] Forward, double[] Reverse)>();
        var tails = new DiscreteTailCache();
        var nothing = true;
        foreach (var privacyEvent in events.Flatten())
        {
            if (!Supports(privacyEvent) || target.Adjacency.TeachersTouched != 1)
                throw new UnsupportedPrivacyEventException(
                    Name, privacyEvent, "the exact cost needs the votes, one teacher per neighbour, and for "
                    + "thresholds Gaussian noise.");
            nothing = false;
            if (!known.TryGetValue(privacyEvent, out var cost))
                known[privacyEvent] = cost = CostOrRefusal(privacyEvent, target.Adjacency, tails);
            for (var a = 0; a < Orders.Length; a++)
            {
                forward[a] += cost.Forward[a];
                reverse[a] += cost.Reverse[a];
            }
        }
        for (var a = 0; a < Orders.Length; a++) forward[a] = Math.Max(forward[a], reverse[a]);
        return
        [
            RenyiEntries.Entry(
                Name, Orders, forward, target, nothing, true,
                AccountingNotes.Join(AccountingNotes.Private, "The larger of both directions."), true),
        ];
    }

    private (double[] Forward, double[] Reverse) CostOrRefusal(
        PrivacyEvent privacyEvent, Adjacency adjacency, DiscreteTailCache tails)
    {
        try
        {
            return Cost(privacyEvent, adjacency, tails);
        }
        catch (NotSupportedException error)
        {
            throw new UnsupportedPrivacyEventException(Name, privacyEvent, error.Message);
        }
    }

    private static (double[] Forward, double[] Reverse) Cost(
        PrivacyEvent privacyEvent, Adjacency adjacency, DiscreteTailCache tails)
    {
        if (privacyEvent is NoisyArgmaxEvent { NoiseScale: 0 } or NoisyThresholdEvent { NoiseScale: 0 })
        {
            var infinite = new double[Orders.Length];
            Array.Fill(infinite, double.PositiveInfinity);
            return (infinite, infinite);
        }
        if (privacyEvent is NoisyThresholdEvent threshold)
        {
            (double Forward, double Reverse)[] exact = [.. Orders.Select(a => tails.Threshold(threshold, a))];
            return ([.. exact.Select(e => e.Forward)], [.. exact.Select(e => e.Reverse)]);
        }
        var argmax = (NoisyArgmaxEvent)privacyEvent;
        var neighbours = new NeighbourRenyi(argmax.Law, argmax.NoiseScale, argmax.Votes!.Counts.AsSpan(), adjacency);
        return ([.. Orders.Select(neighbours.Forward)], [.. Orders.Select(neighbours.Reverse)]);
    }

    internal static Component<IPrivacyAccountant> Component { get; } = new(
        new ComponentDescriptor(
            AccountantCatalog.Kind,
            "neighbour-exact",
            "Exact Rényi cost to all ensembles one vote away, in both directions, by quadrature.",
            [],
            [
                "For each answer the probabilities of all m classes are integrated for the votes and for each of the "
                + "up to m(m−1) histograms one moved vote away; the cost is the largest Rényi divergence, summed per "
                + "order and converted (improved). Thresholds: the exact Bernoulli cost.",
                "Not releasable. Cost: m integrals of some hundred points, each shared by all neighbours, and "
                + "m(m−1)·126 divergences of m terms for each histogram: tens of milliseconds for 10 classes.",
                "Laplace and Gaussian noise, continuous (integrated) and discrete (summed); one teacher per neighbour.",
            ],
            "Definition of Rényi differential privacy (Mironov 2017) evaluated per instance; no published tool does "
            + "so for PATE."),
        _ => new NeighbourExactAccountant());
}
