using PateSim.Core.Features;

namespace PateSim.Learning.Calibration;

/// <summary>A learner whose probabilities are calibrated on a part of its own records, held out from its fit.</summary>
/// <remarks>
/// <para>The part is drawn by the key within each class: of nₖ records ⌊share·nₖ + ½⌋, and never all of them. Temperature:
/// T &gt; 0 minimises the mean −ln q of the held-out labels, qₖ ∝ pₖ^{1/T} (C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, On
/// calibration of modern neural networks, ICML 2017). Platt: A and B minimise the cross-entropy of q = 1/(1 + e^{As + B})
/// against the softened labels (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2), s = ln p − ln(1 − p), by Newton's method (J. Platt 1999;
/// H.-T. Lin, C.-J. Lin, R. C. Weng, A note on Platt's probabilistic outputs for support vector machines, Machine Learning
/// 68, 2007); for more than two classes each against the rest, divided by their sum.</para>
/// <para>Where the held-out part has no record, or only one class, nothing can be learnt from it: the learner is fitted on
/// all records and stays as it is, and the diagnostics say so.</para>
/// </remarks>
/// <param name="share">Share of the records that is held out, in (0, 1).</param>
public sealed class CalibratedLearner(ILearner inner, CalibrationMethod method, double share) : ILearner
{
    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        TrainingData.RequireRecords(data.Count);
        if (method == CalibrationMethod.None) return inner.Fit(data, context);
        var (train, held) = Split(data, context);
        var part = data.Select(held);
        if (part.Count == 0 || TrainingData.Present(part).Length < 2)
        {
            return new NotedClassifier(
                inner.Fit(data, context), $"Not calibrated: {part.Count} records of one class would be held out.");
        }
        var classifier = inner.Fit(data.Select(train), context);
        var probabilities = new float[part.Count * part.ClassCount];
        classifier.Probabilities(part.Features, probabilities);
        return method == CalibrationMethod.Temperature
            ? new TemperatureClassifier(classifier, Temperature.Fit(probabilities, part))
            : new PlattClassifier(classifier, PlattScaling.Fit(probabilities, part));
    }

    private (int[] Train, int[] Held) Split(LabelledData data, TrainingContext context)
    {
        var order = context.Key.Derive("calibration").Open().Permutation(data.Count);
        var counts = new int[data.ClassCount];
        foreach (var label in data.Labels) counts[label]++;
        var left = Array.ConvertAll(counts, count => Math.Min(count - 1, (int)(share * count + 0.5)));
        var isHeld = new bool[data.Count];
        foreach (var row in order)
        {
            if (left[data.Labels[row]] > 0)
            {
                left[data.Labels[row]]--;
                isHeld[row] = true;
            }
        }
        var rows = Enumerable.Range(0, data.Count).ToList();
        return ([.. rows.Where(row => !isHeld[row])], [.. rows.Where(row => isHeld[row])]);
    }
}
