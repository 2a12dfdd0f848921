using System.Globalization;

namespace PateSim.Theft.Measures;

/// <summary>The measures in sentences that need no statistics.</summary>
public static class PlainWords
{
    /// <summary>A share as a number of 1,000 patients: 1000·s/n, to the nearest whole number, halves upwards, computed
    /// in whole numbers. With fewer than 1,000 evaluation records it is the same share scaled up; 1,000 means at least
    /// 999.5.</summary>
    public static int PerThousand(Proportion share) =>
        (int)(((Int128)2000 * share.Successes + share.Trials) / (2 * (Int128)share.Trials));

    /// <summary>"of 1,000 patients the thief's copy agrees with the student on 912".</summary>
    /// <param name="victim">With its article, such as "the student".</param>
    public static string Agreement(string victim, Proportion fidelity) =>
        $"of 1,000 patients the thief's copy agrees with {victim} on {Count(fidelity)}";

    /// <summary>"of 1,000 patients a model trained on 500 true labels is right on 912": the same thief without a
    /// victim.
    /// </summary>
    public static string WithoutVictim(int budget, Proportion accuracy) =>
        $"of 1,000 patients a model trained on {budget.ToString("N0", CultureInfo.InvariantCulture)} true labels is "
        + $"right on {Count(accuracy)}";

    private static string Count(Proportion share) => PerThousand(share).ToString("N0", CultureInfo.InvariantCulture);
}
