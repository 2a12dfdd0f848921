using System.Collections.Immutable;
using PateSim.Data.Encoders;
using PateSim.Data.Federation;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Ledger;

namespace PateSim.Simulation.Results;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    Completed,
    Cancelled,
    Failed,
}

/// <summary>
/// Everything that a run found out, in canonical order: equal runs give equal records, whatever the runtime. It holds
/// no times.
/// </summary>
/// <param name="Reason">Why the run was cancelled or failed; null when completed.</param>
/// <param name="Id">Digest of the resolved scenario and the seed.</param>
/// <param name="Noise">What the noise is worth, such as "simulation: no guarantee".</param>
/// <param name="Mechanism">How votes became answers.</param>
/// <param name="Hospitals">What became of each hospital, by index.</param>
/// <param name="Accuracy">In the order of <see cref="AccuracyModels.InOrder"/>; of an unfinished run what is there.
/// </param>
/// <param name="Privacy">Every ε of the answers given; empty when none was given.</param>
/// <param name="Theft">By victim, attack, exposure and budget.</param>
/// <param name="Answers">One for each query that was asked, by position, without its histogram.</param>
/// <param name="Ledger">What was charged, in order.</param>
public sealed record RunRecord(
    RunStatus Status,
    string? Reason,
    string Id,
    string ScenarioName,
    string Description,
    long Seed,
    string Noise,
    MechanismRecord Mechanism,
    RunCounts Counts,
    ImmutableArray<string> ClassNames,
    ImmutableArray<HospitalReport> Hospitals,
    ImmutableArray<AccuracyEntry> Accuracy,
    ImmutableArray<EpsilonEntry> Privacy,
    ImmutableArray<TheftEntry> Theft,
    ImmutableArray<AnswerRecord> Answers,
    ImmutableArray<LedgerRow> Ledger,
    DisjointnessRecord Disjointness,
    EncodingRecord Encoding,
    ImmutableArray<string> Warnings)
{
    /// <summary>Who holds which records, and what passed between those who hold them.</summary>
    public required FederationCertificate Certificate { get; init; }

    /// <summary>How unlike the hospitals are.</summary>
    public required Heterogeneity Heterogeneity { get; init; }

    /// <summary>What labelling really cost; null before any answer.</summary>
    public SpendingRecord? Spending { get; init; }

    /// <summary>What became of each baseline, in the order of the scenario.</summary>
    public ImmutableArray<BaselineReport> Baselines { get; init; } = [];
}

/// <summary>The aggregation mechanism with its parameters in both of their forms.</summary>
/// <param name="NoiseScale">In votes: b of Laplace, σ of Gaussian noise.</param>
/// <param name="Gamma">1/b for Laplace noise; null for other mechanisms.</param>
/// <param name="PerAnswerEpsilon">Pure ε of one answer, patient replaced; ∞ where there is none.</param>
public sealed record MechanismRecord(string Name, double NoiseScale, double? Gamma, double PerAnswerEpsilon);

/// <summary>How many of everything.</summary>
public sealed record RunCounts(
    int Hospitals,
    int TeachersTrained,
    int TeachersFailed,
    int Classes,
    int Features,
    int PrivateRecords,
    int PublicRecords,
    int TestRecords,
    int Queries,
    int DistinctQueries,
    int QueriesAnswered,
    int QueriesRefused,
    int ThiefPool);

/// <summary>One query of the student's training set.</summary>
/// <param name="Position">Place in the run, from 0.</param>
/// <param name="Query">Identity: digest of the record's content.</param>
/// <param name="Label">The released answer; null when the budget did not allow one.</param>
/// <param name="WasRight">Whether the released answer is the recorded diagnosis; null without an answer, or where the public
/// set has no diagnoses of these classes.</param>
public sealed record AnswerRecord(int Position, string Query, int? Label, bool? WasRight)
{
    /// <summary>The round in which it was asked, from 0.</summary>
    public int Round { get; init; }

    /// <summary>What became of it.</summary>
    public ChargeOutcome Outcome { get; init; }
}
