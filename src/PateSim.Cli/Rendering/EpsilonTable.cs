using PateSim.Privacy.Accounting;

namespace PateSim.Cli.Rendering;

/// <summary>ε in all variants, each with δ, adjacency, method, and whether it may be released.</summary>
internal static class EpsilonTable
{
    public static void Print(
        IReadOnlyCollection<EpsilonEntry> entries, IReadOnlyCollection<string> leftOut, CliEnvironment environment)
    {
        var output = environment.Out;
        List<string> notes = [.. entries.Select(entry => entry.Note).Where(note => note.Length > 0).Distinct()];
        PlainTable.Print(
            environment,
            ["method", "epsilon", "delta", "for whom", "computed from", "releasable", "note"],
            [
                .. entries.Select(entry => (string[])
                [
                    entry.Method, PrivacyText.Upper(entry.Epsilon), PrivacyText.Delta(entry.Delta),
                    entry.Adjacency.Name, ComputedFrom(entry), PrivacyText.YesNo(entry.Releasable),
                    entry.Note.Length == 0 ? "" : FormattableString.Invariant($"[{notes.IndexOf(entry.Note) + 1}]"),
                ]),
            ],
            1, 2);
        output.WriteLine();
        for (var i = 0; i < notes.Count; i++)
            WrappedText.Write(output, notes[i], environment.Width, FormattableString.Invariant($"[{i + 1}] "), "    ");
        foreach (var reason in leftOut)
            WrappedText.Write(output, reason, environment.Width, "Left out: ", "    ");
        if (PrivacyReport.Headline(entries) is { } best)
        {
            WrappedText.Write(
                output,
                $"Smallest that may be published: epsilon {PrivacyText.Upper(best.Epsilon)} at delta "
                + $"{PrivacyText.Delta(best.Delta)}, {best.Adjacency.Name}, by {best.Method}.",
                environment.Width);
        }
    }

    public static string ComputedFrom(EpsilonEntry entry) => entry.DataDependent ? "the votes" : "worst case";
}
