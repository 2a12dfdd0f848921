using PateSim.Learning.Numerics;

namespace PateSim.Learning.Optimisers;

/// <summary>Gradient descent with momentum (B. T. Polyak 1964): v ← μv + g, w ← w − ηv.</summary>
internal sealed class MomentumDescent(int dimension, double momentum) : IStepper
{
    private readonly float[] _velocity = new float[dimension];
    private readonly float _momentum = (float)momentum;
    private float _rate;

    public void Begin(double learningRate) => _rate = (float)learningRate;

    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, int first, bool isWeight)
    {
        var velocity = _velocity.AsSpan(first, parameters.Length);
        VectorKernels.Combine(velocity, gradient, _momentum, velocity);
        VectorKernels.AddScaled(parameters, -_rate, velocity);
    }
}
