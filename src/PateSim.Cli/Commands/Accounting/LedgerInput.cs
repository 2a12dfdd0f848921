using System.Collections.Immutable;
using System.CommandLine;
using PateSim.Core;
using PateSim.Privacy.Events;
using PateSim.Privacy.Ledger;

namespace PateSim.Cli.Commands.Accounting;

/// <summary>A <c>ledger.csv</c> as privacy events.</summary>
/// <param name="Events">What was charged, without votes.</param>
/// <param name="Statement">What was assumed, in a sentence.</param>
internal sealed record LedgerInput(ImmutableArray<PrivacyEvent> Events, string Statement)
{
    public static bool IsLedger(string path, string text) =>
        Path.GetFileName(path).EndsWith("ledger.csv", StringComparison.Ordinal)
        || text.StartsWith("sequence,query,", StringComparison.Ordinal);

    /// <param name="lastHash">The hash noted elsewhere, or null.</param>
    /// <param name="answered">Charged queries that got a label, where the mechanism may abstain; null for all.</param>
    /// <exception cref="InvalidInputException">The file was edited or cut off, or the ledger's mechanism is another one.
    /// </exception>
    public static LedgerInput Read(
        string path, string text, string? lastHash, long? answered, ParseResult result, MechanismOptions options)
    {
        ImmutableArray<LedgerRow> charged = [.. LedgerCsv.Read(text, path, lastHash).Where(row => row.Charged)];
        if (answered > charged.Length)
            throw Fault(path, $"--answered is {answered}, but {charged.Length} queries were charged.");
        var seen = 0L;
        var events = ImmutableArray.CreateBuilder<PrivacyEvent>(charged.Length);
        foreach (var row in charged)
        {
            var vote = Vote(path, row, result, options);
            seen++;
            events.Add(vote.HasCheck && seen > (answered ?? charged.Length) ? vote.Check : vote.AnswerAfter(1));
        }
        var may = charged.Any(row => row.Mechanism == NoisyVote.ConfidentGnmax);
        var statement = FormattableString.Invariant($"{charged.Length:N0} charged queries")
            + (!may ? "."
                : answered is null
                    ? ", every one taken as answered: the ledger does not say which were not (--answered N)."
                    : FormattableString.Invariant($", {answered:N0} of them answered and all of them checked."));
        return new LedgerInput(events.ToImmutable(), statement);
    }

    private static NoisyVote Vote(string path, LedgerRow row, ParseResult result, MechanismOptions options)
    {
        if (!NoisyVote.Names.Contains(row.Mechanism))
            throw Fault(path, $"line {row.Sequence + 1} has the mechanism '{row.Mechanism}'; known are "
                + $"{string.Join(", ", NoisyVote.Names)}.");
        var law = options.Law(result, row.Mechanism);
        if (row.Mechanism != NoisyVote.ConfidentGnmax) return new NoisyVote(row.Mechanism, law, row.NoiseScale);
        var sigma = options.ThresholdSigma(result, row.Mechanism)
            ?? throw options.MissingThresholdSigma("a ledger of confident-gnmax");
        return new NoisyVote(row.Mechanism, law, row.NoiseScale, sigma);
    }

    private static InvalidInputException Fault(string path, string message) =>
        new(new Problem("PS3925", path, "", message));
}
