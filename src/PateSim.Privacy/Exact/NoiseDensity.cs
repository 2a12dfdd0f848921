using PateSim.Privacy.Events;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Exact;

/// <summary>Density (or mass) and distribution function of the noise, in log space.</summary>
internal sealed class NoiseDensity
{
    private const double HalfLnTwoPi = 0.918938533204672741780329736406;
    private readonly DiscreteGaussianTails? _tails;

    /// <param name="scale">b of Laplace, σ of Gaussian noise, in votes; &gt; 0.</param>
    public NoiseDensity(NoiseLaw law, double scale)
    {
        (Law, Scale) = (law, scale);
        _tails = law == NoiseLaw.DiscreteGaussian ? new DiscreteGaussianTails(scale) : null;
    }

    public NoiseLaw Law { get; }

    public double Scale { get; }

    public bool IsDiscrete => Law is NoiseLaw.DiscreteLaplace or NoiseLaw.DiscreteGaussian;

    /// <summary>ln of the density at x, or of the mass at the integer x.</summary>
    public double LogDensity(double x) => Law switch
    {
        NoiseLaw.Laplace => -Math.Abs(x) / Scale - Math.Log(2 * Scale),
        NoiseLaw.DiscreteLaplace => Math.Log(Math.Tanh(0.5 / Scale)) - Math.Abs(x) / Scale,
        NoiseLaw.Gaussian => -0.5 * (x / Scale) * (x / Scale) - HalfLnTwoPi - Math.Log(Scale),
        _ => _tails!.LogMass(x),
    };

    /// <summary>ln Pr[noise ≤ x]; for discrete laws x is an integer.</summary>
    public double LogCdf(double x) => Law switch
    {
        NoiseLaw.Laplace => x < 0
            ? x / Scale - LogSpace.Ln2
            : LogSpace.Log1P(-0.5 * Math.Exp(-x / Scale)),

        // Pr[Z ≤ x] = p^{−x}/(1+p) below 0 and 1 − p^{x+1}/(1+p) from 0 on, p = e^{−1/t}.
        NoiseLaw.DiscreteLaplace => x < 0
            ? x / Scale - LogSpace.Log1P(Math.Exp(-1 / Scale))
            : LogSpace.Log1P(-Math.Exp(-(x + 1) / Scale) / (1 + Math.Exp(-1 / Scale))),
        NoiseLaw.Gaussian => Normal.LogCdf(x / Scale),
        _ => _tails!.LogLower(x),
    };
}
