using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Federated;

/// <summary>Weights of a linear softmax classifier that is trained step by step: what federated averaging and DP-SGD move.
/// </summary>
internal sealed class LinearSoftmax
{
    private readonly float[] _errors;

    public LinearSoftmax(int features, int classes)
    {
        (Features, Classes) = (features, classes);
        Parameters = new float[classes * (features + 1)];
        _errors = new float[classes];
    }

    public int Features { get; }

    public int Classes { get; }

    /// <summary>Shape [classes, features], then [classes] of intercepts.</summary>
    public float[] Parameters { get; }

    private int Intercepts => Classes * Features;

    /// <summary>Writes the logits of a record, shape [classes].</summary>
    public void Logits(ReadOnlySpan<float> record, Span<float> logits)
    {
        for (var k = 0; k < Classes; k++)
        {
            var weights = Parameters.AsSpan(k * Features, Features);
            logits[k] = VectorKernels.Dot(record, weights) + Parameters[Intercepts + k];
        }
    }

    /// <summary>Adds scale(‖g‖) · g to a sum, g the gradient of −ln p(label | record).</summary>
    /// <param name="sum">Laid out as <see cref="Parameters"/>.</param>
    /// <param name="clip">C: g is shortened to this norm where it is longer; ∞ to leave it.</param>
    public void AddGradient(ReadOnlySpan<float> record, int label, Span<float> sum, double clip)
    {
        Logits(record, _errors);
        ToProbabilities(_errors);
        _errors[label] -= 1;
        var scale = 1.0;
        if (!double.IsPositiveInfinity(clip))
        {
            // The gradient is the outer product of the errors with the record and 1.
            var norm = Math.Sqrt(
                (double)VectorKernels.Dot(_errors, _errors) * ((double)VectorKernels.Dot(record, record) + 1));
            if (norm > clip) scale = clip / norm;
        }
        for (var k = 0; k < Classes; k++)
        {
            var part = (float)(scale * _errors[k]);
            VectorKernels.AddScaled(sum.Slice(k * Features, Features), part, record);
            sum[Intercepts + k] += part;
        }
    }

    /// <summary>Softmax in place.</summary>
    public static void ToProbabilities(Span<float> logits)
    {
        var max = logits[Classifier.Largest(logits)];
        var sum = 0f;
        for (var k = 0; k < logits.Length; k++) sum += logits[k] = FloatMath.Exp(logits[k] - max);
        for (var k = 0; k < logits.Length; k++) logits[k] /= sum;
    }

    /// <summary>The classifier with these weights.</summary>
    /// <exception cref="TrainingException">They are no longer finite.</exception>
    public IClassifier ToClassifier(FitDiagnostics diagnostics)
    {
        if (!float.IsFinite(VectorKernels.MaxMagnitude(Parameters)))
        {
            throw new TrainingException(
                "The training diverged: weights are not finite. learning-rate is too large for these features.");
        }
        return new LinearSoftmaxClassifier(this, diagnostics);
    }
}

/// <summary>A linear softmax classifier.</summary>
internal sealed class LinearSoftmaxClassifier(LinearSoftmax model, FitDiagnostics diagnostics)
    : Classifier(model.Features, model.Classes, diagnostics)
{
    private protected override void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        for (var row = 0; row < rows; row++)
        {
            var values = probabilities.Slice(row * ClassCount, ClassCount);
            model.Logits(features.Row(first + row), values);
            LinearSoftmax.ToProbabilities(values);
        }
    }
}
