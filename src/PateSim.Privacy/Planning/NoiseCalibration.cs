using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;
using PateSim.Privacy.Renyi;

namespace PateSim.Privacy.Planning;

/// <summary>How much noise a wanted ε needs.</summary>
public static class NoiseCalibration
{
    /// <summary>
    /// The smallest σ₂ with which k answers and c threshold checks of noise σ₁ stay within (ε, δ), exactly:
    /// σ₂² = k Δ₂²/(μ² − c Δ∞²/σ₁²), μ the largest with δ(ε; μ) ≤ δ.
    /// </summary>
    /// <param name="answers">k ≥ 1.</param>
    /// <param name="checks">c ≥ 0.</param>
    /// <param name="thresholdSigma">σ₁ &gt; 0, in votes; not read when there are no checks.</param>
    /// <returns>σ₂, in votes.</returns>
    /// <exception cref="ArgumentException">The checks alone cost more than the budget.</exception>
    public static double GaussianSigma(
        double epsilon, AccountingTarget target, long answers, long checks = 0, double thresholdSigma = 1)
    {
        CheckEpsilon(epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(answers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(checks);
        if (!(thresholdSigma > 0))
            throw new ArgumentOutOfRangeException(
                nameof(thresholdSigma), thresholdSigma, "The threshold's sigma is above 0.");
        var mu = GaussianDp.Mu(epsilon, target.Delta);
        var ratio = target.Adjacency.LargestCountChange / thresholdSigma;
        var left = mu * mu - checks * ratio * ratio;
        if (!(left > 0))
            throw new ArgumentException(
                $"{checks} threshold checks with sigma {thresholdSigma:R} cost mu {Math.Sqrt(checks) * ratio:R}, but "
                + $"epsilon {epsilon:R} at delta {target.Delta:R} allows {mu:R} in all.",
                nameof(thresholdSigma));
        return target.Adjacency.L2 * Math.Sqrt(answers / left);
    }

    /// <summary>The smallest Laplace scale, to one part in 10⁴, with which k answers stay within (ε, δ) by the
    /// privacy loss distribution; never too small.</summary>
    /// <param name="answers">k ≥ 1.</param>
    /// <param name="law">Laplace or DiscreteLaplace.</param>
    /// <returns>b, in votes.</returns>
    public static double LaplaceScale(
        double epsilon, AccountingTarget target, long answers, NoiseLaw law = NoiseLaw.Laplace,
        CancellationToken cancellation = default)
    {
        CheckEpsilon(epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(answers, 1);
        if (law is not (NoiseLaw.Laplace or NoiseLaw.DiscreteLaplace))
            throw new ArgumentOutOfRangeException(nameof(law), law, "A law of Laplace noise is due.");
        var accountant = new LossDistributionAccountant();
        // Basic composition is always enough.
        return Smallest(target.Adjacency.L1 * (double)answers / epsilon, Fits);

        bool Fits(double scale)
        {
            var events = AnswerPlan.Repeat(new NoisyArgmaxEvent(law, scale, 2, 1), answers, cancellation);
            return accountant.Account(events, target)[0].Epsilon <= epsilon * (1 + 1e-12);
        }
    }

    /// <summary>The smallest σ₂ of discrete Gaussian noise, to one part in 10⁴, with which k answers and c threshold checks
    /// of discrete noise σ₁ stay within (ε, δ) by the privacy loss distribution; never too small.</summary>
    /// <inheritdoc cref="GaussianSigma" path="/param"/>
    /// <exception cref="ArgumentException">The checks alone cost more than the budget.</exception>
    public static double DiscreteGaussianSigma(
        double epsilon, AccountingTarget target, long answers, long checks = 0, double thresholdSigma = 1,
        CancellationToken cancellation = default)
    {
        // Continuous noise costs all but the same: the search starts beyond it.
        var enough = 1.1 * GaussianSigma(epsilon, target, answers, checks, thresholdSigma);
        var accountant = new LossDistributionAccountant();
        while (!Fits(enough))
        {
            enough *= 2;
            if (enough > 1e6)
                throw new ArgumentException(
                    $"{checks} threshold checks with sigma {thresholdSigma:R} leave nothing of epsilon {epsilon:R} at "
                    + $"delta {target.Delta:R}.", nameof(thresholdSigma));
        }
        return Smallest(enough, Fits);

        bool Fits(double sigma)
        {
            var events = AnswerPlan.Repeat(
                    new NoisyArgmaxEvent(NoiseLaw.DiscreteGaussian, sigma, 2, 1), answers, cancellation)
                .Concat(AnswerPlan.Repeat(
                    new NoisyThresholdEvent(NoiseLaw.DiscreteGaussian, thresholdSigma, 0, 1), checks, cancellation));
            return accountant.Account(events, target)[0].Epsilon <= epsilon * (1 + 1e-12);
        }
    }

    /// <summary>The smallest scale that fits, to one part in 10⁴, on the safe side.</summary>
    private static double Smallest(double enough, Func<double, bool> fits)
    {
        var tooLittle = enough;
        while (fits(tooLittle)) (enough, tooLittle) = (tooLittle, tooLittle / 2);
        while (enough / tooLittle > 1 + 1e-4)
        {
            var middle = Math.Sqrt(enough * tooLittle);
            if (fits(middle)) enough = middle;
            else tooLittle = middle;
        }
        return enough;
    }

    private static void CheckEpsilon(double epsilon)
    {
        if (!(epsilon > 0) || double.IsInfinity(epsilon))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is a finite number above 0.");
    }
}
