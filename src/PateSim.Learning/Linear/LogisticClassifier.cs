using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Linear;

/// <summary>Two classes told apart by one linear function; any further classes have probability 0.</summary>
public sealed class LogisticClassifier : Classifier, IDifferentiableClassifier
{
    private readonly float[] _weights;
    private readonly int _negative, _positive;

    internal int Negative => _negative;

    internal int Positive => _positive;

    internal LogisticClassifier(
        float[] weights, float intercept, int negative, int positive, int classCount, FitDiagnostics diagnostics)
        : base(weights.Length, classCount, diagnostics) =>
        (_weights, Intercept, _negative, _positive) = (weights, intercept, negative, positive);

    /// <summary>Weight of each feature in the logit of the higher class against the lower one, shape [d].</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The logit of a record of zeros.</summary>
    public float Intercept { get; }

    /// <remarks>Of −t₀ ln(1 − p) − t₁ ln p: (p (t₀ + t₁) − t₁) w.</remarks>
    public void InputGradient(FeatureMatrix features, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        CheckGradient(features, targets, gradient);
        var probabilities = new float[features.Rows * ClassCount];
        Probabilities(features, probabilities);
        gradient.Clear();
        for (var row = 0; row < features.Rows; row++)
        {
            var (negative, positive) =
                (targets[row * ClassCount + _negative], targets[row * ClassCount + _positive]);
            var error = probabilities[row * ClassCount + _positive] * (negative + positive) - positive;
            VectorKernels.AddScaled(gradient.Slice(row * FeatureCount, FeatureCount), error, _weights);
        }
    }

    private protected override void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        probabilities.Clear();
        for (var row = 0; row < rows; row++)
        {
            var logit = VectorKernels.Dot(features.Row(first + row), _weights) + Intercept;
            // Both from the smaller exponential, so that neither loses digits and their sum is 1.
            var small = FloatMath.Exp(-Math.Abs(logit));
            var (major, minor) = (1 / (1 + small), small / (1 + small));
            var record = probabilities.Slice(row * ClassCount, ClassCount);
            record[_positive] = logit > 0 ? major : minor;
            record[_negative] = logit > 0 ? minor : major;
        }
    }
}
