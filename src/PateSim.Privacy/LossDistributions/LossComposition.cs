using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.LossDistributions;

/// <summary>
/// ε of many releases together, from the composed privacy loss distribution: convolution by FFT of exponentially tilted
/// grids, every rounding on the safe side.
/// </summary>
/// <remarks>
/// <para>δ(ε) = Σ_{x&gt;ε} (1 − e^{ε−x}) P(x) + P(∞). With P_θ(x) = P(x)e^{θx}/M(θ) the sum is
/// M(θ)ⁿ e^{−θε} Σ (1−e^{−(x−ε)}) e^{−θ(x−ε)} P_θⁿ(x): θ is set to the saddle point of the wanted δ, so that the
/// interesting losses lie in the bulk and FFT noise is relative to δ, not to 1.</para>
/// <para>Certified: grids dominate (see <see cref="LossGridBuilder"/>); what lies above the window is bounded by
/// Chernoff and added to δ; what lies below it wraps upwards, which only adds; a bound on the FFT's rounding is added.
/// </para>
/// <para>Cost: three FFTs of at most 2¹⁹ points for two kinds of release, whatever the number of answers.</para>
/// </remarks>
public sealed class LossComposition
{
    // Mass beyond the window, relative to the tilted law.
    private const double LogBeyond = -46;
    private const int LargestLog2Size = 18;
    private readonly List<(LossGrid Grid, long Count)> _parts = [];
    private readonly double _infinity;
    private readonly double _step;

    /// <param name="releases">Each with how often it happened, ≥ 1.</param>
    public LossComposition(IReadOnlyCollection<(ReleaseLoss Release, long Count)> releases)
    {
        if (releases.Count == 0) return;
        _step = Step(releases);
        var logFinite = 0.0;
        foreach (var (release, count) in releases)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(releases));
            var grid = LossGridBuilder.Build(release, _step);
            _parts.Add((grid, count));
            logFinite += count * LogSpace.Log1P(-grid.Infinity);
        }
        _infinity = -LogSpace.ExpM1(logFinite);
    }

    /// <summary>The smallest ε with δ(ε) ≤ δ that can be certified.</summary>
    /// <param name="delta">δ in (0, 1).</param>
    public double Epsilon(double delta)
    {
        if (!(delta > 0 && delta < 1))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "Delta lies between 0 and 1, ends excluded.");
        if (_parts.Count == 0) return 0;
        var left = delta - _infinity;
        if (!(left > 0)) return double.PositiveInfinity;
        var largest = _parts.Sum(part => part.Count * part.Grid.High);
        // Chernoff: P(L > ε) ≤ e^{K(θ)−θε}; its best θ is the saddle point, and its ε an upper bound by itself.
        var theta = Minimise(t => (LogMoment(t) - Math.Log(left)) / t, 1e-4 / Spread(), 60 / _step);
        var chernoff = (LogMoment(theta) - Math.Log(left)) / theta;
        var epsilon = Math.Min(Math.Min(largest, chernoff), FromTilted(theta, left));
        // Where the largest loss alone is about as likely as δ, the saddle point looks at little else; a θ of the
        // losses' own scale sees the rest. Either bound holds.
        var logTop = _parts.Sum(part => part.Count * Math.Log(part.Grid.TopMass));
        if (logTop > Math.Log(left) - 20 && theta > 20 / largest)
            epsilon = Math.Min(epsilon, FromTilted(20 / largest, left));
        return Math.Max(0, epsilon);
    }

    private double Spread() =>
        Math.Sqrt(_parts.Sum(
            part => part.Count * Math.Max(part.Grid.High * part.Grid.High, part.Grid.Low * part.Grid.Low)));

    private double LogMoment(double theta) => _parts.Sum(part => part.Count * part.Grid.LogMoment(theta));

    // A step at which the excess of variance stays below 1/20,000 while the grid fits, on which the commonest loss
    // falls.
    private static double Step(IReadOnlyCollection<(ReleaseLoss Release, long Count)> releases)
    {
        var count = releases.Sum(r => (double)r.Count);
        var spread = Math.Sqrt(releases.Sum(r => r.Count * r.Release.Spread * r.Release.Spread));
        var fineness = Math.Min(100, (1 << LargestLog2Size) / (24 * Math.Sqrt(count)));
        var step = spread / Math.Sqrt(count) / fineness;
        var commonest = releases.Where(r => r.Release.Anchor > 0).OrderByDescending(r => r.Count)
            .Select(r => r.Release.Anchor).FirstOrDefault();
        return commonest > 0 ? commonest / Math.Max(1, Math.Ceiling(commonest / step)) : step;
    }

    private double FromTilted(double theta, double delta)
    {
        var logMoment = LogMoment(theta);
        double Beyond(double t) => LogMoment(theta + t) - logMoment - LogBeyond;
        var reach = Spread();
        var up = Minimise(t => Beyond(t) / t, 1e-3 / reach, 60 / _step);
        var down = Minimise(t => Beyond(-t) / t, 1e-3 / reach, 60 / _step);
        var top = Math.Min(Beyond(up) / up, _parts.Sum(part => part.Count * part.Grid.High));
        var bottom = Math.Max(-Beyond(-down) / down, _parts.Sum(part => part.Count * part.Grid.Low));
        var first = (long)Math.Floor(bottom / _step) - 1;
        var length = (long)Math.Ceiling(top / _step) + 2 - first;
        var size = (int)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(2, length));
        var masses = Convolve(theta, size, first, out var error);

        // A_j = Σ_{i≥j} e^{−θ(x_i−x_j)} P_i, B_j with θ+1:
        // δ(ε) = e^{K−θε} (e^{−θ(x_j−ε)} A_j − e^{−(θ+1)(x_j−ε)} B_j).
        var (decayA, decayB) = (Math.Exp(-theta * _step), Math.Exp(-(theta + 1) * _step));
        var slack = Math.Exp(LogBeyond) + error * Math.Min(size, 1 / -LogSpace.ExpM1(-theta * _step));
        var (a, b) = (0.0, 0.0);
        var j = size - 1;
        for (; j >= 0; j--)
        {
            var (nextA, nextB) = (masses[j] + decayA * a, masses[j] + decayB * b);
            var x = (first + j) * _step;
            if (Scaled(theta, logMoment, x, nextA - nextB + slack) > delta) break;
            (a, b) = (nextA, nextB);
        }
        if (j == size - 1) return double.PositiveInfinity;
        // Below the window nothing new comes: what lies there was wrapped upwards and is counted.
        var (high, low) = ((first + j + 1) * _step, j < 0 ? Math.Min(0, (first - 1) * _step) : (first + j) * _step);
        return RootFinding.FirstTrue(low, high, epsilon =>
        {
            var gap = high - epsilon;
            var sum = Math.Exp(-theta * gap) * a - Math.Exp(-(theta + 1) * gap) * b;
            return Scaled(theta, logMoment, epsilon, sum + slack) <= delta;
        });
    }

    private static double Scaled(double theta, double logMoment, double epsilon, double sum) =>
        Math.Exp(logMoment - theta * epsilon) * sum;

    private double[] Convolve(double theta, int size, long first, out double error)
    {
        var product = new Complex[size];
        Array.Fill(product, Complex.One);
        var part = new Complex[size];
        foreach (var (grid, count) in _parts)
        {
            Array.Clear(part);
            var logMoment = grid.LogMoment(theta);
            for (var k = 0; k < grid.Masses.Length; k++)
            {
                if (!(grid.Masses[k] > 0)) continue;
                var tilted = grid.Masses[k] * Math.Exp(theta * ((grid.First + k) * _step) - logMoment);
                part[(int)Modulo(grid.First + k, size)] += tilted;
            }
            Fourier.Forward(part, FourierOptions.AsymmetricScaling);
            // Real masses have a spectrum that mirrors itself.
            for (var f = 0; f <= size / 2; f++) product[f] *= Power(part[f], count);
        }
        for (var f = 1; f < size / 2; f++) product[size - f] = Complex.Conjugate(product[f]);
        // An FFT errs by a few units in the last place times log₂ N; the power multiplies that by the count.
        var counts = (double)_parts.Sum(p => p.Count);
        var sensitivity = product.Sum(value => value.Magnitude) * counts / size;
        error = 8 * 1.2e-16 * Math.Log2(size) * (1 + sensitivity);
        Fourier.Inverse(product, FourierOptions.AsymmetricScaling);
        var masses = new double[size];
        for (var i = 0; i < size; i++) masses[i] = Math.Max(0, product[(int)Modulo(first + i, size)].Real);
        return masses;
    }

    private static Complex Power(Complex value, long exponent)
    {
        var magnitude = Math.Pow(value.Magnitude, exponent);
        return magnitude == 0 ? Complex.Zero : Complex.FromPolarCoordinates(magnitude, exponent * value.Phase);
    }

    private static long Modulo(long value, int size) => ((value % size) + size) % size;

    // Golden sections in ln t: the functions minimised here fall, then rise. Any t gives a valid bound.
    private static double Minimise(Func<double, double> function, double from, double to)
    {
        const double ratio = 0.6180339887498949;
        var (low, high) = (Math.Log(from), Math.Log(to));
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        var (atLeft, atRight) = (function(Math.Exp(left)), function(Math.Exp(right)));
        while (high - low > 1e-3)
        {
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - ratio * (high - low);
                atLeft = function(Math.Exp(left));
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + ratio * (high - low);
                atRight = function(Math.Exp(right));
            }
        }
        return Math.Exp((low + high) / 2);
    }
}
