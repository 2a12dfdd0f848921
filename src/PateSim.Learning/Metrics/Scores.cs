namespace PateSim.Learning.Metrics;

/// <summary>What a classifier's answers are worth beyond accuracy and balanced accuracy.</summary>
/// <param name="MacroF1">Mean over the classes of F1 = 2PR/(P + R), in [0, 1]; see <see cref="FScores"/>.</param>
/// <param name="Auroc">Area under the ROC curve, for more than two classes the mean of one against the rest, in [0, 1];
/// see <see cref="RankMetrics"/>. Null where there are labels alone, or no class has records inside and outside.</param>
/// <param name="CalibrationError">Expected calibration error, in [0, 1]; see <see cref="CalibrationMetrics"/>. Null where
/// there are labels alone.</param>
/// <param name="Confusion">How often each class was called each; null for a mean over hospitals.</param>
public sealed record Scores(
    Estimate MacroF1, Estimate? Auroc = null, Estimate? CalibrationError = null, ConfusionMatrix? Confusion = null);
