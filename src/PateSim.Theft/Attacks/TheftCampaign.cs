using System.Collections.Immutable;
using System.Globalization;
using PateSim.Core.Features;
using PateSim.Core.Randomness;
using PateSim.Learning;
using PateSim.Theft.Gateways;

namespace PateSim.Theft.Attacks;

/// <summary>One thief against one victim at one exposure: answers are collected once, for the largest budget, and serve
/// the clones of every budget.</summary>
/// <param name="Attack">The attack's name in its catalog.</param>
/// <param name="Key">The plan's address, shared by its campaigns.</param>
public sealed record TheftCampaign(
    string Attack, string Victim, Exposure Exposure, IThief Thief, ILearner CloneLearner, RandomKey Key)
{
    /// <summary>Stable, such as <c>natural-pool/student/label</c>.</summary>
    public string Id => $"{Attack}/{Victim}/{Exposure}";

    /// <summary>How many records it asks: the largest of the attack's budgets.</summary>
    public int QueryBudget => Thief.Budgets.Max();

    /// <summary>The account that the victim's service must hold for this campaign: it buys exactly the largest budget.
    /// The secret is derived from the key, for simulation only.</summary>
    public ClientAccount Account()
    {
        var secret = Key.Derive("credential").Derive(Id).Open().NextUInt64();
        var credential = Credential.Of(secret.ToString("x16", CultureInfo.InvariantCulture));
        return new ClientAccount(Id, credential, Exposure, QueryBudget);
    }

    /// <summary>The first step of collecting the answers.</summary>
    /// <param name="pool">The thief's records, shape [n, d].</param>
    public CollectionStep Begin(FeatureMatrix pool) =>
        Thief.Begin(new CollectionContext(pool, QueryBudget, Exposure, CloneLearner, Key.Derive("queries")));

    /// <summary>The clones to be made of the answers, one for each budget.</summary>
    /// <exception cref="ArgumentException">There are fewer answers than the largest budget, or answers of another
    /// exposure.</exception>
    public ImmutableArray<CloneJob> CloneJobs(TransferSet collected)
    {
        if (collected.Count < QueryBudget)
            throw new ArgumentException(
                $"{collected.Count} answers for a budget of {QueryBudget} in '{Id}'.", nameof(collected));
        if (collected.Answers.Exposure != Exposure)
            throw new ArgumentException(
                $"Answers of exposure '{collected.Answers.Exposure}' in '{Id}'.", nameof(collected));
        return
        [
            .. Thief.Budgets.Select(budget => new CloneJob(
                new CloneId(Attack, Victim, Exposure, budget), Thief, CloneLearner, collected,
                Key.Derive("clone").Derive(budget))),
        ];
    }
}
