using PateSim.Core.Features;
using PateSim.Learning.Numerics;

namespace PateSim.Learning.Calibration;

/// <summary>Platt's A and B of one class.</summary>
internal readonly record struct PlattLine(double Slope, double Offset);

/// <summary>Fits Platt's sigmoid to each class against the rest.</summary>
internal static class PlattScaling
{
    private const float Floor = 1e-6f;

    /// <summary>One line for each class, the identity where the held-out records have the class all or none.</summary>
    /// <param name="probabilities">Shape [n, c].</param>
    public static PlattLine[] Fit(ReadOnlySpan<float> probabilities, LabelledData held)
    {
        var lines = new PlattLine[held.ClassCount];
        var logits = new double[held.Count];
        for (var k = 0; k < lines.Length; k++)
        {
            for (var i = 0; i < held.Count; i++) logits[i] = Logit(probabilities[i * held.ClassCount + k]);
            lines[k] = Fit(logits, held, k);
        }
        return lines;
    }

    /// <summary>ln p − ln(1 − p), p kept off 0 and 1.</summary>
    public static double Logit(float p)
    {
        var inside = Math.Clamp(p, Floor, 1 - Floor);
        return FloatMath.Log(inside) - FloatMath.Log(1 - inside);
    }

    /// <summary>1/(1 + e^{As + B}).</summary>
    public static double Sigmoid(PlattLine line, double logit)
    {
        var z = line.Slope * logit + line.Offset;
        var small = (double)FloatMath.Exp((float)-Math.Abs(z));
        return z >= 0 ? small / (1 + small) : 1 / (1 + small);
    }

    /// <summary>Newton's method with backtracking, as Lin, Lin and Weng write it.</summary>
    private static PlattLine Fit(double[] logits, LabelledData held, int k)
    {
        var positives = held.Labels.Count(label => label == k);
        var negatives = held.Count - positives;
        if (positives == 0 || negatives == 0) return new PlattLine(-1, 0);
        var (yes, no) = ((positives + 1.0) / (positives + 2), 1.0 / (negatives + 2));
        double Target(int i) => held.Labels[i] == k ? yes : no;
        var line = new PlattLine(0, FloatMath.Log((negatives + 1.0) / (positives + 1)));
        var loss = Loss(line);
        for (var step = 0; step < 100; step++)
        {
            double h11 = 1e-12, h22 = 1e-12, h21 = 0, g1 = 0, g2 = 0;
            for (var i = 0; i < logits.Length; i++)
            {
                var q = Sigmoid(line, logits[i]);
                var curvature = q * (1 - q);
                h11 += logits[i] * logits[i] * curvature;
                h22 += curvature;
                h21 += logits[i] * curvature;
                var gap = Target(i) - q;
                g1 += logits[i] * gap;
                g2 += gap;
            }
            if (Math.Abs(g1) < 1e-5 && Math.Abs(g2) < 1e-5) break;
            var determinant = h11 * h22 - h21 * h21;
            var (dA, dB) = (-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant);
            var slope = g1 * dA + g2 * dB;
            var size = 1.0;
            while (size >= 1e-10)
            {
                var next = new PlattLine(line.Slope + size * dA, line.Offset + size * dB);
                var nextLoss = Loss(next);
                if (nextLoss < loss + 1e-4 * size * slope)
                {
                    (line, loss) = (next, nextLoss);
                    break;
                }
                size /= 2;
            }
            if (size < 1e-10) break;
        }
        return line;

        double Loss(PlattLine candidate)
        {
            var sum = 0.0;
            for (var i = 0; i < logits.Length; i++)
            {
                var z = candidate.Slope * logits[i] + candidate.Offset;
                // −t ln q − (1 − t) ln(1 − q), with the larger exponential taken out.
                sum += (z >= 0 ? Target(i) * z : (Target(i) - 1) * z)
                    + FloatMath.Log(1 + (double)FloatMath.Exp((float)-Math.Abs(z)));
            }
            return sum;
        }
    }
}

/// <summary>A classifier whose probabilities went through Platt's sigmoids.</summary>
internal sealed class PlattClassifier(IClassifier inner, PlattLine[] lines)
    : Classifier(inner.FeatureCount, inner.ClassCount, NotedClassifier.DiagnosticsOf(inner))
{
    private protected override void Score(FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        NotedClassifier.Rows(inner, features, first, rows, probabilities);
        for (var row = 0; row < rows; row++)
        {
            var values = probabilities.Slice(row * ClassCount, ClassCount);
            var sum = 0f;
            // A class that was never seen stays impossible.
            for (var k = 0; k < values.Length; k++)
            {
                if (values[k] == 0) continue;
                sum += values[k] = (float)PlattScaling.Sigmoid(lines[k], PlattScaling.Logit(values[k]));
            }
            for (var k = 0; k < values.Length; k++) values[k] /= sum;
        }
    }
}
