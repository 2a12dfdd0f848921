using PateSim.Privacy.Events;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Exact;

/// <summary>Points and log weights on which the probability of one outcome of a noisy argmax is integrated.</summary>
internal static class QuadratureGrid
{
    /// <summary>
    /// Grid for ∫ f(x − n_j) Π_{i≠j} F(x − n_i) dx, fit for n and for all histograms one vote away.
    /// </summary>
    /// <remarks>Gaussian: the integrand is log-concave and entire, so the trapezoidal rule around its peak converges
    /// exponentially. Laplace: Gauss-Legendre panels between the kinks at n_i and n_i ± 1. Discrete: the sum itself.
    /// </remarks>
    public static List<(double X, double LogWeight)> For(NoiseDensity noise, ReadOnlySpan<int> counts, int outcome) =>
        noise.Law switch
        {
            NoiseLaw.Gaussian => Gaussian(noise, counts, outcome),
            NoiseLaw.Laplace => Laplace(noise.Scale, counts),
            // Beyond the reach lies e^−60 of the mass.
            NoiseLaw.DiscreteLaplace => Integers(60 * noise.Scale, counts),
            _ => Integers(12 * noise.Scale, counts),
        };

    /// <summary>About how many points <see cref="For"/> gives, without making them.</summary>
    public static double Points(NoiseDensity noise, ReadOnlySpan<int> counts)
    {
        double low = counts[0], high = counts[0];
        foreach (var count in counts) (low, high) = (Math.Min(low, count), Math.Max(high, count));
        return noise.Law switch
        {
            NoiseLaw.Gaussian => 2 * (10 * noise.Scale + 2) * 6 * Math.Sqrt(counts.Length) / noise.Scale,
            // Up to 3 kinks for each class; a segment has at most 81 panels of 20 points, and 1 for each b.
            NoiseLaw.Laplace => 20 * Math.Min(
                81.0 * (3 * counts.Length + 1), (high - low + 2 + 120 * noise.Scale) / noise.Scale + 3 * counts.Length + 1),
            NoiseLaw.DiscreteLaplace => high - low + 120 * noise.Scale + 4,
            _ => high - low + 24 * noise.Scale + 4,
        };
    }

    private static List<(double X, double LogWeight)> Gaussian(
        NoiseDensity noise, ReadOnlySpan<int> counts, int outcome)
    {
        var sigma = noise.Scale;
        double low = counts[outcome], high = counts[outcome];
        foreach (var count in counts) high = Math.Max(high, count);
        (low, high) = (low - 2, high + 2 + 4 * sigma);
        // The peak of a concave function, by golden sections, to a tenth of σ.
        var ratio = 0.6180339887498949;
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        var (atLeft, atRight) =
            (LogIntegrand(noise, counts, outcome, left), LogIntegrand(noise, counts, outcome, right));
        while (high - low > 0.1 * sigma && left > low && right < high)
        {
            if (atLeft > atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - ratio * (high - low);
                atLeft = LogIntegrand(noise, counts, outcome, left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + ratio * (high - low);
                atRight = LogIntegrand(noise, counts, outcome, right);
            }
        }
        var peak = (low + high) / 2;
        // Curvature lies between 1/σ² and m/σ²: e^−48 at 10 σ, and a step of σ/(6√m). Neighbours' peaks lie within 2.
        var step = sigma / (6 * Math.Sqrt(counts.Length));
        var half = (int)Math.Ceiling((10 * sigma + 2) / step);
        var logWeight = Math.Log(step);
        var grid = new List<(double, double)>(2 * half + 1);
        for (var i = -half; i <= half; i++) grid.Add((peak + i * step, logWeight));
        return grid;
    }

    private static double LogIntegrand(NoiseDensity noise, ReadOnlySpan<int> counts, int outcome, double x)
    {
        var sum = noise.LogDensity(x - counts[outcome]);
        for (var i = 0; i < counts.Length; i++)
        {
            if (i != outcome) sum += noise.LogCdf(x - counts[i]);
        }
        return sum;
    }

    private static List<(double X, double LogWeight)> Laplace(double scale, ReadOnlySpan<int> counts)
    {
        var kinks = new SortedSet<double>();
        foreach (var count in counts)
        {
            for (var shift = -1; shift <= 1; shift++) kinks.Add((double)count + shift);
        }
        // Beyond the outer kinks e^(−x/b) has fallen by e^−60.
        kinks.Add(kinks.Min - 60 * scale);
        kinks.Add(kinks.Max + 60 * scale);
        var grid = new List<(double, double)>();
        var previous = double.NaN;
        foreach (var kink in kinks)
        {
            if (!double.IsNaN(previous)) AddSegment(grid, previous, kink, scale);
            previous = kink;
        }
        return grid;
    }

    // Inside a segment every factor is 1 − e^(−x/b)/2, e^(x/b)/2 or e^(±x/b): away from the ends by 40 b the product is
    // either constant or negligible, so the middle of a long segment is one panel.
    private static void AddSegment(List<(double, double)> grid, double from, double to, double scale)
    {
        var length = to - from;
        if (length <= 80 * scale)
        {
            var panels = (int)Math.Ceiling(length / scale);
            for (var p = 0; p < panels; p++) AddPanel(grid, from + length * p / panels, length / panels);
            return;
        }
        for (var p = 0; p < 40; p++) AddPanel(grid, from + p * scale, scale);
        AddPanel(grid, from + 40 * scale, length - 80 * scale);
        for (var p = 40; p > 0; p--) AddPanel(grid, to - p * scale, scale);
    }

    private static void AddPanel(List<(double, double)> grid, double from, double length)
    {
        foreach (var (node, weight) in GaussLegendre.Twenty)
            grid.Add((from + length * node, Math.Log(length * weight)));
    }

    private static List<(double X, double LogWeight)> Integers(double distance, ReadOnlySpan<int> counts)
    {
        double low = counts[0], high = counts[0];
        foreach (var count in counts) (low, high) = (Math.Min(low, count), Math.Max(high, count));
        var reach = Math.Ceiling(distance) + 2;
        var points = high - low + 2 * reach;
        var grid = new List<(double, double)>((int)points + 1);
        for (var x = low - reach; x <= high + reach; x++) grid.Add((x, 0));
        return grid;
    }
}
