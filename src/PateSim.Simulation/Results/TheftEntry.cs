using PateSim.Learning.Metrics;

namespace PateSim.Simulation.Results;

/// <summary>What a thief's clone is worth, at one budget.</summary>
/// <param name="Victim">"student", "pooled", or "no-victim": the thief pays for true diagnoses instead.</param>
/// <param name="Attack">Name of the attack.</param>
/// <param name="Exposure">What an answer shows: "label" or "probabilities".</param>
/// <param name="Budget">Records asked, one query each.</param>
/// <param name="CloneAccuracy">Clone against recorded diagnoses on the test set.</param>
/// <param name="CloneBalancedAccuracy">Likewise, mean over the classes.</param>
/// <param name="Fidelity">Share of test records on which clone and victim agree.</param>
/// <param name="Kappa">Cohen's κ of clone and victim on the test set, in [−1, 1]; 0 for a constant clone.</param>
/// <param name="VictimAccuracy">The victim's own accuracy on the test set, in [0, 1]; 1 without a victim.</param>
/// <param name="FidelityOnErrors">Agreement where the victim is wrong, in [0, 1]; null where it never is.</param>
/// <param name="TheftSurplus">Clone accuracy minus that of a clone of as many true labels, in [−1, 1]; null when no
/// such clone was trained.</param>
public sealed record TheftEntry(
    string Victim,
    string Attack,
    string Exposure,
    int Budget,
    Estimate CloneAccuracy,
    Estimate CloneBalancedAccuracy,
    Estimate Fidelity,
    double Kappa,
    double VictimAccuracy,
    double? FidelityOnErrors,
    double? TheftSurplus);
