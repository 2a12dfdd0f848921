namespace PateSim.Privacy.Noise;

/// <summary>Laplace and normal draws in double precision.</summary>
/// <remarks>Doubles only approximate a continuous law: their gaps can tell values apart (Mironov 2012). What leaves a
/// mechanism here is an index, not a noisy count; for real deployments the discrete samplers are exact.</remarks>
public static class ContinuousNoise
{
    /// <summary>Laplace with mean 0 and density e^(−|x|/b)/(2b).</summary>
    /// <param name="scale">b &gt; 0, in votes.</param>
    /// <returns>A draw, finite; |x| ≤ 36.8 b (beyond lies 10⁻¹⁶ of the mass).</returns>
    public static double Laplace(INoiseSource source, double scale)
    {
        var bits = source.NextUInt64();
        var magnitude = -scale * Math.Log(OpenUnit(bits));
        return (bits & 1) == 0 ? magnitude : -magnitude;
    }

    /// <summary>Normal with mean 0, by the polar method of Marsaglia; the second of each pair is not kept, so that a
    /// draw depends on the source's position alone.</summary>
    /// <param name="standardDeviation">σ &gt; 0, in votes.</param>
    public static double Gaussian(INoiseSource source, double standardDeviation)
    {
        double u, s;
        do
        {
            u = 2 * OpenUnit(source.NextUInt64()) - 1;
            var v = 2 * OpenUnit(source.NextUInt64()) - 1;
            s = u * u + v * v;
        }
        while (s >= 1 || s == 0);
        return standardDeviation * u * Math.Sqrt(-2 * Math.Log(s) / s);
    }

    // An odd multiple of 2⁻⁵³ in (0, 1), from the upper 52 bits: the lowest bits stay free for a sign.
    private static double OpenUnit(ulong bits) => ((bits >> 12) + 0.5) * (1.0 / (1UL << 52));
}
