using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Calibration;

/// <summary>Fits the temperature of probabilities.</summary>
internal static class Temperature
{
    /// <summary>Probabilities below this count as this, so that a certain mistake has a finite loss.</summary>
    public const float Floor = 1e-6f;

    /// <summary>1/T in [2⁻⁶, 2⁶] with the smallest mean −ln q on held-out records, by golden section on ln T.</summary>
    /// <param name="probabilities">Shape [n, c].</param>
    public static float Fit(ReadOnlySpan<float> probabilities, LabelledData held)
    {
        const double Ratio = 0.6180339887498949;
        var logs = new float[probabilities.Length];
        for (var i = 0; i < logs.Length; i++) logs[i] = (float)FloatMath.Log(Math.Max(Floor, probabilities[i]));
        var (low, high) = (-6.0, 6.0);
        var (a, b) = (high - Ratio * (high - low), low + Ratio * (high - low));
        var (lossA, lossB) = (Loss(logs, held, Power(a)), Loss(logs, held, Power(b)));
        for (var step = 0; step < 40; step++)
        {
            if (lossA <= lossB)
            {
                (high, b, lossB) = (b, a, lossA);
                a = high - Ratio * (high - low);
                lossA = Loss(logs, held, Power(a));
            }
            else
            {
                (low, a, lossA) = (a, b, lossB);
                b = low + Ratio * (high - low);
                lossB = Loss(logs, held, Power(b));
            }
        }
        return Power((low + high) / 2);
    }

    private static float Power(double exponent) => FloatMath.Exp((float)(exponent * 0.6931471805599453));

    private static double Loss(float[] logs, LabelledData held, float inverse)
    {
        var classes = held.ClassCount;
        var loss = 0.0;
        for (var i = 0; i < held.Count; i++)
        {
            var row = logs.AsSpan(i * classes, classes);
            var max = float.NegativeInfinity;
            foreach (var value in row) max = Math.Max(max, value);
            var sum = 0f;
            foreach (var value in row) sum += FloatMath.Exp((value - max) * inverse);
            loss += FloatMath.Log(sum) - (row[held.Labels[i]] - max) * inverse;
        }
        return loss / held.Count;
    }
}

/// <summary>A classifier with qₖ ∝ pₖ^{1/T}.</summary>
internal sealed class TemperatureClassifier(IClassifier inner, float inverse)
    : Classifier(inner.FeatureCount, inner.ClassCount, NotedClassifier.DiagnosticsOf(inner))
{
    /// <summary>1/T.</summary>
    public float Inverse { get; } = inverse;

    private protected override void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        NotedClassifier.Rows(inner, features, first, rows, probabilities);
        for (var row = 0; row < rows; row++)
        {
            var values = probabilities.Slice(row * ClassCount, ClassCount);
            var max = (float)FloatMath.Log(Math.Max(Temperature.Floor, values[Largest(values)]));
            var sum = 0f;
            // A class that was never seen stays impossible.
            for (var k = 0; k < values.Length; k++)
            {
                if (values[k] == 0) continue;
                var log = (float)FloatMath.Log(Math.Max(Temperature.Floor, values[k]));
                sum += values[k] = FloatMath.Exp((log - max) * Inverse);
            }
            for (var k = 0; k < values.Length; k++) values[k] /= sum;
        }
    }
}
