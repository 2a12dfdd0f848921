using PateSim.Learning.Numerics;

namespace PateSim.Learning.Optimisers;

/// <summary>How a descent ended.</summary>
internal enum DescentEnd
{
    /// <summary>The gradient is as small as asked for.</summary>
    Converged,

    /// <summary>The most permitted iterations were made.</summary>
    IterationLimit,

    /// <summary>Single precision cannot tell a better point from the present one.</summary>
    PrecisionLimit,

    /// <summary>The value or the gradient is not finite.</summary>
    NotFinite,
}

/// <summary>How a descent went.</summary>
/// <param name="GradientNorm">Largest magnitude in the gradient at the point reached.</param>
internal readonly record struct DescentReport(
    DescentEnd End, int Iterations, int Evaluations, double Value, double GradientNorm);

/// <summary>
/// Limited-memory BFGS (Nocedal and Wright 2006, algorithms 7.4 and 7.5), preconditioned, with a line search for the
/// strong Wolfe conditions.
/// </summary>
/// <remarks>
/// <para>The inverse Hessian starts from γ·M⁻¹, M the objective's own estimate, γ = sᵀy / yᵀM⁻¹y.</para>
/// <para>Where values differ by less than single precision resolves, the line search goes by slopes alone
/// (the approximate Wolfe conditions of Hager and Zhang 2005), so that it converges below √ε.</para>
/// <para>All buffers are made at construction: an iteration allocates nothing.</para>
/// </remarks>
internal sealed class Lbfgs
{
    private const double SufficientDecrease = 1e-4, SlopeReduction = 0.9, ValueNoise = 1e-6;
    private const int LongestSearch = 30;

    private readonly IObjective _objective;
    private readonly int _memory, _dimension;
    private readonly float[] _steps, _changes, _direction, _trialGradient;
    private readonly double[] _curvatures, _weights;
    private float[] _gradient, _trial;
    private int _stored, _next, _evaluations;

    /// <param name="objective">The function to be minimised.</param>
    /// <param name="memory">Pairs of step and gradient change that are kept, ≥ 1.</param>
    public Lbfgs(IObjective objective, int memory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memory, 1);
        (_objective, _memory, _dimension) = (objective, memory, objective.Dimension);
        _steps = new float[_memory * _dimension];
        _changes = new float[_memory * _dimension];
        _direction = new float[_dimension];
        _gradient = new float[_dimension];
        _trial = new float[_dimension];
        _trialGradient = new float[_dimension];
        _curvatures = new double[_memory];
        _weights = new double[_memory];
    }

    /// <summary>Descends from a point, which is overwritten by the point reached.</summary>
    /// <param name="tolerance">The descent ends when no part of the gradient exceeds this magnitude.</param>
    public DescentReport Minimise(float[] point, double tolerance, int maxIterations, CancellationToken cancellation)
    {
        (_stored, _next, _evaluations) = (0, 0, 1);
        var value = _objective.Evaluate(point, _gradient);
        for (var iteration = 0; ; iteration++)
        {
            var norm = (double)VectorKernels.MaxMagnitude(_gradient);
            if (!double.IsFinite(value) || !double.IsFinite(norm))
                return Report(DescentEnd.NotFinite, iteration, value, norm);
            if (norm <= tolerance) return Report(DescentEnd.Converged, iteration, value, norm);
            if (iteration == maxIterations) return Report(DescentEnd.IterationLimit, iteration, value, norm);
            cancellation.ThrowIfCancellationRequested();
            Direct();
            var slope = (double)VectorKernels.Dot(_direction, _gradient);
            if (!(slope < 0) && _stored > 0)
            {
                _stored = 0;
                Direct();
                slope = VectorKernels.Dot(_direction, _gradient);
            }
            var found = slope < 0 && Search(point, ref value, slope);
            if (!found && _stored > 0)
            {
                // The memory may be spoilt by rounding: once more along the plain preconditioned gradient.
                _stored = 0;
                Direct();
                slope = VectorKernels.Dot(_direction, _gradient);
                found = slope < 0 && Search(point, ref value, slope);
            }
            if (!found) return Report(DescentEnd.PrecisionLimit, iteration, value, norm);
            Remember(point);
        }
    }

    private DescentReport Report(DescentEnd end, int iterations, double value, double norm) =>
        new(end, iterations, _evaluations, value, norm);

    private Span<float> Step(int slot) => _steps.AsSpan(slot * _dimension, _dimension);

    private Span<float> Change(int slot) => _changes.AsSpan(slot * _dimension, _dimension);

    private int Slot(int age) => (_next - 1 - age + 2 * _memory) % _memory;

    /// <summary>direction ← −H·gradient by the two-loop recursion.</summary>
    private void Direct()
    {
        for (var i = 0; i < _dimension; i++) _direction[i] = -_gradient[i];
        for (var age = 0; age < _stored; age++)
        {
            var slot = Slot(age);
            _weights[age] = VectorKernels.Dot(Step(slot), _direction) / _curvatures[slot];
            VectorKernels.AddScaled(_direction, (float)-_weights[age], Change(slot));
        }
        var scale = 1f;
        if (_stored > 0)
        {
            var slot = Slot(0);
            // The trial point is not needed here and serves as scratch.
            Change(slot).CopyTo(_trial);
            _objective.Precondition(_trial);
            scale = (float)(_curvatures[slot] / VectorKernels.Dot(Change(slot), _trial));
        }
        _objective.Precondition(_direction);
        for (var i = 0; i < _dimension; i++) _direction[i] *= scale;
        for (var age = _stored - 1; age >= 0; age--)
        {
            var slot = Slot(age);
            var correction = VectorKernels.Dot(Change(slot), _direction) / _curvatures[slot];
            VectorKernels.AddScaled(_direction, (float)(_weights[age] - correction), Step(slot));
        }
    }

    /// <summary>Looks for a step that satisfies the strong Wolfe conditions; leaves it in the trial buffers.</summary>
    private bool Search(float[] point, ref double value, double slope)
    {
        double low = 0, lowSlope = slope, high = double.PositiveInfinity, highSlope = double.NaN, step = 1;
        var noise = ValueNoise * Math.Abs(value);
        for (var trial = 0; trial < LongestSearch; trial++)
        {
            VectorKernels.Combine(_trial, point, (float)step, _direction);
            var trialValue = _objective.Evaluate(_trial, _trialGradient);
            _evaluations++;
            var trialSlope = (double)VectorKernels.Dot(_direction, _trialGradient);
            var decreases = trialValue <= value + SufficientDecrease * step * slope
                || (trialValue <= value + noise && trialSlope <= (2 * SufficientDecrease - 1) * slope);
            if (!decreases || !double.IsFinite(trialSlope) || trialSlope > -SlopeReduction * slope)
            {
                (high, highSlope) = (step, double.IsFinite(trialValue) ? trialSlope : double.NaN);
            }
            else if (trialSlope < SlopeReduction * slope)
            {
                (low, lowSlope) = (step, trialSlope);
            }
            else
            {
                value = trialValue;
                return true;
            }
            step = NextStep(low, lowSlope, high, highSlope);
            if ((float)step == (float)low || (float)step == (float)high) return false;
        }
        return false;
    }

    /// <summary>The next step by the secant of the slopes, kept well inside the bracket; a growing step without
    /// one.</summary>
    private static double NextStep(double low, double lowSlope, double high, double highSlope)
    {
        if (double.IsPositiveInfinity(high)) return low == 0 ? 1 : 3 * low;
        var width = high - low;
        if (!(highSlope > 0)) return low + 0.3 * width;
        return low + width * Math.Clamp(-lowSlope / (highSlope - lowSlope), 0.05, 0.95);
    }

    /// <summary>Moves to the trial point and keeps the pair of step and gradient change where curvature is
    /// positive.</summary>
    private void Remember(float[] point)
    {
        VectorKernels.Combine(Step(_next), _trial, -1, point);
        VectorKernels.Combine(Change(_next), _trialGradient, -1, _gradient);
        _trial.CopyTo(point, 0);
        _trialGradient.CopyTo(_gradient, 0);
        double curvature = VectorKernels.Dot(Step(_next), Change(_next));
        if (!(curvature > 0)) return;
        _curvatures[_next] = curvature;
        _next = (_next + 1) % _memory;
        _stored = Math.Min(_stored + 1, _memory);
    }
}
