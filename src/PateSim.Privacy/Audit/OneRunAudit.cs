using MathNet.Numerics.Distributions;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Audit;

/// <summary>
/// Audit by one run with canaries: each of m canaries was put in or left out by a fair coin, and an attacker guesses
/// some of the coins from the output (Steinke, Nasr, Jagielski 2023, Theorem 5.2).
/// </summary>
public static class OneRunAudit
{
    /// <summary>
    /// Probability, at most, of so many right guesses if the mechanism were (ε, δ)-DP:
    /// Pr[B ≥ v] + 2mδ max_i Pr[v > B ≥ v−i]/i, B ~ Binomial(r, e^ε/(1+e^ε)).
    /// </summary>
    /// <param name="canaries">m ≥ 1.</param>
    /// <param name="guesses">r in 1, …, m: coins that the attacker ventured to guess.</param>
    /// <param name="correct">v in 0, …, r.</param>
    public static double PValue(int canaries, int guesses, int correct, double epsilon, double delta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(guesses, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(canaries, guesses);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, guesses);
        var right = 1 / (1 + Math.Exp(-epsilon));
        var tail = correct == 0 ? 1 : Beta.CDF(correct, guesses - correct + 1, right);
        var (sum, steepest) = (0.0, 0.0);
        for (var i = 1; i <= correct && delta > 0; i++)
        {
            var mass = Binomial.PMF(right, guesses, correct - i);
            sum += mass;
            // Masses rise to the mode and fall behind it: once they are below their mean there, the mean only falls.
            if (correct - i < guesses * right - 1 && mass < steepest) break;
            steepest = Math.Max(steepest, sum / i);
        }
        return Math.Min(1, tail + 2 * canaries * delta * steepest);
    }

    /// <summary>The largest ε that the guesses refute, at the given failure probability; 0 when they refute none.
    /// </summary>
    public static double LowerBound(int canaries, int guesses, int correct, double delta, double failure)
    {
        if (!(failure is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(failure), failure, "A probability between 0 and 1 is due.");
        if (PValue(canaries, guesses, correct, 0, delta) > failure) return 0;
        return RootFinding.FirstTrue(
            50, 0, epsilon => PValue(canaries, guesses, correct, epsilon, delta) <= failure);
    }
}
