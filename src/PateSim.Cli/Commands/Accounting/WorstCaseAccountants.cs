using System.Collections.Immutable;
using PateSim.Core;
using PateSim.Privacy.Accounting;
using PateSim.Privacy.Events;

namespace PateSim.Cli.Commands.Accounting;

internal static class Limits
{
    /// <summary>Answers that the commands plan for at most.</summary>
    public const long Answers = 1_000_000;
}

/// <summary>Accountants as the commands use them.</summary>
internal static class WorstCaseAccountants
{
    /// <summary>Those that need no votes.</summary>
    public static ImmutableArray<IPrivacyAccountant> All { get; } =
    [
        .. AccountantCatalog.Default.All.Select(component => component.With().Instance)
            .Where(accountant => !NeedsVotes(accountant)),
    ];

    public static bool NeedsVotes(IPrivacyAccountant accountant) =>
        accountant is DataDependentRenyiAccountant or NeighbourExactAccountant;

    /// <summary>The accountants named, or all, with the Rényi orders named, or, where none are, their
    /// own.</summary>
    /// <exception cref="UsageException">A name is unknown.</exception>
    public static ImmutableArray<IPrivacyAccountant> Named(string? names, double[] orders)
    {
        var all = AccountantCatalog.Default.All.Select(component => component.Name).ToList();
        var wanted = names?.Split(',') ?? [.. all];
        foreach (var name in wanted.Where(name => !all.Contains(name)))
            throw new UsageException($"--accountants: '{name}' is unknown. {Suggestion.Describe(name, all)}");
        return
        [
            .. wanted.Distinct(StringComparer.Ordinal).Select(name => (name, orders.Length > 0) switch
            {
                ("rdp", true) => new RenyiAccountant([.. orders.Order()]),
                ("rdp-data-dependent", true) => new DataDependentRenyiAccountant(true, [.. orders.Order()]),
                _ => AccountantCatalog.Default[name].With().Instance,
            }),
        ];
    }
}

/// <summary>One entry of an accountant, for events that follow on others.</summary>
/// <param name="before">What was released already.</param>
internal sealed class OneEntryAccountant(
    IPrivacyAccountant accountant, string method, IReadOnlyList<PrivacyEvent> before) : IPrivacyAccountant
{
    public string Name => method;

    public bool Supports(PrivacyEvent privacyEvent) => accountant.Supports(privacyEvent);

    public ImmutableArray<EpsilonEntry> Account(IEnumerable<PrivacyEvent> events, AccountingTarget target) =>
        [accountant.Account(before.Concat(events), target).Single(entry => entry.Method == method)];
}
