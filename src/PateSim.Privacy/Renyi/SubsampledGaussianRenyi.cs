using System.Collections.Immutable;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Renyi;

/// <summary>Rényi divergence of the Gaussian mechanism on a Poisson sample: one step of DP-SGD.</summary>
/// <remarks>
/// <para>Each record is in the sample with probability q, on its own. A sum over the sample, to which one record adds a
/// vector of norm at most C, gets noise N(0, σ²C²) in each coordinate. Adjacency: one record added or removed.</para>
/// <para>For whole orders a ≥ 2, with μ₀ = N(0, σ²) and μ = (1 − q) μ₀ + q N(1, σ²),
/// D_a(μ‖μ₀) = ln[Σ_{k=0}^{a} C(a,k) (1 − q)^{a−k} q^k e^{(k² − k)/(2σ²)}]/(a − 1), which is at least D_a(μ₀‖μ) (I. Mironov,
/// K. Talwar, L. Zhang, Rényi differential privacy of the sampled Gaussian mechanism, 2019, arXiv 1908.10530, section 3.3
/// and Theorem 5). Orders between are not searched: the ε is an upper bound all the same.</para>
/// </remarks>
public static class SubsampledGaussianRenyi
{
    /// <summary>The orders searched: 2 to 64, then in growing steps to 1,024.</summary>
    public static ImmutableArray<int> Orders { get; } =
    [
        .. Enumerable.Range(2, 63), .. Enumerable.Range(17, 16).Select(i => 4 * i),
        .. Enumerable.Range(9, 24).Select(i => 16 * i), 640, 768, 1024,
    ];

    /// <summary>The divergence of one step at a whole order.</summary>
    /// <param name="rate">q in [0, 1].</param>
    /// <param name="noiseMultiplier">σ &gt; 0, in units of the clipping norm.</param>
    /// <param name="order">a ≥ 2.</param>
    /// <returns>In nats, at least 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static double Divergence(double rate, double noiseMultiplier, int order)
    {
        if (!(rate >= 0 && rate <= 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A sampling rate is at least 0 and at most 1.");
        if (!(noiseMultiplier > 0))
            throw new ArgumentOutOfRangeException(nameof(noiseMultiplier), noiseMultiplier, "The noise is positive.");
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        if (rate == 0) return 0;
        var twice = 2 * noiseMultiplier * noiseMultiplier;
        if (rate == 1) return order / twice;
        var (stay, join) = (LogSpace.Log1P(-rate), Math.Log(rate));
        // ln C(a, k) + k ln q + (a − k) ln(1 − q), from k = 0 on. The terms k = 0 and 1 have no exponential, so that the
        // sum is 1 plus what the others exceed their binomial weight by: no digits are lost where that is tiny.
        var (weight, excess) = (order * stay, double.NegativeInfinity);
        for (var k = 1; k <= order; k++)
        {
            weight += Math.Log((order - k + 1.0) / k) + join - stay;
            if (k < 2) continue;
            var exponent = (k * (double)k - k) / twice;
            excess = LogSpace.Add(excess, weight + (exponent > 40 ? exponent : Math.Log(LogSpace.ExpM1(exponent))));
        }
        return LogSpace.Add(0, excess) / (order - 1);
    }

    /// <summary>ε of so many steps at δ, by the improved conversion at the best of <see cref="Orders"/>.</summary>
    /// <param name="steps">T ≥ 1.</param>
    /// <param name="delta">δ in (0, 1).</param>
    /// <inheritdoc cref="Divergence" path="/param"/>
    public static RenyiEpsilon Epsilon(double rate, double noiseMultiplier, long steps, double delta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        double[] orders = [.. Orders.Select(order => (double)order)];
        double[] rdp = [.. Orders.Select(order => steps * Divergence(rate, noiseMultiplier, order))];
        return RenyiConversion.Improved(orders, rdp, delta);
    }

    /// <summary>The least noise for which so many steps cost at most ε.</summary>
    /// <param name="epsilon">ε &gt; 0.</param>
    /// <returns>σ in units of the clipping norm: a bound, rounded to the safe side.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range, or no noise up to 10⁶ is enough.
    /// </exception>
    /// <inheritdoc cref="Epsilon" path="/param"/>
    public static double NoiseFor(double rate, long steps, double epsilon, double delta)
    {
        const double Least = 0.01, Most = 1e6;
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "Epsilon is positive.");
        bool Holds(double logNoise) => Epsilon(rate, Math.Exp(logNoise), steps, delta).Epsilon <= epsilon;
        if (Holds(Math.Log(Least))) return Least;
        if (!Holds(Math.Log(Most)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(epsilon), epsilon, FormattableString.Invariant($"No noise makes {steps} steps cost so little."));
        }
        // Whole bisection to the last bit would take fifty evaluations for digits that nobody needs.
        var (low, high) = (Math.Log(Least), Math.Log(Most));
        while (high - low > 1e-6)
        {
            var middle = (low + high) / 2;
            if (Holds(middle)) high = middle;
            else low = middle;
        }
        return Math.Exp(high);
    }
}
