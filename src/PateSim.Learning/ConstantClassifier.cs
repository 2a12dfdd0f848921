using PateSim.Core.Features;

namespace PateSim.Learning;

/// <summary>The same probabilities for every record: what data with a single class or no usable feature can
/// teach.</summary>
public sealed class ConstantClassifier : Classifier
{
    private readonly float[] _probabilities;

    /// <param name="probabilities">Shape [classes]; not negative, summing to 1.</param>
    public ConstantClassifier(int featureCount, ReadOnlySpan<float> probabilities, FitDiagnostics diagnostics)
        : base(featureCount, probabilities.Length, diagnostics) => _probabilities = probabilities.ToArray();

    /// <summary>Shape [classes].</summary>
    public ReadOnlySpan<float> Constant => _probabilities;

    private protected override void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        for (var row = 0; row < rows; row++)
            _probabilities.AsSpan().CopyTo(probabilities.Slice(row * ClassCount, ClassCount));
    }
}
