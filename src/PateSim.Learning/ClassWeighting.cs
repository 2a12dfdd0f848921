using PateSim.Core.Components;
using PateSim.Core.Features;

namespace PateSim.Learning;

/// <summary>How much a record of each class counts in a fit.</summary>
internal enum ClassWeighting
{
    /// <summary>Every record counts 1.</summary>
    None,

    /// <summary>A record of class k counts wₖ = n/(c′ nₖ), c′ classes present: all classes weigh the same together.
    /// </summary>
    Balanced,
}

/// <summary>The option <c>class-weight</c> and what it amounts to.</summary>
internal static class ClassWeights
{
    public const string Option = "class-weight";

    public static OptionSpec Spec { get; } = OptionSpec.Choice(
        Option, "How much a record counts: none, each 1; balanced, n/(c nₖ) for one of nₖ of its class, as in scikit-learn.",
        "none", "none", "balanced");

    public static ClassWeighting From(OptionValues options) =>
        options.Text(Option) == "balanced" ? ClassWeighting.Balanced : ClassWeighting.None;

    /// <summary>The weight of each class, shape [c]; 0 where it has no record. Null for weights of 1.</summary>
    public static float[]? Of(ClassWeighting weighting, LabelledData data)
    {
        if (weighting == ClassWeighting.None) return null;
        var counts = new int[data.ClassCount];
        foreach (var label in data.Labels) counts[label]++;
        var present = counts.Count(count => count > 0);
        return Array.ConvertAll(counts, count => count == 0 ? 0 : data.Count / ((float)present * count));
    }

    /// <summary>The weight of each record, shape [n].</summary>
    public static float[]? OfRecords(ClassWeighting weighting, LabelledData data) =>
        Of(weighting, data) is { } weights ? [.. data.Labels.Select(label => weights[label])] : null;
}
