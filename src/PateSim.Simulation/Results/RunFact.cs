using System.Collections.Immutable;
using PateSim.Privacy.Ledger;
using PateSim.Simulation.Protocol;

namespace PateSim.Simulation.Results;

/// <summary>Something that a run found out. The results are a function of the set of facts, whatever their order.
/// </summary>
public abstract record RunFact;

/// <summary>A hospital has its teacher, or has none for a reason.</summary>
public sealed record HospitalFact(HospitalReport Report) : RunFact;

/// <summary>The aggregator's answers, and what the ledger charged for them. The histograms are private and serve the
/// simulation's measures.</summary>
public sealed record AnswersFact(
    ImmutableArray<QueryAnswer> Answers, ImmutableArray<LedgerRow> Charges, ImmutableArray<VotingFailure> Failures)
    : RunFact;

/// <summary>A served model was measured.</summary>
/// <param name="Files">The model itself, where it is published.</param>
public sealed record ModelFact(AccuracyEntry Accuracy, ModelFiles? Files = null) : RunFact;

/// <summary>A thief's clone was measured.</summary>
public sealed record CloneFact(TheftEntry Entry) : RunFact;
