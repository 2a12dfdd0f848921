using PateSim.Core.Features;

namespace PateSim.Theft.Measures;

/// <summary>What one clone is worth to its thief, on evaluation records that were never queried.</summary>
/// <param name="Accuracy">acc(g): the clone's labels against the truth.</param>
/// <param name="VictimAccuracy">acc(f): the victim's labels against the truth; 1 where there is no victim.</param>
/// <param name="Fidelity">Agreement of clone and victim; where there is no victim it is the accuracy.</param>
/// <param name="Kappa">κ of clone and victim: fidelity beyond chance, 0 for a constant clone.</param>
/// <param name="FidelityOnErrors">Agreement where the victim is wrong; null where it never is.</param>
public sealed record CloneMeasures(
    Proportion Accuracy, Proportion VictimAccuracy, Proportion Fidelity, double Kappa, Proportion? FidelityOnErrors)
{
    /// <summary>acc(f) − acc(g), in [−1, 1]; negative when the clone is better than its victim.</summary>
    public double Gap => VictimAccuracy.Rate - Accuracy.Rate;

    /// <summary>acc(g)/acc(f), ≥ 0; null when the victim is never right. It says nothing without acc(f) beside it: a
    /// ruined victim is easily equalled.</summary>
    public double? RelativeAccuracy => VictimAccuracy.Successes == 0 ? null : Accuracy.Rate / VictimAccuracy.Rate;

    /// <param name="clone">The clone's labels, shape [n].</param>
    /// <param name="victim">The victim's own decisions, shape [n].</param>
    /// <param name="evaluation">n ≥ 1 records with their true labels.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a label is outside its range.</exception>
    public static CloneMeasures Of(ReadOnlySpan<int> clone, ReadOnlySpan<int> victim, LabelledData evaluation)
    {
        var truth = evaluation.Labels.AsSpan();
        return new CloneMeasures(
            Agreement.Rate(clone, truth),
            Agreement.Rate(victim, truth),
            Agreement.Rate(clone, victim),
            Agreement.Kappa(clone, victim, evaluation.ClassCount),
            Agreement.OnErrors(clone, victim, truth));
    }
}
