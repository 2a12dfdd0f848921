using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Smooth;

/// <summary>Smooth sensitivity of the threshold's data-dependent cost (Papernot et al. 2018, appendix B).</summary>
public static class ThresholdSmoothSensitivity
{
    /// <summary>
    /// Bound on the local sensitivity of all ensembles whose largest score is d away, shape [M] for d = 0, …, M−1.
    /// </summary>
    /// <param name="largest">v: the largest score after rounding, 0 ≤ v ≤ M.</param>
    /// <param name="runningMaximum">True for the largest value within distance d, which is what smooth sensitivity
    /// needs; false for the value at distance d, as the reference has it (0 from max(v, M−v) on).</param>
    public static double[] AtDistances(
        int largest, int teacherCount, double threshold, double sigma, double order, bool runningMaximum = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(teacherCount, 1);
        if (largest < 0 || largest > teacherCount)
            throw new ArgumentOutOfRangeException(
                nameof(largest), largest, $"The largest score lies between 0 and the {teacherCount} teachers.");
        var costs = new double[teacherCount + 1];
        for (var v = 0; v <= teacherCount; v++)
            costs[v] = ThresholdRenyi.Bound(threshold, sigma, v, order);
        var result = new double[teacherCount];
        var reach = Math.Max(largest, teacherCount - largest);
        for (var d = 0; d < teacherCount; d++)
        {
            if (d < reach)
            {
                if (largest + d <= teacherCount) result[d] = Local(costs, largest + d);
                if (largest - d >= 0) result[d] = Math.Max(result[d], Local(costs, largest - d));
            }
            if (runningMaximum && d > 0) result[d] = Math.Max(result[d], result[d - 1]);
        }
        return result;
    }

    private static double Local(double[] costs, int v) => Math.Max(
        v > 0 ? Math.Abs(costs[v - 1] - costs[v]) : 0,
        v < costs.Length - 1 ? Math.Abs(costs[v + 1] - costs[v]) : 0);
}
