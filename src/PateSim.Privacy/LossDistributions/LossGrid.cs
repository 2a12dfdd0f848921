using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.LossDistributions;

/// <summary>A privacy loss on multiples of a step, dominating the one it was made from.</summary>
/// <param name="First">Index of the first mass: its loss is First · Step.</param>
/// <param name="Infinity">Mass of an infinite loss.</param>
internal sealed record LossGrid(double Step, long First, double[] Masses, double Infinity)
{
    public double Low => First * Step;

    public double High => (First + Masses.Length - 1) * Step;

    /// <summary>Mass of the largest loss, which may be shared between two grid points.</summary>
    public double TopMass
    {
        get
        {
            var top = Array.FindLastIndex(Masses, mass => mass > 0);
            return Masses[top] + (top > 0 ? Masses[top - 1] : 0);
        }
    }

    /// <summary>ln Σ p_k e^{θ x_k} over the finite losses.</summary>
    public double LogMoment(double theta)
    {
        var pivot = theta >= 0 ? High : Low;
        var sum = 0.0;
        for (var k = 0; k < Masses.Length; k++)
        {
            if (Masses[k] > 0) sum += Masses[k] * Math.Exp(theta * ((First + k) * Step - pivot));
        }
        return theta * pivot + Math.Log(sum);
    }
}

/// <summary>
/// Puts losses on a grid by "connecting the dots" (Doroshenko et al. 2022): mass between two grid points is shared so
/// that its probability under P and under Q is kept.
/// </summary>
/// <remarks>The hockey-stick curve of the result runs through the true one at the grid points and along chords between
/// them; that curve is convex in e^ε, so the result dominates: every ε from it is an upper bound. The excess falls with
/// the square of the step.</remarks>
internal sealed class LossGridBuilder
{
    private readonly double _step;
    private readonly long _first;
    private readonly double[] _masses;
    private double _infinity;

    public LossGridBuilder(double step, double low, double high)
    {
        _step = step;
        // One point more on each side takes up rounding in the division.
        _first = (long)Math.Floor(low / step) - 1;
        _masses = new double[(long)Math.Ceiling(high / step) + 2 - _first];
    }

    public static LossGrid Build(ReleaseLoss release, double step)
    {
        var (low, high) = release.Range;
        var builder = new LossGridBuilder(step, low, high);
        release.AddTo(builder);
        return new LossGrid(step, builder._first, builder._masses, builder._infinity);
    }

    public static double CheckPositive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A finite number above 0 is due.");

    public void AddInfinity(double mass) => _infinity += mass;

    public void AddAtom(double loss, double mass)
    {
        var nearest = Math.Round(loss / _step);
        // A loss that is a grid point up to rounding stays one.
        if (Math.Abs(nearest - loss / _step) < 1e-9) _masses[(long)nearest - _first] += mass;
        else Share(loss, mass);
    }

    public void AddDensity(double low, double high, Func<double, double> density)
    {
        for (var cell = (long)Math.Floor(low / _step); cell * _step < high; cell++)
        {
            var (from, to) = (Math.Max(low, cell * _step), Math.Min(high, (cell + 1) * _step));
            if (to <= from) continue;
            foreach (var (node, weight) in GaussLegendre.Five)
            {
                var loss = from + (to - from) * node;
                Share(loss, weight * (to - from) * density(loss));
            }
        }
    }

    // b at the upper point and a at the lower one: a + b = p, a e^{−lower} + b e^{−upper} = p e^{−loss}.
    private void Share(double loss, double mass)
    {
        var cell = (long)Math.Floor(loss / _step);
        var upper = mass * LogSpace.ExpM1(cell * _step - loss) / LogSpace.ExpM1(-_step);
        upper = Math.Clamp(upper, 0, mass);
        _masses[cell + 1 - _first] += upper;
        _masses[cell - _first] += mass - upper;
    }
}
