using System.Collections.Immutable;
using PateSim.Privacy.Ledger;
using PateSim.Simulation.Protocol;

namespace PateSim.Simulation.Results;

/// <summary>Something that a run found out. The results are a function of the set of facts, whatever their order.
/// </summary>
public abstract record RunFact;

/// <summary>A hospital has its teacher, or has none for a reason.</summary>
public sealed record HospitalFact(HospitalReport Report) : RunFact;

/// <summary>The aggregator's answers of one round, and what the ledger charged for them. Histograms and ballots are
/// private and serve the simulation's measures.</summary>
/// <param name="Round">From 0.</param>
/// <param name="IsLast">Whether no round follows.</param>
/// <param name="Answers">Positions are those of the run.</param>
/// <param name="StudentProbabilities">What the student so far made of the round's queries, shape [q, c] row-major; empty
/// where none was asked.</param>
public sealed record AnswersFact(
    int Round, bool IsLast, ImmutableArray<QueryAnswer> Answers, ImmutableArray<LedgerRow> Charges,
    ImmutableArray<VotingFailure> Failures, ImmutableArray<HospitalBallot> Ballots,
    ImmutableArray<double> StudentProbabilities) : RunFact;

/// <summary>A served model was measured.</summary>
public sealed record ModelFact(AccuracyEntry Accuracy) : RunFact;

/// <summary>A baseline was trained and measured, or could not be.</summary>
public sealed record BaselineFact(BaselineReport Report, AccuracyEntry? Accuracy) : RunFact;

/// <summary>A thief's clone was measured.</summary>
public sealed record CloneFact(TheftEntry Entry) : RunFact;
