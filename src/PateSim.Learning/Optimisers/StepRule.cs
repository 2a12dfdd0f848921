namespace PateSim.Learning.Optimisers;

/// <summary>A rule that makes steps of gradients, before it has the state of a fit.</summary>
/// <param name="Name">For diagnostics.</param>
/// <param name="Make">For a parameter vector of a length.</param>
internal sealed record StepRule(string Name, Func<int, IStepper> Make)
{
    /// <summary>Adam, with decoupled weight decay where that is above 0.</summary>
    public static StepRule Adam(double decay) =>
        new(decay > 0 ? "AdamW" : "Adam", length => new Adam(length, decay));

    /// <summary>Gradient descent with momentum.</summary>
    public static StepRule Momentum(double momentum) => new("SGD", length => new MomentumDescent(length, momentum));
}

/// <summary>The state of a rule in one fit. Parts of the vector may be stepped side by side.</summary>
internal interface IStepper
{
    /// <summary>To be called once before the parts of each step.</summary>
    /// <param name="learningRate">η</param>
    void Begin(double learningRate);

    /// <summary>Steps one part of the parameters along its part of the gradient.</summary>
    /// <param name="first">Where the part begins; a multiple of eight.</param>
    /// <param name="isWeight">Whether the part holds weights, which decay, rather than biases.</param>
    void Step(Span<float> parameters, ReadOnlySpan<float> gradient, int first, bool isWeight);
}
