using System.Numerics;

namespace PateSim.Privacy.Noise;

/// <summary>Exact draws from rational laws, made of uniform bits alone: no floating point on the way.</summary>
/// <remarks>Canonne, Kamath, Steinke: The Discrete Gaussian for Differential Privacy, 2020, Algorithms 1 and
/// 2.</remarks>
internal sealed class ExactRandom(INoiseSource source)
{
    /// <summary>Uniform on {0, …, bound−1}, by rejection.</summary>
    public BigInteger Below(BigInteger bound)
    {
        var bits = (int)(bound - 1).GetBitLength();
        if (bits <= 63)
        {
            var mask = (1UL << bits) - 1;
            ulong draw;
            do draw = source.NextUInt64() & mask;
            while (draw >= (ulong)bound);
            return draw;
        }
        while (true)
        {
            var draw = BigInteger.Zero;
            for (var left = bits; left > 0; left -= 64)
            {
                var take = Math.Min(left, 64);
                draw = (draw << take) | (source.NextUInt64() >> (64 - take));
            }
            if (draw < bound) return draw;
        }
    }

    public bool Coin() => (source.NextUInt64() & 1) == 1;

    /// <summary>True with probability e^{−numerator/denominator}.</summary>
    public bool ExpMinus(BigInteger numerator, BigInteger denominator)
    {
        while (numerator > denominator)
        {
            if (!ExpMinusUpToOne(1, 1)) return false;
            numerator -= denominator;
        }
        return ExpMinusUpToOne(numerator, denominator);
    }

    // e^{−γ}, γ ≤ 1: the first K with no success of Bernoulli(γ/K) is odd with that probability.
    private bool ExpMinusUpToOne(BigInteger numerator, BigInteger denominator)
    {
        var k = 1;
        while (Below(denominator * k) < numerator) k++;
        return (k & 1) == 1;
    }
}

/// <summary>Exactly the value of a double, as a fraction.</summary>
internal readonly record struct ExactFraction(BigInteger Numerator, BigInteger Denominator)
{
    /// <param name="value">Finite, above 0.</param>
    public static ExactFraction Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0) exponent++;
        else mantissa |= 1L << 52;
        var shift = exponent - 1075;
        return shift >= 0
            ? new ExactFraction(new BigInteger(mantissa) << shift, BigInteger.One)
            : new ExactFraction(mantissa, BigInteger.One << -shift).Reduced();
    }

    public ExactFraction Squared() => new(Numerator * Numerator, Denominator * Denominator);

    private ExactFraction Reduced()
    {
        var divisor = BigInteger.GreatestCommonDivisor(Numerator, Denominator);
        return new ExactFraction(Numerator / divisor, Denominator / divisor);
    }
}
