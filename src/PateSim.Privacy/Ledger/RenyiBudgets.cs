using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Ledger;

/// <summary>
/// (ε, δ) as a cap on Σ Δ_i²/σ_i² of Gaussian noise: a GDP filter, valid for adaptively chosen checks and answers
/// (Smith and Thakurta 2022; Koskela, Tobaben, Honkela 2023).
/// </summary>
public sealed record GaussianBudget : BudgetFilter
{
    private readonly double _squares;

    /// <param name="epsilon">ε &gt; 0 of the budget.</param>
    /// <param name="delta">δ in (0, 1).</param>
    public GaussianBudget(double epsilon, double delta, Adjacency adjacency)
        : this(GaussianDp.Mu(epsilon, new AccountingTarget(delta, adjacency).Delta), adjacency, 0)
    {
    }

    private GaussianBudget(double limit, Adjacency adjacency, double squares) =>
        (Limit, Adjacency, _squares) = (limit, adjacency, squares);

    public override Adjacency Adjacency { get; }

    /// <summary>μ of the budget.</summary>
    public override double Limit { get; }

    /// <summary>μ spent: √(Σ Δ_i²/σ_i²).</summary>
    public override double Spent => Math.Sqrt(_squares);

    public override string Measure => "Gaussian mu";

    public override BudgetFilter Charge(PrivacyEvent privacyEvent)
    {
        var tally = EventTally.Of(
            "gaussian-budget", [privacyEvent], kind => kind.Law == NoiseLaw.Gaussian,
            "this budget counts continuous Gaussian noise only.");
        var mu = GaussianDpAccountant.Mu(tally, Adjacency);
        return new GaussianBudget(Limit, Adjacency, _squares + mu * mu);
    }
}

/// <summary>(ε, δ) as a cap on the Rényi cost at one order fixed beforehand: a Rényi filter, valid for adaptively
/// chosen checks and answers of any mechanism (Feldman and Zrnic 2021).</summary>
public sealed record RenyiBudget : BudgetFilter
{
    private readonly double _order;
    private readonly double _spent;

    /// <param name="epsilon">ε &gt; 0 of the budget.</param>
    /// <param name="delta">δ in (0, 1).</param>
    /// <param name="order">a &gt; 1.</param>
    /// <exception cref="ArgumentException">At this order δ alone costs more than ε.</exception>
    public RenyiBudget(double epsilon, double delta, double order, Adjacency adjacency)
        : this(Cap(epsilon, delta, order, adjacency), order, adjacency, 0)
    {
    }

    private RenyiBudget(double limit, double order, Adjacency adjacency, double spent) =>
        (Limit, _order, Adjacency, _spent) = (limit, order, adjacency, spent);

    public override Adjacency Adjacency { get; }

    public override double Limit { get; }

    public override double Spent => _spent;

    public override string Measure => FormattableString.Invariant($"Rényi divergence of order {_order:R}");

    public override BudgetFilter Charge(PrivacyEvent privacyEvent)
    {
        var tally = EventTally.Of(
            "renyi-budget", [privacyEvent], RenyiCost.Knows, "no Rényi cost is known for it.");
        var cost = tally.Sum(t => t.Value * RenyiCost.DataIndependent(t.Key, Adjacency, _order));
        return new RenyiBudget(Limit, _order, Adjacency, _spent + cost);
    }

    private static double Cap(double epsilon, double delta, double order, Adjacency adjacency)
    {
        RenyiOrders.Check(order);
        var target = new AccountingTarget(delta, adjacency);
        var cap = epsilon - (Numerics.LogSpace.Log1P(-1 / order) - Math.Log(target.Delta * order) / (order - 1));
        return cap > 0
            ? cap
            : throw new ArgumentException(
                $"At order {order:R} delta {delta:R} alone costs {epsilon - cap:R}, more than the budget {epsilon:R}: "
                + "choose a larger order.", nameof(order));
    }
}
