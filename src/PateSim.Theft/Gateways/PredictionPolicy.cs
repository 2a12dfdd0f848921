using System.Collections.Immutable;

namespace PateSim.Theft.Gateways;

/// <summary>Who may query a served model, how often, and what is answered.</summary>
public sealed record PredictionPolicy
{
    /// <param name="accounts">At least one, with distinct ids.</param>
    /// <param name="memoiseAnswers">Whether each distinct record is put to the model once and answered from memory
    /// afterwards, to whichever client asks. A model whose answers carry noise must be memoised, or the noise can be
    /// averaged away.</param>
    /// <param name="groupBudgets">The common query budget ≥ 0 of each group that an account names.</param>
    /// <exception cref="ArgumentException">An id is empty or stands twice, a budget is negative, or the groups of the
    /// accounts and of the budgets differ.</exception>
    public PredictionPolicy(
        IEnumerable<ClientAccount> accounts, bool memoiseAnswers = true,
        IReadOnlyDictionary<string, long>? groupBudgets = null)
    {
        var byId = ImmutableSortedDictionary.CreateBuilder<string, ClientAccount>(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            if (string.IsNullOrEmpty(account.Id))
                throw new ArgumentException("A client has no id.", nameof(accounts));
            if (account.QueryBudget < 0)
                throw new ArgumentException(
                    $"The query budget of '{account.Id}' is {account.QueryBudget}; it is 0 or more.", nameof(accounts));
            if (!byId.TryAdd(account.Id, account))
                throw new ArgumentException($"The client id '{account.Id}' stands twice.", nameof(accounts));
        }
        if (byId.Count == 0) throw new ArgumentException("A policy names at least one client.", nameof(accounts));
        GroupBudgets = (groupBudgets ?? ImmutableSortedDictionary<string, long>.Empty)
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
        CheckGroups(byId.Values, GroupBudgets);
        (Accounts, MemoiseAnswers) = (byId.ToImmutable(), memoiseAnswers);
    }

    /// <summary>By client id, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, ClientAccount> Accounts { get; }

    public bool MemoiseAnswers { get; }

    /// <summary>By group, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, long> GroupBudgets { get; }

    private static void CheckGroups(
        IEnumerable<ClientAccount> accounts, ImmutableSortedDictionary<string, long> budgets)
    {
        var named = accounts.Select(account => account.Group).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (named.FirstOrDefault(group => !budgets.ContainsKey(group)) is { } without)
            throw new ArgumentException($"The group '{without}' has no budget.", nameof(budgets));
        foreach (var (group, budget) in budgets)
        {
            if (!named.Contains(group))
                throw new ArgumentException($"The group '{group}' has a budget and no client.", nameof(budgets));
            if (budget < 0)
                throw new ArgumentException($"The budget of '{group}' is {budget}; it is 0 or more.", nameof(budgets));
        }
    }
}
