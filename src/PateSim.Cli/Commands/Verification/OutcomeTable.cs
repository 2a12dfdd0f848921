using System.Collections.Immutable;
using System.Globalization;
using PateSim.Cli.Rendering;
using PateSim.Reporting.Expected;

namespace PateSim.Cli.Commands.Verification;

/// <summary>Prints each expected figure with what was measured and PASS or FAIL.</summary>
internal static class OutcomeTable
{
    public static void Print(
        ExpectedResults expected, IReadOnlyList<RunFigures> runs, ImmutableArray<FigureOutcome> outcomes,
        CliEnvironment environment)
    {
        var seeds = string.Join(", ", runs.Select(run => run.Seed).Order());
        environment.Out.WriteLine();
        environment.Out.WriteLine($"{expected.Scenario}, {Count(runs.Count, "run")}, {(runs.Count == 1 ? "seed" : "seeds")} {seeds}; "
            + $"ranges from seeds {string.Join(", ", expected.Seeds)}");
        if (expected.Note.Length > 0) WrappedText.Write(environment.Out, expected.Note, environment.Width);
        environment.Out.WriteLine();
        PlainTable.Print(
            environment with { Width = 1000 },
            ["", "figure", "mean", "95 % +-", "expected", "published", "difference"],
            [.. outcomes.Select(Row)], 2, 3, 4, 5, 6);
        foreach (var source in outcomes.Where(o => o.Expected.Source.Length > 0).GroupBy(o => o.Expected.Source))
        {
            environment.Out.WriteLine();
            WrappedText.Write(
                environment.Out, $"Published of {string.Join(", ", source.Select(o => o.Expected.Figure))}: {source.Key}",
                environment.Width);
        }
        environment.Out.WriteLine();
        var failed = outcomes.Count(outcome => !outcome.Passes);
        environment.Out.WriteLine(failed == 0
            ? $"PASS: all {Count(outcomes.Length, "figure")} as expected."
            : $"FAIL: {failed} of {Count(outcomes.Length, "figure")} not as expected.");
    }

    private static string[] Row(FigureOutcome outcome)
    {
        var expected = outcome.Expected;
        return
        [
            outcome.Passes ? "PASS" : "FAIL",
            expected.Figure.ToString(),
            double.IsNaN(outcome.Mean) ? "not measured" : Number(outcome.Mean),
            double.IsNaN(outcome.HalfWidth) ? "-" : Number(outcome.HalfWidth),
            $"{Number(expected.Low)} - {Number(expected.High)}",
            expected.Published is { } published ? Number(published) : "-",
            expected.Published is { } value && !double.IsNaN(outcome.Mean) ? Signed(outcome.Mean - value) : "-",
        ];
    }

    private static string Count(int number, string what) =>
        FormattableString.Invariant($"{number} {what}") + (number == 1 ? "" : "s");

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture);
}
