using System.Numerics;

namespace PateSim.Core.Randomness;

/// <summary>
/// A reproducible stream of draws: xoshiro256** (Blackman and Vigna 2018), seeded by a <see cref="RandomKey"/>.
/// </summary>
/// <threadsafety>Not safe for several threads: each unit of work opens its own stream.</threadsafety>
public sealed class RandomStream
{
    private ulong _s0, _s1, _s2, _s3;
    private double _spareGaussian;
    private bool _hasSpareGaussian;

    internal RandomStream(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        // The all-zero state is the one fixed point of the generator; a hash never gives it, default(RandomKey) does.
        if ((s0 | s1 | s2 | s3) == 0) s0 = 0x9E3779B97F4A7C15UL;
        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform on [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextUnit() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on (0, 1): an odd multiple of 2⁻⁵³, so that its logarithm is finite.</summary>
    public double NextOpenUnit() => ((NextUInt64() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>Uniform on {0, …, bound−1}, without bias (Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">bound &lt; 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (ulong)bound;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = unchecked(0UL - range) % range;
            while (low < threshold) high = Math.BigMul(NextUInt64(), range, out low);
        }
        return (int)high;
    }

    /// <summary>Standard normal, by the polar method of Marsaglia.</summary>
    public double NextGaussian()
    {
        if (_hasSpareGaussian)
        {
            _hasSpareGaussian = false;
            return _spareGaussian;
        }
        double u, v, s;
        do
        {
            u = 2 * NextUnit() - 1;
            v = 2 * NextUnit() - 1;
            s = u * u + v * v;
        }
        while (s >= 1 || s == 0);
        var factor = Math.Sqrt(-2 * Math.Log(s) / s);
        _spareGaussian = v * factor;
        _hasSpareGaussian = true;
        return u * factor;
    }

    /// <summary>An index drawn with probability proportional to its weight.</summary>
    /// <param name="weights">Weights ≥ 0, of which at least one is &gt; 0.</param>
    /// <exception cref="ArgumentException">No weight is positive, one is negative or not finite, or their sum is not
    /// finite.</exception>
    public int NextIndex(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (var weight in weights)
        {
            if (!(weight >= 0) || double.IsPositiveInfinity(weight))
                throw new ArgumentException(
                    $"A weight is {weight:R}; weights are finite and not negative.", nameof(weights));
            total += weight;
        }
        if (!(total > 0)) throw new ArgumentException("No weight is positive.", nameof(weights));
        if (double.IsPositiveInfinity(total))
            throw new ArgumentException("The sum of the weights exceeds the largest double.", nameof(weights));
        var point = NextUnit() * total;
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0) continue;
            last = i;
            point -= weights[i];
            if (point < 0) return i;
        }
        return last;
    }

    /// <summary>Puts the items in a uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The numbers 0, …, count−1 in a uniformly random order.</summary>
    public int[] Permutation(int count)
    {
        var items = new int[count];
        for (var i = 0; i < count; i++) items[i] = i;
        Shuffle(items.AsSpan());
        return items;
    }
}
