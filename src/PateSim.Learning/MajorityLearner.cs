using PateSim.Core.Components;
using PateSim.Core.Features;

namespace PateSim.Learning;

/// <summary>Class frequencies, whatever the record; see <see cref="Component"/>.</summary>
public sealed class MajorityLearner : ILearner
{
    /// <summary>The component of a kind ("teacher").</summary>
    public static Component<ILearner> Component(string kind) => new(
        new ComponentDescriptor(
            kind, "majority", "Always the most frequent class of the training records: what a model has to beat.",
            [],
            [
                "The probability of class k is nₖ/n, the share of the training records that have it; the answer is the most "
                + "frequent class, the lowest of equal ones. No feature is looked at.",
                "As a teacher it is the least that a vote can be: a fleet with a share of it shows how much silence of that "
                + "sort the vote bears.",
                "Deterministic: no randomness is used.",
            ],
            "Also called ZeroR; R. C. Holte, Very simple classification rules perform well on most commonly used datasets, "
            + "Machine Learning 11, 1993."),
        _ => new MajorityLearner());

    public IClassifier Fit(LabelledData data, TrainingContext context)
    {
        TrainingData.RequireRecords(data.Count);
        context.Cancellation.ThrowIfCancellationRequested();
        var loss = 0.0;
        var frequencies = TrainingData.Frequencies(data);
        foreach (var label in data.Labels) loss -= Numerics.FloatMath.Log(frequencies[label]);
        return new ConstantClassifier(
            data.Features.Columns, frequencies,
            new FitDiagnostics("counting", 1, 1, loss / data.Count, double.NaN, true));
    }
}
