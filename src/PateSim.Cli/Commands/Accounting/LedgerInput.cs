using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Privacy.Ledger;
using PateSim.Privacy.Noise;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>A <c>ledger.csv</c> as it was read: it says all that accounting needs.</summary>
internal sealed record LedgerInput(ImmutableArray<LedgerRow> Rows)
{
    public static bool IsLedger(string path, string text) =>
        Path.GetFileName(path).EndsWith("ledger.csv", StringComparison.Ordinal)
        || text.StartsWith("sequence,query,", StringComparison.Ordinal);

    /// <summary>What was charged, in a sentence.</summary>
    public string Statement
    {
        get
        {
            var outcomes = Rows.Where(row => row.Charged).GroupBy(row => row.Outcome).OrderBy(group => group.Key)
                .Select(group => FormattableString.Invariant($"{group.Count():N0} {group.Key.Name()}"));
            var mechanisms = Rows.Select(row => row.Mechanism).Distinct(StringComparer.Ordinal);
            var refused = Rows.Count(row => !row.Charged);
            return FormattableString.Invariant($"{Rows.Length - refused:N0} charged queries")
                + (refused == Rows.Length ? "" : $" ({string.Join(", ", outcomes)})")
                + (refused == 0 ? "" : FormattableString.Invariant($", {refused:N0} refused"))
                + (Rows.IsEmpty ? "." : $"; {string.Join(" and ", mechanisms)}.")
                + (Noise is { } noise ? $" The noise is marked \"{noise}\"." : "");
        }
    }

    /// <summary>What the noise is worth: the least of the lines; null without any.</summary>
    public string? Noise => Rows.IsEmpty ? null : Rows.Min(row => row.Noise).Describe();

    /// <param name="lastHash">The hash noted elsewhere, or null.</param>
    /// <exception cref="InvalidInputException">The file was edited or cut off.</exception>
    public static LedgerInput Read(string path, string text, string? lastHash) =>
        new(LedgerCsv.Read(text, path, lastHash));
}
