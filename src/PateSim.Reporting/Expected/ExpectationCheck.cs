using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using PateSim.Core;

namespace PateSim.Reporting.Expected;

/// <summary>One figure beside what was expected of it.</summary>
/// <param name="Runs">In how many of the runs it was measured.</param>
/// <param name="Mean">Mean over the runs; NaN where one of them does not have it.</param>
/// <param name="HalfWidth">Half of the 95 % interval of the mean, t s/√n; NaN for a single run.</param>
/// <param name="Passes">Whether every run has it and the mean is in the range.</param>
public sealed record FigureOutcome(ExpectedFigure Expected, int Runs, double Mean, double HalfWidth, bool Passes);

/// <summary>Compares the figures of runs with what is expected of them.</summary>
public static class ExpectationCheck
{
    public const string OtherScenario = "PS4061";
    public const string Unfinished = "PS4062";
    public const string OtherSettings = "PS4063";
    public const string SeedTwice = "PS4064";

    /// <summary>What keeps the runs from being runs of that scenario that differ in the seed alone.</summary>
    public static ImmutableArray<Problem> Problems(ExpectedResults expected, IReadOnlyList<RunFigures> runs)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var seeds = new Dictionary<long, string>();
        foreach (var run in runs)
        {
            if (run.Scenario != expected.Scenario)
            {
                problems.Add(new Problem(
                    OtherScenario, run.Folder, "",
                    $"the run is of the scenario '{run.Scenario}'; '{expected.Scenario}' is expected."));
            }
            if (run.Status != "completed")
                problems.Add(new Problem(Unfinished, run.Folder, "", $"the run was {run.Status}: it has no results to check."));
            if (run.Settings != runs[0].Settings)
            {
                problems.Add(new Problem(
                    OtherSettings, run.Folder, "",
                    $"its settings differ from those of {runs[0].Folder} in more than the seed."));
            }
            if (!seeds.TryAdd(run.Seed, run.Folder))
            {
                problems.Add(new Problem(
                    SeedTwice, run.Folder, "", FormattableString.Invariant(
                        $"it has the seed {run.Seed}, as {seeds[run.Seed]}: a run counts once.")));
            }
        }
        return problems.ToImmutable();
    }

    /// <summary>Each expected figure, in the order of the file.</summary>
    /// <param name="runs">At least one.</param>
    public static ImmutableArray<FigureOutcome> Outcomes(ExpectedResults expected, IReadOnlyList<RunFigures> runs) =>
        [.. expected.Figures.Select(figure => Outcome(figure, runs))];

    private static FigureOutcome Outcome(ExpectedFigure figure, IReadOnlyList<RunFigures> runs)
    {
        double[] values = [.. runs.Where(run => run.Values.ContainsKey(figure.Figure))
            .Select(run => run.Values[figure.Figure])];
        if (values.Length < runs.Count) return new FigureOutcome(figure, values.Length, double.NaN, double.NaN, false);
        var mean = values.Average();
        var half = double.NaN;
        if (values.Length > 1)
        {
            var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
            half = StudentT.InvCDF(0, 1, values.Length - 1, 0.975) * Math.Sqrt(variance / values.Length);
        }
        // A mean of equal numbers may miss them by an ulp.
        var slack = 1e-12 * Math.Max(1, Math.Abs(mean));
        return new FigureOutcome(
            figure, values.Length, mean, half, mean >= figure.Low - slack && mean <= figure.High + slack);
    }
}
