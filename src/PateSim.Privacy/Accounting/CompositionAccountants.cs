using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Components;
using PateSim.Privacy.Events;
using PateSim.Privacy.Numerics;

namespace PateSim.Privacy.Accounting;

/// <summary>The pure ε of one answer: of the dearest one, where they differ.</summary>
public sealed class PerAnswerAccountant : IPrivacyAccountant
{
    public string Name => "per-answer";

    public bool Supports(PrivacyEvent privacyEvent) =>
        PureEpsilon.Of(privacyEvent, Adjacency.PatientReplaced) is not null;

    public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target)
    {
        var tally = PureEpsilon.Tally(Name, events, target.Adjacency);
        var (epsilon, note) = tally.Count == 0 ? (0, "Nothing was released.") : (tally.Keys.Last(), "");
        if (tally.Count > 1) note = "Answers differ in cost; this is the dearest.";
        if (double.IsPositiveInfinity(epsilon)) note = "Without noise there is no privacy.";
        return [new EpsilonEntry(Name, epsilon, 0, target.Adjacency, false, true, note)];
    }

    internal static Component<IPrivacyAccountant> Component { get; } = new(
        new ComponentDescriptor(
            AccountantCatalog.Kind,
            "per-answer",
            "Pure ε of one answer.",
            [],
            ["ε = Δ₁/b for Laplace noise of scale b: 2/b when one vote moves, 1/b when one appears. δ = 0. Releasable. "
             + "Where answers differ in cost, the dearest counts. Gaussian noise has no pure ε and is refused."],
            "Dwork, McSherry, Nissim, Smith: Calibrating Noise to Sensitivity in Private Data Analysis, TCC 2006, "
            + "Theorem 1."),
        _ => new PerAnswerAccountant());
}

/// <summary>Basic composition: pure ε add up.</summary>
public sealed class BasicCompositionAccountant : IPrivacyAccountant
{
    public string Name => "basic-composition";

    public bool Supports(PrivacyEvent privacyEvent) =>
        PureEpsilon.Of(privacyEvent, Adjacency.PatientReplaced) is not null;

    public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target)
    {
        var tally = PureEpsilon.Tally(Name, events, target.Adjacency);
        var epsilon = tally.Sum(t => t.Key * t.Value);
        var note = double.IsPositiveInfinity(epsilon) ? "Without noise there is no privacy." : "";
        return
        [
            new EpsilonEntry(
                Name, epsilon, 0, target.Adjacency, false, true, note, CompositionText.Answers(tally)),
        ];
    }

    internal static Component<IPrivacyAccountant> Component { get; } = new(
        new ComponentDescriptor(
            AccountantCatalog.Kind,
            "basic-composition",
            "Pure ε of all answers together, by adding them up.",
            [],
            ["ε = Σ ε_i, δ = 0. Holds for adaptively chosen queries. Releasable. Gaussian noise has no pure ε and is "
             + "refused."],
            "Dwork and Roth: The Algorithmic Foundations of Differential Privacy, 2014, Theorem 3.14."),
        _ => new BasicCompositionAccountant());
}

/// <summary>Advanced composition of pure ε.</summary>
public sealed class AdvancedCompositionAccountant : IPrivacyAccountant
{
    public string Name => "advanced-composition";

    public bool Supports(PrivacyEvent privacyEvent) =>
        PureEpsilon.Of(privacyEvent, Adjacency.PatientReplaced) is not null;

    public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target)
    {
        var tally = PureEpsilon.Tally(Name, events, target.Adjacency);
        double sumOfSquares = 0, drift = 0, basic = 0;
        foreach (var (epsilon, count) in tally)
        {
            sumOfSquares += count * epsilon * epsilon;
            drift += count * epsilon * LogSpace.ExpM1(epsilon);
            basic += count * epsilon;
        }
        var composed = Math.Sqrt(2 * Math.Log(1 / target.Delta) * sumOfSquares) + drift;
        var note = double.IsPositiveInfinity(composed) ? "Without noise there is no privacy."
            : composed > basic ? "Basic composition gives less here, and at delta 0." : "";
        return
        [
            new EpsilonEntry(
                Name, composed, target.Delta, target.Adjacency, false, true, note, CompositionText.Answers(tally)),
        ];
    }

    internal static Component<IPrivacyAccountant> Component { get; } = new(
        new ComponentDescriptor(
            AccountantCatalog.Kind,
            "advanced-composition",
            "ε of all answers at δ, by the advanced composition theorem.",
            [],
            ["ε = √(2 ln(1/δ) Σ ε_i²) + Σ ε_i (e^ε_i − 1), with all of δ spent on the composition. Releasable. For k "
             + "equal ε₀ it is ε₀ √(2k ln(1/δ)) + k ε₀ (e^ε₀ − 1)."],
            "Dwork, Rothblum, Vadhan: Boosting and Differential Privacy, FOCS 2010, Theorem III.3."),
        _ => new AdvancedCompositionAccountant());
}

internal static class CompositionText
{
    public static string Answers(SortedDictionary<double, long> tally) =>
        string.Create(CultureInfo.InvariantCulture, $"answers={tally.Values.Sum()}");
}
