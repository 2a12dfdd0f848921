namespace PateSim.Learning.Optimisers;

/// <summary>A smooth function to be minimised, with its gradient.</summary>
internal interface IObjective
{
    /// <summary>Number of parameters.</summary>
    int Dimension { get; }

    /// <summary>The value at a point; writes the gradient there.</summary>
    /// <param name="point">Shape [p].</param>
    /// <param name="gradient">Shape [p], overwritten.</param>
    double Evaluate(ReadOnlySpan<float> point, Span<float> gradient);

    /// <summary>vector ← M⁻¹·vector, M a fixed, symmetric, positive estimate of the Hessian: the optimiser's first
    /// metric. A better estimate means fewer iterations; any gives the same minimum.</summary>
    /// <param name="vector">Shape [p].</param>
    void Precondition(Span<float> vector);
}
