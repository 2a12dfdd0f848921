using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Renyi;

/// <summary>Exact (ε, δ) of Gaussian noise: μ-GDP (Balle and Wang 2018, Theorem 8; Dong, Roth, Su 2022, Corollary 1).
/// </summary>
/// <remarks>Any number of Gaussian releases is one with μ² = Σ Δ_i²/σ_i². For k GNMax answers (σ₂) and c threshold
/// checks (σ₁) μ² = 2k/σ₂² + c/σ₁² when one vote moves. The numbers k and c must be fixed beforehand.</remarks>
public static class GaussianDp
{
    /// <summary>δ(ε) = Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ).</summary>
    /// <param name="mu">μ ≥ 0.</param>
    /// <param name="epsilon">ε ≥ 0.</param>
    public static double Delta(double mu, double epsilon)
    {
        if (mu == 0) return 0;
        if (double.IsPositiveInfinity(mu)) return 1;
        var first = Normal.LogCdf(mu / 2 - epsilon / mu);
        var second = epsilon + Normal.LogCdf(-mu / 2 - epsilon / mu);
        return second >= first ? 0 : Math.Exp(first + LogSpace.Log1MExp(second - first));
    }

    /// <summary>The smallest ε with δ(ε) ≤ δ.</summary>
    /// <param name="mu">μ ≥ 0; ∞ gives ∞.</param>
    /// <param name="delta">δ in (0, 1).</param>
    public static double Epsilon(double mu, double delta)
    {
        if (!(mu >= 0)) throw new ArgumentOutOfRangeException(nameof(mu), mu, "Mu is at least 0.");
        if (!(delta > 0 && delta < 1))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Delta lies between 0 and 1, ends excluded.");
        if (double.IsPositiveInfinity(mu)) return mu;
        if (Delta(mu, 0) <= delta) return 0;
        var high = 1.0;
        while (Delta(mu, high) > delta) high *= 2;
        return RootFinding.FirstTrue(0, high, epsilon => Delta(mu, epsilon) <= delta);
    }

    /// <summary>The largest μ with δ(ε; μ) ≤ δ: the budget of a Gaussian filter.</summary>
    public static double Mu(double epsilon, double delta)
    {
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is above 0.");
        var high = 1.0;
        while (Delta(high, epsilon) <= delta) high *= 2;
        return RootFinding.FirstTrue(high, 0, mu => Delta(mu, epsilon) <= delta);
    }
}
