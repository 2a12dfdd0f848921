using System.Collections.Immutable;

namespace PateSim.Reporting.Expected;

/// <summary>What the runs of a scenario have to give: the content of an expected-results file.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Seeds">Seeds that the ranges were measured with.</param>
/// <param name="Note">What a reader must know; may be empty.</param>
public sealed record ExpectedResults(
    string Scenario, ImmutableArray<long> Seeds, string Note, ImmutableArray<ExpectedFigure> Figures);

/// <summary>The range of one figure.</summary>
/// <param name="Figure">Which one.</param>
/// <param name="Low">Smallest mean over the runs that passes.</param>
/// <param name="High">Largest mean over the runs that passes.</param>
/// <param name="Published">What was published of it, to stand beside; null where nothing was.</param>
/// <param name="Source">Where; may be empty.</param>
public sealed record ExpectedFigure(FigureName Figure, double Low, double High, double? Published, string Source);

/// <summary>A figure by its place in <c>metrics.csv</c>.</summary>
public readonly record struct FigureName(string Phase, string Entity, string Metric, string Step)
{
    /// <summary>From PHASE/ENTITY/METRIC or PHASE/ENTITY/METRIC@STEP; the entity may hold slashes. Null for other text.
    /// </summary>
    public static FigureName? Parse(string text)
    {
        var (first, last) = (text.IndexOf('/', StringComparison.Ordinal), text.LastIndexOf('/'));
        if (first <= 0 || last <= first + 1 || last == text.Length - 1) return null;
        var metric = text[(last + 1)..];
        var at = metric.IndexOf('@', StringComparison.Ordinal);
        var step = at < 0 ? "" : metric[(at + 1)..];
        if (at == 0 || (at > 0 && step.Length == 0)) return null;
        return new FigureName(text[..first], text[(first + 1)..last], at < 0 ? metric : metric[..at], step);
    }

    public override string ToString() => $"{Phase}/{Entity}/{Metric}" + (Step.Length == 0 ? "" : "@" + Step);
}
