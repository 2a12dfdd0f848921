using System.Globalization;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

namespace PateSim.Privacy.Ledger;

/// <summary>
/// A privacy filter: knows what was charged, and refuses, before any noise is drawn, what would exceed the budget.
/// </summary>
/// <remarks>Immutable: <see cref="Charge"/> gives the next filter. Decisions rest on scales and outcomes that are
/// released anyway, never on votes, so that a refusal tells nothing about them.</remarks>
public abstract record BudgetFilter
{
    /// <summary>Whom the budget protects.</summary>
    public abstract Adjacency Adjacency { get; }

    /// <summary>The budget, in the filter's own measure.</summary>
    public abstract double Limit { get; }

    /// <summary>What has been charged so far, in the same measure.</summary>
    public abstract double Spent { get; }

    /// <summary>The filter after the event.</summary>
    /// <exception cref="UnsupportedPrivacyEventException">The filter does not know the event.</exception>
    public abstract BudgetFilter Charge(PrivacyEvent privacyEvent);

    /// <summary>The measure in words, such as "basic epsilon".</summary>
    public abstract string Measure { get; }

    /// <summary>Whether the budget is exceeded. Compared at 12 significant digits: decimal budgets such as 0.3 have no
    /// exact binary form, and three answers of 0.1 shall fit.</summary>
    public bool IsExceeded => Spent > Limit * (1 + 1e-12);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Measure} {Spent:R} of {Limit:R} ({Adjacency})");
}

/// <summary>No limit: the ledger only counts.</summary>
public sealed record UnlimitedBudget(Adjacency Adjacency) : BudgetFilter
{
    public override Adjacency Adjacency { get; } = Adjacency;

    public override double Limit => double.PositiveInfinity;

    public override double Spent => 0;

    public override string Measure => "unlimited";

    public override BudgetFilter Charge(PrivacyEvent privacyEvent) => this;
}

/// <summary>Pure ε by basic composition: Σ ε_i ≤ limit, for adaptively chosen queries (Rogers et al. 2016).</summary>
public sealed record PureEpsilonBudget : BudgetFilter
{
    private readonly double _spent;

    /// <param name="limit">ε &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or not a number.</exception>
    public PureEpsilonBudget(double limit, Adjacency adjacency)
    {
        if (!(limit > 0))
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A budget is an epsilon above 0.");
        (Limit, Adjacency) = (limit, adjacency);
    }

    public override Adjacency Adjacency { get; }

    public override double Limit { get; }

    public override double Spent => _spent;

    public override string Measure => "basic epsilon";

    public override BudgetFilter Charge(PrivacyEvent privacyEvent)
    {
        var epsilon = PureEpsilon.Of(privacyEvent, Adjacency) ?? throw new UnsupportedPrivacyEventException(
            "basic-epsilon-budget", privacyEvent, "it has no pure epsilon, which this budget counts.");
        return new PureEpsilonBudget(Limit, Adjacency, _spent + epsilon);
    }

    private PureEpsilonBudget(double limit, Adjacency adjacency, double spent)
        : this(limit, adjacency) => _spent = spent;
}

/// <summary>A fixed number of answers, decided beforehand: then data-independent accounting of that many answers holds
/// exactly as computed, also by privacy-loss distributions.</summary>
public sealed record AnswerCountBudget : BudgetFilter
{
    private readonly long _spent;

    /// <param name="limit">Answers, at least 1.</param>
    public AnswerCountBudget(long limit, Adjacency adjacency)
        : this(limit, adjacency, 0) => ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);

    private AnswerCountBudget(long limit, Adjacency adjacency, long spent)
    {
        (Limit, Adjacency, _spent) = (limit, adjacency, spent);
    }

    public override Adjacency Adjacency { get; }

    public override double Limit { get; }

    public override double Spent => _spent;

    public override string Measure => "answers";

    public override BudgetFilter Charge(PrivacyEvent privacyEvent) =>
        new AnswerCountBudget((long)Limit, Adjacency, _spent + 1);
}
