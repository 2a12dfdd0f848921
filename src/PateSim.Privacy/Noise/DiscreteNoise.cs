using System.Numerics;

namespace PateSim.Privacy.Noise;

/// <summary>Exact samplers of integer noise (Canonne, Kamath, Steinke 2020): the guarantee holds to the last bit,
/// since no rounding takes place.</summary>
public static class DiscreteNoise
{
    /// <summary>Discrete Laplace: Pr[x] ∝ e^{−|x|/t} (Algorithm 2).</summary>
    /// <param name="scale">t &gt; 0, in votes; taken as the exact value of the double.</param>
    public static BigInteger Laplace(INoiseSource source, double scale) =>
        Laplace(new ExactRandom(source), ExactFraction.Of(CheckScale(scale)));

    /// <summary>Discrete Gaussian: Pr[x] ∝ e^{−x²/(2σ²)} (Algorithm 3): rejection from discrete Laplace.</summary>
    /// <param name="sigma">σ &gt; 0, in votes; taken as the exact value of the double.</param>
    public static BigInteger Gaussian(INoiseSource source, double sigma)
    {
        var random = new ExactRandom(source);
        var variance = ExactFraction.Of(CheckScale(sigma)).Squared();
        var t = new BigInteger(Math.Floor(sigma)) + 1;
        var scale = new ExactFraction(t, BigInteger.One);
        while (true)
        {
            var draw = Laplace(random, scale);
            // Accept with e^{−(|y| − σ²/t)²/(2σ²)}; with σ² = n/d the exponent is (|y| t d − n)²/(2 n d t²).
            var distance = BigInteger.Abs(draw) * t * variance.Denominator - variance.Numerator;
            var denominator = 2 * variance.Numerator * variance.Denominator * t * t;
            if (random.ExpMinus(distance * distance, denominator)) return draw;
        }
    }

    private static BigInteger Laplace(ExactRandom random, ExactFraction scale)
    {
        var (t, s) = (scale.Numerator, scale.Denominator);
        while (true)
        {
            var u = random.Below(t);
            if (!random.ExpMinus(u, t)) continue;
            var v = BigInteger.Zero;
            while (random.ExpMinus(1, 1)) v++;
            var magnitude = (u + t * v) / s;
            var negative = random.Coin();
            // Zero has no sign: once is enough.
            if (negative && magnitude.IsZero) continue;
            return negative ? -magnitude : magnitude;
        }
    }

    private static double CheckScale(double scale) => scale > 0 && double.IsFinite(scale)
        ? scale
        : throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale is a finite number above 0.");
}
