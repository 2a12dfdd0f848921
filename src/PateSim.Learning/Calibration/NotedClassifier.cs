using PateSim.Core.Features;

namespace PateSim.Learning.Calibration;

/// <summary>A classifier as it is, with one more sentence on how it came about.</summary>
internal sealed class NotedClassifier(IClassifier inner, string note) : IDiagnosedClassifier
{
    public int FeatureCount => inner.FeatureCount;

    public int ClassCount => inner.ClassCount;

    public FitDiagnostics Diagnostics { get; } = With(DiagnosticsOf(inner), note);

    public void Probabilities(FeatureMatrix features, Span<float> probabilities) =>
        inner.Probabilities(features, probabilities);

    public void Predict(FeatureMatrix features, Span<int> labels) => inner.Predict(features, labels);

    /// <summary>How a fit went, where that is known.</summary>
    public static FitDiagnostics DiagnosticsOf(IClassifier classifier) =>
        classifier is IDiagnosedClassifier diagnosed
            ? diagnosed.Diagnostics
            : new FitDiagnostics("unknown", 0, 0, double.NaN, double.NaN, true);

    /// <summary>The probabilities of some rows.</summary>
    public static void Rows(
        IClassifier classifier, FeatureMatrix features, int first, int rows, Span<float> probabilities)
    {
        int[] chosen = [.. Enumerable.Range(first, rows)];
        classifier.Probabilities(features.Select(chosen), probabilities);
    }

    private static FitDiagnostics With(FitDiagnostics known, string note) =>
        known with { Note = known.Note.Length == 0 ? note : known.Note + " " + note };
}
