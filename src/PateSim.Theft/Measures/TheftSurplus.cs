namespace PateSim.Theft.Measures;

/// <summary>What a victim gives its thief beyond what the same number of true labels would.</summary>
public static class TheftSurplus
{
    /// <summary>
    /// TS(B) = acc(g_B) − acc(h_B): the clone's accuracy less that of a model trained alike on the true labels of the
    /// same B records; in [−1, 1]. Zero or less: the thief had done as well to pay for labels.
    /// </summary>
    /// <param name="clone">The clone's accuracy at budget B.</param>
    /// <param name="trueLabels">The accuracy at B without a victim, on the same evaluation records.</param>
    /// <exception cref="ArgumentException">The two were evaluated on different numbers of records.</exception>
    public static double At(Proportion clone, Proportion trueLabels) => clone.Trials == trueLabels.Trials
        ? (double)(clone.Successes - trueLabels.Successes) / clone.Trials
        : throw new ArgumentException(
            $"{clone.Trials} and {trueLabels.Trials} evaluation records do not compare.", nameof(trueLabels));
}
