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

    /// <summary>Writes an estimate of the curvature along each parameter, each &gt; 0: the diagonal on which the
    /// optimiser's first metric stands.</summary>
    void Curvature(Span<float> diagonal);
}
