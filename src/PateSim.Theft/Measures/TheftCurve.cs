using System.Collections.Immutable;

namespace PateSim.Theft.Measures;

/// <summary>κ of the clone with its victim against the query budget, for one attack, victim and exposure.</summary>
public sealed class TheftCurve
{
    /// <param name="points">At least one, in any order: budget B ≥ 1, distinct, and κ in [−1, 1].</param>
    /// <exception cref="ArgumentException">No point, a budget twice or below 1, or a κ out of range.</exception>
    public TheftCurve(IEnumerable<TheftPoint> points)
    {
        Points = [.. points.OrderBy(point => point.Budget)];
        if (Points.IsEmpty) throw new ArgumentException("A curve has at least one point.", nameof(points));
        for (var i = 0; i < Points.Length; i++)
        {
            if (Points[i].Budget < 1 || !(Math.Abs(Points[i].Kappa) <= 1))
                throw new ArgumentException(
                    $"{Points[i]}: budgets are 1 or more and κ is from −1 to 1.", nameof(points));
            if (i > 0 && Points[i].Budget == Points[i - 1].Budget)
                throw new ArgumentException($"The budget {Points[i].Budget} stands twice.", nameof(points));
        }
    }

    /// <summary>By ascending budget.</summary>
    public ImmutableArray<TheftPoint> Points { get; }

    /// <summary>The area under κ⁺ over the logarithm of the budget.</summary>
    /// <remarks>
    /// AUTC = 1/(ln B_max − ln B_min) ∫ κ⁺(B) d ln B, κ⁺ = max(0, κ), by the trapezoid rule on the points; in [0, 1].
    /// With a single budget it is κ⁺ there, the limit as B_min approaches B_max. Curves compare only over the same
    /// budgets.
    /// </remarks>
    public double AreaUnderCurve
    {
        get
        {
            if (Points.Length == 1) return Positive(Points[0]);
            var area = 0.0;
            for (var i = 1; i < Points.Length; i++)
            {
                var width = Math.Log((double)Points[i].Budget / Points[i - 1].Budget);
                area += width * (Positive(Points[i - 1]) + Positive(Points[i])) / 2;
            }
            // The rounding of a sum of trapezoids may pass 1 by a part in 10¹⁵.
            return Math.Min(1, area / Math.Log((double)Points[^1].Budget / Points[0].Budget));
        }
    }

    /// <summary>TR = 1 − AUTC, in [0, 1]: 1 when no budget gives more than chance.</summary>
    public double TheftResistance => 1 - AreaUnderCurve;

    /// <summary>TR of a victim under several attacks: 1 − max AUTC. The best attack counts, never the mean.</summary>
    /// <param name="attacks">At least one curve, all at one exposure and over the same budgets.</param>
    /// <exception cref="ArgumentException">No curve, or curves over different budgets.</exception>
    public static double WorstCaseResistance(IReadOnlyCollection<TheftCurve> attacks)
    {
        if (attacks.Count == 0) throw new ArgumentException("No attack was measured.", nameof(attacks));
        var budgets = attacks.First().Points.Select(point => point.Budget).ToList();
        if (!attacks.All(curve => curve.Points.Select(point => point.Budget).SequenceEqual(budgets)))
            throw new ArgumentException("Curves over different budgets do not compare.", nameof(attacks));
        return attacks.Min(curve => curve.TheftResistance);
    }

    private static double Positive(TheftPoint point) => Math.Max(0, point.Kappa);
}

/// <summary>A clone's κ with its victim at one query budget.</summary>
public readonly record struct TheftPoint(int Budget, double Kappa);
