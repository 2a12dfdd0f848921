using PateSim.Privacy.Events;

namespace PateSim.Privacy.Noise;

/// <summary>Independent noise on counts: its law and its scale.</summary>
public sealed record VoteNoise
{
    /// <param name="scale">b of Laplace, σ of Gaussian noise, in votes; exactly 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or not a number.</exception>
    public VoteNoise(NoiseLaw law, double scale)
    {
        if (!Enum.IsDefined(law)) throw new ArgumentOutOfRangeException(nameof(law), law, "Unknown law of noise.");
        if (!(scale >= 0) || double.IsPositiveInfinity(scale))
            throw new ArgumentOutOfRangeException(
                nameof(scale), scale, "The noise scale is a finite number, at least 0.");
        (Law, Scale) = (law, scale);
    }

    public NoiseLaw Law { get; }

    public double Scale { get; }

    public bool IsLaplace => Law is NoiseLaw.Laplace or NoiseLaw.DiscreteLaplace;

    /// <summary>Whether draws follow the law exactly (discrete noise, or none).</summary>
    public bool IsExact => Scale == 0 || Law is NoiseLaw.DiscreteLaplace or NoiseLaw.DiscreteGaussian;

    /// <summary>One draw; an integer for discrete laws, exact as a double below 2⁵³ (beyond lies less than e^{−10¹⁰} of
    /// the mass at usable scales).</summary>
    public double Draw(INoiseSource source) => Scale == 0 ? 0 : Law switch
    {
        NoiseLaw.Laplace => ContinuousNoise.Laplace(source, Scale),
        NoiseLaw.Gaussian => ContinuousNoise.Gaussian(source, Scale),
        NoiseLaw.DiscreteLaplace => (double)DiscreteNoise.Laplace(source, Scale),
        _ => (double)DiscreteNoise.Gaussian(source, Scale),
    };
}
