using PateSim.Cli.Rendering;
using PateSim.Reporting.Folders;
using PateSim.Reporting.Summary;

namespace PateSim.Cli.Tests;

public class SummaryRendererTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void The_widest_names_are_not_broken_and_fit_100_columns(int width)
    {
        var summary = new RunSummary(
            "wide, seed 1: completed",
            "400 hospitals, 400 queries; lnmax with scale 40 (gamma 0.025), epsilon 0.05 per answer",
            [
                new SummarySection(
                    ["Accuracy", "measured on", "accuracy", "95 % interval", "balanced", "95 % interval"],
                    [["most frequent diagnosis", "16,281 test", "100.0 %", "99.0 - 100.0 %", "100.0 %",
                        "99.0 - 100.0 %"]]),
                new SummarySection(
                    ["Privacy loss", "computed from", "epsilon", "delta", "publishable", ""],
                    [["moments-data-independent", "worst case", "1.23e-10", "1.2345e-5", "yes", ""]],
                    "for whom: hospital-added-or-removed(k=2), up to 2 teachers per hospital"),
                new SummarySection(
                    ["Theft", "queries", "accuracy", "95 % interval", "fidelity", "kappa"],
                    [["student, probabilities", "10,000", "100.0 %", "99.0 - 100.0 %", "100.0 %", "1.00"]],
                    "attack: natural-pool"),
            ],
            ["Accuracy: nothing was measured."], []);
        using var output = new StringWriter { NewLine = "\n" };
        SummaryRenderer.Print(summary, null, new CliEnvironment(
            output, TextWriter.Null, false, false, width, _ => null, TimeProvider.System, DiskFolderAccess.Instance));
        var lines = output.ToString().Split('\n');
        foreach (var section in summary.Sections)
        {
            foreach (var row in section.Rows)
                Assert.Contains(lines, line => row.All(cell => line.Contains(cell, StringComparison.Ordinal)));
        }
        var text = string.Join(' ', lines.Select(line => line.Trim()));
        Assert.Contains("for whom: hospital-added-or-removed(k=2), up to 2", text, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= 100, line));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        var note = Array.FindIndex(lines, line => line.StartsWith("for whom", StringComparison.Ordinal));
        Assert.StartsWith("---", lines[note - 1], StringComparison.Ordinal);
    }
}
