namespace PateSim.Learning;

/// <summary>How a fit went, for the run's record.</summary>
/// <param name="Optimiser">Such as "L-BFGS" or "Adam"; "none" where the data left nothing to optimise.</param>
/// <param name="Iterations">Iterations of L-BFGS, or epochs of Adam, or trees.</param>
/// <param name="Evaluations">Passes over the data or mini-batches.</param>
/// <param name="Loss">Objective at the end divided by the number of records, in nats.</param>
/// <param name="GradientNorm">Largest magnitude in the gradient of that mean objective; NaN where none was computed.
/// </param>
/// <param name="Converged">Whether the optimiser met its own criterion, rather than a limit.</param>
/// <param name="Note">What was special about the data or the end of the fit, in a sentence; otherwise empty.</param>
public sealed record FitDiagnostics(
    string Optimiser,
    int Iterations,
    long Evaluations,
    double Loss,
    double GradientNorm,
    bool Converged,
    string Note = "");

/// <summary>A classifier that knows how its fit went.</summary>
public interface IDiagnosedClassifier : IClassifier
{
    FitDiagnostics Diagnostics { get; }
}
