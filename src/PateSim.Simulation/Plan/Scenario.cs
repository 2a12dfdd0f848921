using System.Collections.Immutable;
using PateSim.Core.Components;
using PateSim.Data.Datasets;
using PateSim.Data.Encoders;
using PateSim.Data.Partitioners;
using PateSim.Data.PublicSets;
using PateSim.Data.Shifts;
using PateSim.Data.Splits;
using PateSim.Learning;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Mechanisms;
using PateSim.Simulation.Baselines;
using PateSim.Theft.Attacks;

namespace PateSim.Simulation.Plan;

/// <summary>What is simulated: the typed content of a scenario file.</summary>
/// <param name="Seed">Root seed of all randomness.</param>
/// <param name="Digest">SHA-256 of the resolved scenario, hex: equal scenarios have equal digests.</param>
/// <param name="Pooled">How the unprotected model of all private records is trained, for comparison.</param>
public sealed record Scenario(
    string Name,
    string Description,
    long Seed,
    string Digest,
    DataPlan Data,
    HospitalPlan Hospitals,
    AggregationPlan Aggregation,
    PrivacyPlan Privacy,
    Chosen<ILearner> Student,
    Chosen<ILearner> Pooled,
    TheftPlanning Theft)
{
    /// <summary>What is trained besides, to compare with.</summary>
    public ImmutableArray<Chosen<IBaseline>> Baselines { get; init; } = [];
}

/// <summary>Which records there are, who holds them, and how they become features.</summary>
public sealed record DataPlan(
    Chosen<IDatasetSource> Dataset, Chosen<ISplit> Split, Chosen<IPartitioner> Partitioner, EncodingOptions Encoding)
{
    /// <summary>Where the public set comes from; null for the split.</summary>
    public Chosen<IPublicSource>? PublicSource { get; init; }

    public DeidentificationRules Deidentification { get; init; } = DeidentificationRules.None;

    /// <summary>How hospitals record the same patients differently, in the order of application.</summary>
    public ImmutableArray<Chosen<IShift>> Shifts { get; init; } = [];
}

/// <summary>What the hospitals train.</summary>
/// <param name="Quorum">Smallest share of the hospitals that must train and vote, in (0, 1].</param>
public sealed record HospitalPlan(Chosen<ILearner> Teacher, double Quorum)
{
    /// <summary>Hospitals that train something else; null where all train <see cref="Teacher"/>.</summary>
    public FleetPlan? Fleet { get; init; }
}

/// <summary>Which hospitals train which teacher, where they are not all alike.</summary>
/// <param name="Teachers">The kinds of the fleet.</param>
/// <param name="Shares">Of each kind its share of the hospitals without a name here, in [0, 1], at most 1 in all; the
/// rest has <see cref="HospitalPlan.Teacher"/>. Empty for equal shares of all.</param>
/// <param name="ByName">Name of a hospital and the kind that it trains.</param>
public sealed record FleetPlan(
    ImmutableArray<Chosen<ILearner>> Teachers, ImmutableArray<double> Shares,
    ImmutableArray<(string Hospital, string Kind)> ByName);

/// <summary>How votes become answers.</summary>
/// <param name="Queries">How many public records the teachers label, ≥ 1.</param>
/// <param name="QueriesPerRound">How many of them are asked at once; null for all at once, or for two rounds where the
/// mechanism asks a student that learned from the first.</param>
public sealed record AggregationPlan(
    Chosen<IAggregationMechanism> Mechanism, int Queries, int? QueriesPerRound = null);

/// <summary>How privacy loss is counted.</summary>
/// <param name="Delta">δ in (0, 1).</param>
/// <param name="Budget">What the ledger lets pass; null for no limit.</param>
/// <param name="IndividualLedger">Whether each hospital's own loss is computed.</param>
public sealed record PrivacyPlan(
    double Delta, Adjacency Adjacency, BudgetPlan? Budget, ImmutableArray<Chosen<IPrivacyAccountant>> Accountants,
    bool IndividualLedger = false)
{
    /// <summary>k: how many hospitals may hold records of one patient, as <c>privacy.hospitals-per-patient</c> states it.
    /// Every accountant and every budget charges for k votes.</summary>
    public int HospitalsPerPatient => Adjacency.TeachersTouched;
}

/// <summary>A limit that is enforced before noise is drawn.</summary>
/// <param name="Epsilon">ε &gt; 0; pure, or at the δ of the plan, as the measure has it.</param>
/// <param name="Order">a &gt; 1 of <see cref="BudgetMeasure.Renyi"/>; null for the one that buys most answers.</param>
public sealed record BudgetPlan(
    double Epsilon, BudgetMeasure Measure = BudgetMeasure.PureEpsilon, ExhaustionRule OnExhaustion = default,
    double? Order = null);

/// <summary>How what was spent is measured against a budget.</summary>
public enum BudgetMeasure
{
    /// <summary>Sum of the pure ε of the answers: basic composition.</summary>
    PureEpsilon,

    /// <summary>(ε, δ) by Gaussian differential privacy; for continuous Gaussian noise.</summary>
    GaussianDp,

    /// <summary>(ε, δ) by the Rényi cost at one order that is fixed beforehand; for any noise.</summary>
    Renyi,
}

/// <summary>What happens when the budget does not hold for all queries.</summary>
public enum ExhaustionRule
{
    /// <summary>Later queries are still asked, and answered where the budget pays for them; the student learns from the
    /// labels there are.</summary>
    FewerLabels,

    /// <summary>No later query is asked; the student learns from the labels there are.</summary>
    StopLabelling,

    /// <summary>The run fails before the student is trained.</summary>
    Fail,
}

/// <summary>Who steals, and with what it builds its clones.</summary>
public sealed record TheftPlanning(Chosen<ILearner> CloneLearner, ImmutableArray<Chosen<IThief>> Attacks);
